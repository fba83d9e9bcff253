"""What a file has to say: the lines of its HTML document in order, each with its block, its language and its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.templating.cascade import Cascade, Style, apply_text_transform
from ipdocs.templating.html_document import BLOCK_ELEMENTS, RESTRICTED_LABEL, HtmlDocument
from ipdocs.verification.pictures import ExpectedPicture

_COUNT = "\0"
"""Stands among words for what a stylesheet counts."""

_WITHOUT = frozenset({"hr", "nav", "ol", "table", "tbody", "thead", "tr", "ul"})
"""Elements before and behind which Word has no place for words."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as one language states it: its name and the words that say it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, item or cell: its words, its language's tag, the block it belongs to, where that stands, its heading level.

    Before what is counted stands a number that only the layout knows, of a page or of a stylesheet's own.
    """

    words: str
    language: str
    block: str
    place: str = ""
    level: int = 0
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the file of one edition has to say; facts by block ("tc:lead"). Counted is whether a count may end it.

    `decorations` are pictures without words, which a PDF does not read out, and those of the margins of its pages;
    `pictures` are all others, and in other formats all that are shown.
    """

    title: str
    languages: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    alternatives: tuple[str, ...]
    facts: Mapping[str, tuple[StatedFact, ...]]
    counted: bool = False
    pictures: tuple[ExpectedPicture, ...] = ()
    decorations: tuple[ExpectedPicture, ...] = ()

    @property
    def fact_count(self) -> int:
        """How many times facts are stated."""
        return sum(map(len, self.facts.values()))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and words of each heading, in order."""
        return [(line.level, line.words) for line in self.lines if line.level]


def build_expectation(html: HtmlDocument, facts: Mapping[str, tuple[StatedFact, ...]], form: str) -> Expectation:
    """Return what the file of an HTML document has to say in a format, with the facts stated in it.

    What the stylesheet hides need not be there, and what it adds must.
    """
    cascade = Cascade(html)
    walk = _Walk(cascade, form, html.assets)
    walk.block(html.body, _Place(html.languages[0].tag, "", "", 0))
    if walk.plain_text:
        walk.lines += [replace(note, words=f"[{number}] {note.words}") for number, note in enumerate(walk.notes, 1)]
        walk.notes.clear()
    return Expectation(
        title=html.metadata.title,
        languages=tuple(language.tag for language in html.languages),
        lines=tuple(walk.lines),
        notes=tuple(walk.notes),
        alternatives=tuple(walk.alternatives),
        facts=facts,
        counted=walk.counted,
        pictures=tuple(walk.pictures),
        decorations=tuple(walk.decorations),
    )


def has_own_caption(figure: HtmlElement) -> bool:
    """Whether a figure has a caption that says more than that it is restricted."""
    caption = figure.find("figcaption")
    labels = () if caption is None else caption.find_class(RESTRICTED_LABEL)
    return caption is not None and caption.text_content().strip() != "".join(label.text_content() for label in labels)


def without_spaces(words: str) -> str:
    """Return words without any space: how lines are broken is each format's own affair."""
    return "".join(words.split())


def _spaced(words: str) -> str:
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class _Place:
    language: str
    block: str
    place: str
    level: int
    listed: bool = False


class _Walk:
    """Collects lines: a block's own words up to the next block within it are one line.

    What a stylesheet adds is said too, spelt as it has it; a count, whatever it may come to, parts the line. Word keeps what
    was written under its capitals, counts nothing but the pages of a table of contents, and leaves in the text what a
    stylesheet takes to the margins of a page. A web page and a text have the words of the tree, whatever a stylesheet does;
    a text has the addresses of links and the numbers of notes in its words, and the notes behind them.
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

    def block(self, element: HtmlElement, outer: _Place) -> None:
        """Take what an element says, and what the blocks in it do."""
        if not self.shows(element):
            return
        listed = outer.listed or (element.tag == "nav" and "contents" in element.get("class", "").split())
        here = _Place(
            element.get("lang") or outer.language,
            element.get("data-block") or outer.block,
            element.get("data-place") or outer.place,
            outer.level if self.is_plain(listed) else _HEADINGS.get(str(element.tag), outer.level),
            listed,
        )
        self.contents(element, here)
        self.end(here)

    def is_plain(self, listed: bool) -> bool:
        """Whether headings are none: Word does not list what heads its table of contents."""
        return listed and not self.paged

    def contents(self, element: HtmlElement, here: _Place) -> None:
        """Take what stands in an element, and what the stylesheet puts before and behind that."""
        style = self.cascade.of(element)
        self.generated(element, "before", here)
        self.say(element.text, style)
        for child in sorted(element, key=self.is_below):
            self.inner(child, here)
            self.say(child.tail, style)
        self.generated(element, "after", here)

    def inner(self, child: HtmlElement, here: _Place) -> None:
        """Take what stands within a block: another block, a picture, a note or words."""
        if child.tag in BLOCK_ELEMENTS:
            self.end(here)
            self.block(child, here)
        elif child.tag == "br":
            self.words.append(" ")
        elif not self.shows(child):
            return
        elif child.tag == "img":
            self.picture(child, here)
        elif child.get("class") == "footnote":
            self.note(child, here)
            self.words += [f"[{len(self.notes)}]"] if self.plain_text else []
        else:
            self.contents(child, here)
            self.address(child, here)

    def address(self, element: HtmlElement, here: _Place) -> None:
        """Take the address of a link where it is written out behind the words that lead there."""
        target = element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
        if not self.plain_text or element.tag != "a" or target.startswith("#") or target == _spaced(element.text_content()):
            return
        self.words.append(f"（{target}）" if here.language.startswith("zh") else f" ({target})")

    def picture(self, image: HtmlElement, here: _Place) -> None:
        """Take a picture, and the words for those who cannot see it."""
        if self.plain_text:
            figure = next(image.iterancestors("figure"), None)
            has_caption = figure is not None and has_own_caption(figure)
            self.words += [] if has_caption else [image.get("alt", "")]
            return
        if image.get("alt"):
            self.alternatives.append(str(image.get("alt")))
        name = image.get("src", "")
        if name in self.assets:
            chosen = self.decorations if self.paged and not image.get("alt") else self.pictures
            chosen.append(ExpectedPicture(name, self.assets[name], here.block, here.place))

    def note(self, element: HtmlElement, here: _Place) -> None:
        """Take a note aside."""
        words, self.words = self.words, []
        pictures, decorations = len(self.pictures), len(self.decorations)
        self.contents(element, here)
        del self.pictures[pictures:], self.decorations[decorations:]
        self.notes.append(Line("".join(self.words).replace(_COUNT, ""), here.language, here.block, here.place))
        self.words = words

    def shows(self, element: HtmlElement) -> bool:
        """Whether an element is shown where it stands."""
        style = self.cascade.of(element)
        if not self.styled:
            return True
        return style["display"] != ("none",) and not (self.paged and style["position"][0] == "running()")

    def is_below(self, child: HtmlElement) -> bool:
        """Whether a child stands below those that follow it: a table's caption may."""
        return self.styled and child.tag == "caption" and self.cascade.of(child)["caption_side"] == "bottom"

    def say(self, words: str | None, style: Style) -> None:
        """Take words as they are spelt."""
        if not self.paged:
            self.words.append(words or "")
        elif style["visibility"] == "visible":
            self.words.append(apply_text_transform(words or "", style))

    def generated(self, element: HtmlElement, part: str, here: _Place) -> None:
        """Take what the stylesheet puts before or behind an element: words and attributes, and on pages counts and marks."""
        if not self.styled:
            return
        style = self.cascade.part(element, part)
        plain = self.is_plain(here.listed) and element.tag == "a" and part == "after"
        if style is None or isinstance(style["content"], str):
            self.words += [_COUNT] * plain
            return
        for kind, value in style["content"] if self.paged or element.tag not in _WITHOUT else ():
            if kind == "string":
                self.say(value, style)
            elif kind == "attr()":
                self.say(element.get(value[0]), style)
            elif (self.paged and kind not in ("leader()", "url")) or (plain and kind == "target-counter()"):
                self.words.append(_COUNT)

    def end(self, here: _Place) -> None:
        """Make a line of the words so far, and of the words behind each count."""
        for number, part in enumerate("".join(self.words).split(_COUNT)):
            self.counted = self.counted or number > 0
            if words := " ".join(part.split()):
                self.lines.append(Line(words, here.language, here.block, here.place, here.level, self.counted))
                self.counted = False
        self.words.clear()
