"""The expected content of a file: the lines of its HTML document in order, with blocks, languages and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.templating.cascade import Cascade, Style, apply_text_transform
from ipdocs.templating.html_document import BLOCK_ELEMENTS, RESTRICTED_LABEL, HtmlDocument
from ipdocs.verification.pictures import ExpectedPicture

_COUNT = "\0"
"""A placeholder for the text of a stylesheet's counter."""

_NO_GENERATED_TEXT_IN_WORD = frozenset({"hr", "nav", "ol", "table", "tbody", "thead", "tr", "ul"})
"""Elements whose ::before and ::after Word cannot show."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True, slots=True)
class ExpectedFact:
    """A fact that a file has to state: its name and its words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, list item or cell.

    Attributes:
        words: its words.
        language: the tag of its language.
        block: its block, such as "tc:lead".
        place: the place of the block in the source.
        level: its heading level, or 0.
        counted: whether a counter comes before it, whose text only the layout knows.
    """

    words: str
    language: str
    block: str
    place: str = ""
    level: int = 0
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected content of a file.

    Attributes:
        title: the title in its properties.
        languages: the tags of its languages in order of appearance.
        lines: its lines in reading order.
        notes: its footnotes.
        alternatives: the alternative texts of its pictures.
        facts: the facts of each block, such as "tc:lead".
        counted: whether a counter may follow the last line.
        pictures: its pictures in reading order.
        decorations: in a PDF, the pictures without alternative text, which are artifacts.
    """

    title: str
    languages: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    alternatives: tuple[str, ...]
    facts: Mapping[str, tuple[ExpectedFact, ...]]
    counted: bool = False
    pictures: tuple[ExpectedPicture, ...] = ()
    decorations: tuple[ExpectedPicture, ...] = ()

    @property
    def fact_count(self) -> int:
        """The number of times that facts are stated."""
        return sum(map(len, self.facts.values()))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and words of each heading, in order."""
        return [(line.level, line.words) for line in self.lines if line.level]


def build_expectation(html: HtmlDocument, facts: Mapping[str, tuple[ExpectedFact, ...]], form: str) -> Expectation:
    """Return the expected content of an HTML document's file, without text that the stylesheet hides and with text that it adds.

    Args:
        html: the document.
        facts: the facts stated in it by block.
        form: the format of the file, such as "pdf".
    """
    cascade = Cascade(html)
    collector = _LineCollector(cascade, form, html.assets)
    collector.add_block(html.body, _Context(html.languages[0].tag, "", "", 0))
    if collector.plain_text:
        collector.lines += [replace(note, words=f"[{number}] {note.words}") for number, note in enumerate(collector.notes, 1)]
        collector.notes.clear()
    return Expectation(
        title=html.metadata.title,
        languages=tuple(language.tag for language in html.languages),
        lines=tuple(collector.lines),
        notes=tuple(collector.notes),
        alternatives=tuple(collector.alternatives),
        facts=facts,
        counted=collector.counted,
        pictures=tuple(collector.pictures),
        decorations=tuple(collector.decorations),
    )


def has_own_caption(figure: HtmlElement) -> bool:
    """Whether a figure has a caption with more than the label of a restricted passage."""
    caption = figure.find("figcaption")
    labels = () if caption is None else caption.find_class(RESTRICTED_LABEL)
    return caption is not None and caption.text_content().strip() != "".join(label.text_content() for label in labels)


def without_spaces(words: str) -> str:
    """Return words without white space, which depends on the line breaks of each format."""
    return "".join(words.split())


def with_plain_spaces(words: str) -> str:
    """Return words separated by single plain spaces."""
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class _Context:
    """The language, block, place and heading level of text, and whether it is in a table of contents."""

    language: str
    block: str
    place: str
    level: int
    in_contents: bool = False


class _LineCollector:
    """Collects the expected lines of a document. The text of a block up to the next block within it is one line.

    PDF and Word files have the text that the stylesheet adds. In PDFs text-transform is applied, and a counter, whose text is
    not known, splits a line. Word files keep the original text behind capitals, their only counters are the page numbers of a
    table of contents, and elements that the stylesheet moves to page margins stay in the text.
    Web pages and text files ignore the stylesheet. Text files have the addresses of links and the numbers of notes in the
    text, and the notes after it.
    """

    def __init__(self, cascade: Cascade, form: str, assets: Mapping[str, CleanPicture]) -> None:
        self.cascade = cascade
        self.paged = form == "pdf"
        self.styled = form in {"pdf", "docx"}
        self.plain_text = form == "txt"
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.alternatives: list[str] = []
        self.assets = assets
        self.pictures: list[ExpectedPicture] = []
        self.decorations: list[ExpectedPicture] = []
        self.words: list[str] = []
        self.counted = False

    def add_block(self, element: HtmlElement, outer: _Context) -> None:
        """Add the lines of an element and of the blocks in it."""
        if not self.is_shown(element):
            return
        in_contents = outer.in_contents or (element.tag == "nav" and "contents" in element.get("class", "").split())
        context = _Context(
            element.get("lang") or outer.language,
            element.get("data-block") or outer.block,
            element.get("data-place") or outer.place,
            outer.level if self.has_no_headings(in_contents) else _HEADINGS.get(str(element.tag), outer.level),
            in_contents,
        )
        self.add_content(element, context)
        self.end_line(context)

    def has_no_headings(self, in_contents: bool) -> bool:
        """Whether headings are plain paragraphs, as in the table of contents of formats other than PDF."""
        return in_contents and not self.paged

    def add_content(self, element: HtmlElement, context: _Context) -> None:
        """Add the content of an element with the text that the stylesheet puts before and after it."""
        style = self.cascade.style(element)
        self.add_generated_text(element, "before", context)
        self.add_text(element.text, style)
        for child in sorted(element, key=self.is_below):
            self.add_child(child, context)
            self.add_text(child.tail, style)
        self.add_generated_text(element, "after", context)

    def add_child(self, child: HtmlElement, context: _Context) -> None:
        """Add a block, a picture, a note, or an inline element."""
        if child.tag in BLOCK_ELEMENTS:
            self.end_line(context)
            self.add_block(child, context)
        elif child.tag == "br":
            self.words.append(" ")
        elif not self.is_shown(child):
            return
        elif child.tag == "img":
            self.add_picture(child, context)
        elif child.get("class") == "footnote":
            self.add_note(child, context)
            self.words += [f"[{len(self.notes)}]"] if self.plain_text else []
        else:
            self.add_content(child, context)
            self.add_address(child, context)

    def add_address(self, element: HtmlElement, context: _Context) -> None:
        """Add the address of a link after its words, as in text files."""
        target = element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
        if not self.plain_text or element.tag != "a" or target.startswith("#"):
            return
        if target != with_plain_spaces(element.text_content()):
            self.words.append(f"（{target}）" if context.language.startswith("zh") else f" ({target})")

    def add_picture(self, image: HtmlElement, context: _Context) -> None:
        """Add a picture and its alternative text."""
        if self.plain_text:
            figure = next(image.iterancestors("figure"), None)
            has_caption = figure is not None and has_own_caption(figure)
            self.words += [] if has_caption else [image.get("alt", "")]
            return
        if image.get("alt"):
            self.alternatives.append(str(image.get("alt")))
        name = image.get("src", "")
        if name in self.assets:
            pictures = self.decorations if self.paged and not image.get("alt") else self.pictures
            pictures.append(ExpectedPicture(name, self.assets[name], context.block, context.place))

    def add_note(self, element: HtmlElement, context: _Context) -> None:
        """Add a footnote, whose pictures are not compared."""
        words, self.words = self.words, []
        pictures, decorations = len(self.pictures), len(self.decorations)
        self.add_content(element, context)
        del self.pictures[pictures:], self.decorations[decorations:]
        self.notes.append(Line("".join(self.words).replace(_COUNT, ""), context.language, context.block, context.place))
        self.words = words

    def is_shown(self, element: HtmlElement) -> bool:
        """Whether an element is shown in its place."""
        style = self.cascade.style(element)
        if not self.styled:
            return True
        return style["display"] != ("none",) and not (self.paged and style["position"][0] == "running()")

    def is_below(self, child: HtmlElement) -> bool:
        """Whether a child stands below those that follow it, as a table's caption may."""
        return self.styled and child.tag == "caption" and self.cascade.style(child)["caption_side"] == "bottom"

    def add_text(self, words: str | None, style: Style) -> None:
        """Add words as their style shows them."""
        if not self.paged:
            self.words.append(words or "")
        elif style["visibility"] == "visible":
            self.words.append(apply_text_transform(words or "", style))

    def add_generated_text(self, element: HtmlElement, part: str, context: _Context) -> None:
        """Add the text of a ::before or ::after: strings and attributes, and in PDFs counters and quotation marks."""
        if not self.styled:
            return
        style = self.cascade.pseudo_style(element, part)
        is_contents_entry = self.has_no_headings(context.in_contents) and element.tag == "a" and part == "after"
        if style is None or isinstance(style["content"], str):
            self.words += [_COUNT] * is_contents_entry
            return
        for kind, value in style["content"] if self.paged or element.tag not in _NO_GENERATED_TEXT_IN_WORD else ():
            if kind == "string":
                self.add_text(value, style)
            elif kind == "attr()":
                self.add_text(element.get(value[0]), style)
            elif (self.paged and kind not in ("leader()", "url")) or (is_contents_entry and kind == "target-counter()"):
                self.words.append(_COUNT)

    def end_line(self, context: _Context) -> None:
        """Make lines of the words so far, split at counters."""
        for number, part in enumerate("".join(self.words).split(_COUNT)):
            self.counted = self.counted or number > 0
            if words := " ".join(part.split()):
                self.lines.append(Line(words, context.language, context.block, context.place, context.level, self.counted))
                self.counted = False
        self.words.clear()
