"""Build the text of one paragraph from parts, each with its own run format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties, text, twips
from ipdocs.writers.docx.css_to_properties import ParagraphFormat
from ipdocs.writers.hyphens import split_at_hyphens

_SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space that collapses in CSS."""

_FONT_EXCEPTIONS = re.compile("([·‧]+)|([À-ÖØ-öø-ɏ]+)")
"""In Chinese text: dots, which Word would set in the Latin font, and accented letters, which it would set in the Chinese font."""


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of a part of a paragraph.

    Attributes:
        run: the run properties.
        is_east_asian: whether the text is in an East Asian language.
        white_space: the value of the CSS property.
        character_style: the id of a character style.
        style_properties: the run properties that the character style sets.
        link: the <w:hyperlink> around the part.
    """

    run: Properties
    is_east_asian: bool
    white_space: str = "normal"
    character_style: str = ""
    style_properties: Properties = field(default_factory=dict)
    link: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class InlinePart:
    """A part of a paragraph: text, or a child element of a run, such as a break."""

    run_format: RunFormat
    text: str = ""
    element: etree._Element | None = None


@dataclass(slots=True)
class ParagraphBuilder:
    """The text of one paragraph; white space collapses as in CSS.

    `base` holds the run properties of the paragraph's style. `width` is the width of its lines in pixels.
    """

    base: Properties
    width: float = 0.0
    parts: list[InlinePart] = field(default_factory=list)
    has_picture: bool = False
    has_leader: bool = False
    _drops_next_space: bool = True

    def add_text(self, content: str | None, run_format: RunFormat) -> None:
        """Add text, with white space collapsed unless the run format preserves it."""
        content = content or ""
        if run_format.white_space in {"normal", "nowrap"}:
            content = _SPACE.sub(" ", content)
            if self._drops_next_space:
                content = content.removeprefix(" ")
        if not content:
            return
        self._drops_next_space = content.endswith(" ")
        if run_format.white_space == "nowrap":
            content = content.replace(" ", "\u00a0")
        self.parts.append(InlinePart(run_format, content))

    def add_element(self, child: etree._Element, run_format: RunFormat) -> None:
        """Add an element as the child of a run."""
        self.parts.append(InlinePart(run_format, "", child))
        self._drops_next_space = False

    def add_line_break(self, run_format: RunFormat) -> None:
        """Begin a new line within the paragraph; spaces around the break are dropped."""
        self._trim()
        self.add_element(element("br"), run_format)
        self._drops_next_space = True

    def add_leader(self, run_format: RunFormat) -> None:
        """Move the following text to the end of the line."""
        self._trim()
        self.add_element(element("tab"), run_format)
        self.has_leader = True

    def adjusted_format(self, paragraph_format: ParagraphFormat) -> ParagraphFormat:
        """Return the format with automatic line spacing for a picture, and with a tab stop for a leader."""
        changes: Properties = {}
        if self.has_picture:
            changes |= {"spacing@line": "240", "spacing@lineRule": "auto"}
        if self.has_leader:
            changes["tabs"] = f"right {int(paragraph_format.paragraph['ind@left']) + twips(self.width)}"
        return ParagraphFormat(paragraph_format.paragraph | changes, paragraph_format.run)

    def finish(self, *, trim: bool = True) -> list[etree._Element]:
        """Return the paragraph's runs and links, or an empty list if nothing was added; `trim` drops a space at the end."""
        if trim:
            self._trim()
        content: list[etree._Element] = []
        for link, parts in groupby(self.parts, key=lambda part: part.run_format.link):
            runs = [run for part in parts for run in self._runs(part)]
            if link is not None:
                link.extend(runs)
                runs = [link]
            content += runs
        return content

    def _trim(self) -> None:
        if self.parts and self.parts[-1].text.endswith(" "):
            part = self.parts.pop()
            if part.text != " ":
                self.parts.append(InlinePart(part.run_format, part.text[:-1]))

    def _runs(self, part: InlinePart) -> Iterator[etree._Element]:
        run_format = part.run_format
        changes = difference(run_format.run, self.base | run_format.style_properties)
        changes |= {key: run_format.run[key] for key in ("lang@val", "lang@eastAsia")}
        if run_format.character_style:
            changes["rStyle"] = run_format.character_style
        if part.element is not None:
            yield _run(changes, part.element)
        elif not run_format.is_east_asian:
            yield _run(changes, *_text_elements(part.text, chinese=False))
        else:
            for piece in filter(None, _FONT_EXCEPTIONS.split(part.text)):
                for child in _text_elements(piece, chinese=True):
                    yield _run(changes | (_chinese_fonts(piece, run_format.run) if child.text else {}), child)


def _text_elements(content: str, *, chinese: bool) -> Iterator[etree._Element]:
    """Yield the children of runs for a text, with Word's non-breaking hyphens."""
    for index, piece in enumerate(split_at_hyphens(content, chinese=chinese)):
        if index:
            yield element("noBreakHyphen")
        if piece:
            yield text(piece)


def _chinese_fonts(piece: str, run: Properties) -> Properties:
    """Return the font properties to add to a run of Chinese text, so that Word chooses the right font."""
    if piece[0] in "·‧":
        chinese = run["rFonts@eastAsia"]
        return {f"rFonts@{slot}": chinese for slot in ("ascii", "hAnsi", "eastAsia", "cs")} | {"rFonts@hint": "eastAsia"}
    return {} if "À" <= piece[0] <= "ɏ" else {"rFonts@hint": "eastAsia"}


def _run(changes: Properties, *content: etree._Element) -> etree._Element:
    run_properties = properties("rPr", changes)
    return element("r", *([run_properties] if run_properties is not None else []), *content)
