"""What all handlers share while an HTML document becomes a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, twips
from ipdocs.findings import Finding, Location
from ipdocs.locale.language import Language, by_tag
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.docx import css_to_properties, watermark
from ipdocs.writers.docx.css_to_properties import Look
from ipdocs.writers.docx.marks import Marks
from ipdocs.writers.docx.numbering import Numbering
from ipdocs.writers.docx.package import Package
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Paragraph, Story
from ipdocs.writers.docx.style_registry import StyleRegistry
from ipdocs.writers.docx.typefaces import Typefaces, language_slots


@dataclass(slots=True)
class DocxContext:
    """One Word file in the making; `blocks` and `inlines` are the handlers of the vocabulary, by element.

    `styles` assigns its named styles, `notes` are the stories of its footnotes, `strings` what string-set keeps.
    """

    html: HtmlDocument
    cascade: Cascade
    typefaces: Typefaces
    styles: StyleRegistry
    numbering: Numbering
    package: Package
    blocks: Mapping[str, Callable[[etree._Element, Place, DocxContext], None]]
    inlines: Mapping[str, Callable[[etree._Element, ParagraphBuilder, RunFormat, DocxContext], None]]
    counters: Any
    pages: Mapping[str, int] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    pictures: int = 0
    mark: watermark.Mark | None = None
    marked: int = 0
    notes: list[Story] = field(default_factory=list)
    first_note: int = 1
    width: float = 0.0
    overlaps: bool = False
    strings: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _runs: dict[int, tuple[Style, Properties]] = field(default_factory=dict)

    def draft_mark(self, mark: watermark.Mark) -> etree._Element:
        """Return the run that draws a draft's mark in a header."""
        self.marked += 1
        return watermark.run(mark, self.marked)

    def count_picture(self) -> int:
        """Return the number of the next picture; drawings are told apart by it."""
        self.pictures += 1
        return self.pictures

    def language(self, style: Style) -> Language:
        """Return the language of an element's style; a tag that the workspace does not know is the document's first language."""
        return by_tag(self.typefaces.workspace).get(style["lang"], self.html.languages[0])

    def run(self, style: Style) -> Properties:
        """Return the run properties of a style, its language's slots included."""
        known = self._runs.get(id(style))
        if known is None:
            language = self.language(style)
            slots = language_slots(language, self.html.languages)
            # The style is kept beside them: another could be given its number once it is gone.
            known = self._runs[id(style)] = style, css_to_properties.run(style, language, self.typefaces) | slots
        return known[1]

    def look(self, style: Style, place: Place) -> Look:
        """Return the look of a paragraph in a block's style at a place inside the block."""
        own = css_to_properties.paragraph(style, self.language(style), place.width)
        return Look(own | {"ind@left": str(twips(place.left)), "ind@right": str(twips(place.right))}, self.run(style))

    def place(self, content: list[etree._Element], look: Look, place: Place, name: str, shared: str, style: Style) -> Paragraph:
        """Add a paragraph to the story at a place; it requests a style by its name, or one that it may share."""
        paragraph = Paragraph(name, look, content, shared=shared, language=self.language(style).code)
        self.styles.request_style(paragraph)
        self.overlaps = self.overlaps or place.story.gap.overlaps
        place.story.add(paragraph)
        return paragraph

    def report(self, code: str, message: str, node: etree._Element, hint: str | None = None) -> None:
        """Add a finding about an element, with its place in the source where the template kept it."""
        self.findings.append(Finding(code, message, _place_in_source(node), hint))

    def unknown(self, node: etree._Element) -> None:
        """Report an element that no handler writes."""
        message = f"the Word writer has no way to write <{node.tag!s}> here"
        self.report("unknown-element", message, node, f"the vocabulary is {', '.join(sorted({*self.blocks, *self.inlines}))}")


def _place_in_source(node: etree._Element) -> Location | None:
    """Return the place that the nearest data-place names as path:line:column, or None."""
    for one in (node, *node.iterancestors()):
        if place := one.get("data-place"):
            path, line, column = place.rsplit(":", 2)
            return Location(Path(path), int(line), int(column))
    return None
