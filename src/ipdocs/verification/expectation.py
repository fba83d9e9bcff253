"""The expected content of a file, from its HTML document: lines in order, with blocks, languages and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ipdocs.locale.list_markers import parse_marker
from ipdocs.model.inline import ScriptPosition
from ipdocs.model.script_forms import plain_form
from ipdocs.templating.cascade import Cascade, Style, apply_text_transform
from ipdocs.templating.html_document import BLOCK_ELEMENTS, RESTRICTED_LABEL, HtmlDocument
from ipdocs.verification.pictures import ExpectedPicture

_COUNTER = "\0"
"""A placeholder for the unknown text of a counter."""

_NO_GENERATED_TEXT_IN_WORD = frozenset({"hr", "nav", "ol", "table", "tbody", "thead", "tr", "ul"})
"""Elements whose ::before and ::after are left out of Word files."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True, slots=True)
class ExpectedFact:
    """A fact that a file has to state: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that a file has to contain: a paragraph, list item or cell.

    Attributes:
        text: the text.
        language: the language tag.
        block: the block, such as "tc:lead".
        location: the location of the block in the source, as path:line:column.
        level: the heading level, or 0.
        after_counter: whether a counter, such as a page number, comes before the line. Only the layout gives its text.
    """

    text: str
    language: str
    block: str
    location: str = ""
    level: int = 0
    after_counter: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected content of a file.

    Attributes:
        title: the title in the properties.
        languages: the language tags in order of appearance.
        lines: the lines in reading order.
        notes: the footnotes.
        alternatives: the alternative texts of pictures.
        facts: the facts that each block, such as "tc:lead", states.
        ends_with_counter: whether a counter comes after the last line.
        pictures: the pictures in reading order.
        decorations: in a PDF, the pictures without alternative text, which are artifacts.
    """

    title: str
    languages: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    alternatives: tuple[str, ...]
    facts: Mapping[str, tuple[ExpectedFact, ...]]
    ends_with_counter: bool = False
    pictures: tuple[ExpectedPicture, ...] = ()
    decorations: tuple[ExpectedPicture, ...] = ()

    @property
    def fact_count(self) -> int:
        """The number of facts in all blocks together."""
        return sum(map(len, self.facts.values()))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and text of each heading in order."""
        return [(line.level, line.text) for line in self.lines if line.level]


def build_expectation(html: HtmlDocument, facts: Mapping[str, tuple[ExpectedFact, ...]], file_format: str) -> Expectation:
    """Return the expected content of the file that is written from an HTML document.

    PDF and Word files contain the text that the stylesheet adds, and lack the text that it hides.

    Args:
        html: the document.
        facts: the facts that each block states.
        file_format: the format of the file, such as "pdf".
    """
    cascade = Cascade(html)
    collector = _LineCollector(cascade, file_format, html)
    collector.add_block(html.body, _Context(html.languages[0].tag, "", "", 0))
    if collector.is_plain_text:
        collector.lines += [replace(note, text=f"[{number}] {note.text}") for number, note in enumerate(collector.notes, 1)]
        collector.notes.clear()
    return Expectation(
        title=html.metadata.title,
        languages=tuple(language.tag for language in html.languages),
        lines=tuple(collector.lines),
        notes=tuple(collector.notes),
        alternatives=tuple(collector.alternatives),
        facts=facts,
        ends_with_counter=collector.after_counter,
        pictures=tuple(collector.pictures),
        decorations=tuple(collector.decorations),
    )


def has_own_caption(figure: HtmlElement) -> bool:
    """Whether a figure has a caption with text besides the label of a restricted passage."""
    caption = figure.find("figcaption")
    labels = () if caption is None else caption.find_class(RESTRICTED_LABEL)
    return caption is not None and caption.text_content().strip() != "".join(label.text_content() for label in labels)


def without_spaces(text: str) -> str:
    """Return a text without white space, which depends on the line breaks of each format."""
    return "".join(text.split())


def with_plain_spaces(text: str) -> str:
    """Return a text with a single space for each stretch of white space."""
    return " ".join(text.split())


def _list_marker(item: HtmlElement) -> str:
    """Return the marker of a list item whose list states its marker; "" for bullets and for lists of other templates."""
    numbered_list = item.getparent()
    if numbered_list is None or not (pattern := numbered_list.get("data-marker")):
        return ""
    return parse_marker(pattern).text(int(numbered_list.get("start", "1")) + numbered_list.index(item))


@dataclass(frozen=True, slots=True)
class _Context:
    """The language, block, location and heading level of text, and whether it is in a table of contents."""

    language: str
    block: str
    location: str
    level: int
    in_contents: bool = False


class _LineCollector:
    """Collects the expected lines of a document. The text of a block up to a nested block is one line.

    - PDF and Word files contain the text that the stylesheet adds.
    - PDFs contain text after text-transform. A counter splits a line, because its text is not known.
    - Word files contain text before text-transform. Their only counters are the page numbers in a table of contents. Elements
      that the stylesheet moves to page margins stay in the text.
    - Web pages and text files ignore the stylesheet.
    - Text files contain the addresses of links and the numbers of footnotes in the text, and the footnotes after the text. They
      have superscript and subscript characters.
    """

    def __init__(self, cascade: Cascade, file_format: str, html: HtmlDocument) -> None:
        self.cascade = cascade
        self.html = html
        self.is_pdf = file_format == "pdf"
        self.is_styled = file_format in {"pdf", "docx"}
        self.is_plain_text = file_format == "txt"
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.alternatives: list[str] = []
        self.pictures: list[ExpectedPicture] = []
        self.decorations: list[ExpectedPicture] = []
        self.line_parts: list[str] = []
        self.after_counter = False

    def add_block(self, element: HtmlElement, outer: _Context) -> None:
        """Add the lines of a block and its nested blocks."""
        if not self.is_shown(element):
            return
        in_contents = outer.in_contents or (element.tag == "nav" and "contents" in element.get("class", "").split())
        context = _Context(
            element.get("lang") or outer.language,
            element.get("data-block") or outer.block,
            element.get("data-place") or outer.location,
            outer.level if self.has_plain_headings(in_contents) else _HEADINGS.get(str(element.tag), outer.level),
            in_contents,
        )
        if self.is_plain_text and element.tag == "li":
            self.line_parts.append(_list_marker(element))
        self.add_content(element, context)
        self.end_line(context)

    def has_plain_headings(self, in_contents: bool) -> bool:
        """Whether headings count as plain paragraphs: in a table of contents, except in PDFs."""
        return in_contents and not self.is_pdf

    def add_content(self, element: HtmlElement, context: _Context) -> None:
        """Add the content of an element, with the text that the stylesheet adds before and after the content."""
        style = self.cascade.style(element)
        self.add_generated_text(element, "before", context)
        self.add_text(element.text, style)
        for child in sorted(element, key=self.is_below):
            self.add_child(child, context)
            self.add_text(child.tail, style)
        self.add_generated_text(element, "after", context)

    def add_child(self, child: HtmlElement, context: _Context) -> None:
        """Add a child element: a block, picture, footnote or inline element."""
        if child.tag in BLOCK_ELEMENTS:
            self.end_line(context)
            self.add_block(child, context)
        elif child.tag == "br":
            self.line_parts.append(" ")
        elif not self.is_shown(child):
            return
        elif child.tag == "img":
            self.add_picture(child, context)
        elif child.get("class") == "footnote":
            self.add_note(child, context)
            self.line_parts += [f"[{len(self.notes)}]"] if self.is_plain_text else []
        else:
            start = len(self.line_parts)
            self.add_content(child, context)
            self.add_address(child, context)
            if self.is_plain_text and child.tag in ("sub", "sup"):
                self.raise_or_lower(start, "superscript" if child.tag == "sup" else "subscript")

    def raise_or_lower(self, start: int, position: ScriptPosition) -> None:
        """Replace the parts from `start` by their form in plain text, such as ², for text files only."""
        text, preceding = "".join(self.line_parts[start:]), "".join(self.line_parts[:start])
        self.line_parts[start:] = [plain_form(text, position, preceding)]

    def add_address(self, element: HtmlElement, context: _Context) -> None:
        """Add the address of a link after its text, for text files only."""
        target = element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
        if not self.is_plain_text or element.tag != "a" or target.startswith("#"):
            return
        if target != with_plain_spaces(element.text_content()):
            self.line_parts.append(self.html.in_brackets(target, context.language))

    def add_picture(self, image: HtmlElement, context: _Context) -> None:
        """Add a picture and its alternative text; in a text file, add only the alternative text, if there is no caption."""
        if self.is_plain_text:
            figure = next(image.iterancestors("figure"), None)
            has_caption = figure is not None and has_own_caption(figure)
            self.line_parts += [] if has_caption else [image.get("alt", "")]
            return
        if image.get("alt"):
            self.alternatives.append(str(image.get("alt")))
        name = image.get("src", "")
        if name in self.html.assets:
            pictures = self.decorations if self.is_pdf and not image.get("alt") else self.pictures
            pictures.append(ExpectedPicture(name, self.html.assets[name], context.block, context.location))

    def add_note(self, element: HtmlElement, context: _Context) -> None:
        """Add a footnote without its pictures, which are not compared."""
        outer_parts, self.line_parts = self.line_parts, []
        picture_count, decoration_count = len(self.pictures), len(self.decorations)
        self.add_content(element, context)
        del self.pictures[picture_count:], self.decorations[decoration_count:]
        self.notes.append(Line("".join(self.line_parts).replace(_COUNTER, ""), context.language, context.block, context.location))
        self.line_parts = outer_parts

    def is_shown(self, element: HtmlElement) -> bool:
        """Whether an element is shown, and in a PDF not moved to a page margin."""
        style = self.cascade.style(element)
        if not self.is_styled:
            return True
        return style["display"] != ("none",) and not (self.is_pdf and style["position"][0] == "running()")

    def is_below(self, child: HtmlElement) -> bool:
        """Whether a child is a table caption that is shown below the table."""
        return self.is_styled and child.tag == "caption" and self.cascade.style(child)["caption_side"] == "bottom"

    def add_text(self, text: str | None, style: Style) -> None:
        """Add text; for a PDF, apply text-transform and leave out invisible text."""
        if not self.is_pdf:
            self.line_parts.append(text or "")
        elif style["visibility"] == "visible":
            self.line_parts.append(apply_text_transform(text or "", style))

    def add_generated_text(self, element: HtmlElement, pseudo_element: str, context: _Context) -> None:
        """Add the text of ::before or ::after: strings, attributes, and in a PDF placeholders for counters and quotes."""
        if not self.is_styled:
            return
        style = self.cascade.pseudo_style(element, pseudo_element)
        is_contents_entry = self.has_plain_headings(context.in_contents) and element.tag == "a" and pseudo_element == "after"
        if style is None or isinstance(style["content"], str):
            self.line_parts += [_COUNTER] * is_contents_entry
            return
        for kind, value in style["content"] if self.is_pdf or element.tag not in _NO_GENERATED_TEXT_IN_WORD else ():
            if kind == "string":
                self.add_text(value, style)
            elif kind == "attr()":
                self.add_text(element.get(value[0]), style)
            elif (self.is_pdf and kind not in ("leader()", "url")) or (is_contents_entry and kind == "target-counter()"):
                self.line_parts.append(_COUNTER)

    def end_line(self, context: _Context) -> None:
        """End the current line; each counter splits it into two lines."""
        for number, part in enumerate("".join(self.line_parts).split(_COUNTER)):
            self.after_counter = self.after_counter or number > 0
            if text := with_plain_spaces(part):
                self.lines.append(
                    Line(text, context.language, context.block, context.location, context.level, self.after_counter)
                )
                self.after_counter = False
        self.line_parts.clear()
