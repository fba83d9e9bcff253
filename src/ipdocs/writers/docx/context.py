"""The state that all handlers share while they write an HTML document as a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, twips
from ipdocs.findings import Finding
from ipdocs.locale.language import Language, languages_by_tag
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.docx import css_to_properties
from ipdocs.writers.docx.bookmarks import Bookmarks
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.css_to_properties import ParagraphFormat
from ipdocs.writers.docx.numbering import NumberingDefinitions
from ipdocs.writers.docx.package import DocxPackage
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.story import Story, StoryParagraph
from ipdocs.writers.docx.style_registry import StyleRegistry
from ipdocs.writers.docx.typefaces import Typefaces, language_properties
from ipdocs.writers.docx.watermark import Watermark, watermark_run


@dataclass(slots=True)
class DocxContext:
    """The document to write, the parts of its Word file, and the handler for each tag.

    `page_numbers` maps ids of elements to page numbers; it is empty if the layout is not known. `named_strings` holds the
    values of the CSS property string-set. `text_width` is the width of the text on the current page in pixels.
    `has_negative_gap` is set if margins add up to less than zero anywhere in the file.
    """

    html: HtmlDocument
    cascade: Cascade
    typefaces: Typefaces
    styles: StyleRegistry
    numbering: NumberingDefinitions
    package: DocxPackage
    block_handlers: Mapping[str, Callable[[etree._Element, Container, DocxContext], None]]
    inline_handlers: Mapping[str, Callable[[etree._Element, ParagraphBuilder, RunFormat, DocxContext], None]]
    counters: Any
    page_numbers: Mapping[str, int] = field(default_factory=dict)
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    watermark: Watermark | None = None
    footnotes: list[Story] = field(default_factory=list)
    first_footnote_id: int = 1
    text_width: float = 0.0
    has_negative_gap: bool = False
    named_strings: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _picture_count: int = 0
    _watermark_count: int = 0
    _run_properties: dict[int, tuple[Style, Properties]] = field(default_factory=dict)

    def next_watermark_run(self, watermark: Watermark) -> etree._Element:
        """Return the run that draws a watermark in the next header."""
        self._watermark_count += 1
        return watermark_run(watermark, self._watermark_count)

    def next_picture_id(self) -> int:
        """Return the id for the drawing of the next picture."""
        self._picture_count += 1
        return self._picture_count

    def language(self, style: Style) -> Language:
        """Return the language of a style, or the document's first language if the style's language tag is unknown."""
        return languages_by_tag(self.typefaces.workspace).get(style["lang"], self.html.languages[0])

    def run_properties(self, style: Style) -> Properties:
        """Return the run properties of a style, including the fonts and tags of its language."""
        cached = self._run_properties.get(id(style))
        if cached is None:
            language = self.language(style)
            properties = css_to_properties.run_properties(style, language, self.typefaces)
            properties |= language_properties(language, self.html.languages)
            # The cache holds the style as well, so that its id is not reused.
            cached = self._run_properties[id(style)] = style, properties
        return cached[1]

    def paragraph_format(self, style: Style, container: Container) -> ParagraphFormat:
        """Return the format of a paragraph in the style of a block; `container` is the block's content box."""
        properties = css_to_properties.paragraph_properties(style, self.language(style), container.width)
        indents = {"ind@left": str(twips(container.left)), "ind@right": str(twips(container.right))}
        return ParagraphFormat(properties | indents, self.run_properties(style))

    def add_paragraph(
        self,
        content: list[etree._Element],
        paragraph_format: ParagraphFormat,
        container: Container,
        requested_styles: tuple[str, str],
        style: Style,
    ) -> StoryParagraph:
        """Add a paragraph to the story of a container.

        `requested_styles` holds the name of the requested style, and the name of the preferred style, which the paragraph
        gets instead if both styles have the same format.
        """
        name, preferred_name = requested_styles
        language = self.language(style).code
        paragraph = StoryParagraph(name, paragraph_format, content, preferred_style=preferred_name, language=language)
        self.styles.request_style(paragraph)
        self.has_negative_gap = self.has_negative_gap or container.story.gap.is_negative
        container.story.add(paragraph)
        return paragraph

    def report(self, code: str, message: str, node: etree._Element, hint: str | None = None) -> None:
        """Add a finding about an element, with its location."""
        self.findings.append(Finding(code, message, self.html.location_of(node), hint))

    def report_unknown_element(self, node: etree._Element) -> None:
        """Report an element without a handler."""
        message = f"the Word writer does not support <{node.tag!s}> here"
        vocabulary = ", ".join(sorted({*self.block_handlers, *self.inline_handlers}))
        self.report("unknown-element", message, node, f"use only these elements: {vocabulary}")
