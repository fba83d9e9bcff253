"""What a file has to say: the lines of its tree in order, each with its block, its language and the facts in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from ipdocs.render.cascade import Cascade
from ipdocs.render.tree import BLOCK_ELEMENTS, Tree

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as one language states it: its name and the words that say it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, item or cell: its words, its language's tag, the block it belongs to, where that stands, its heading level."""

    words: str
    language: str
    block: str
    place: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the file of one edition has to say; facts by block ("tc:lead")."""

    title: str
    languages: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    alternatives: tuple[str, ...]
    facts: Mapping[str, tuple[Stated, ...]]

    @property
    def stated(self) -> int:
        """How many times facts are stated."""
        return sum(map(len, self.facts.values()))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and words of each heading, in order."""
        return [(line.level, line.words) for line in self.lines if line.level]


def expected(tree: Tree, facts: Mapping[str, tuple[Stated, ...]]) -> Expectation:
    """Return what the file of a tree has to say, with the facts stated in it; what the stylesheet hides need not be there."""
    cascade = Cascade(tree)
    walk = _Walk(cascade)
    walk.block(tree.body, _Place(tree.languages[0].tag, "", "", 0))
    return Expectation(
        title=tree.metadata.title,
        languages=tuple(language.tag for language in tree.languages),
        lines=tuple(walk.lines),
        notes=tuple(walk.notes),
        alternatives=tuple(walk.alternatives),
        facts=facts,
    )


def squeezed(words: str) -> str:
    """Return words without any space: how lines are broken is each format's own affair."""
    return "".join(words.split())


@dataclass(frozen=True, slots=True)
class _Place:
    language: str
    block: str
    place: str
    level: int


class _Walk:
    """Collects lines: a block's own words up to the next block within it are one line."""

    def __init__(self, cascade: Cascade) -> None:
        self.cascade = cascade
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.alternatives: list[str] = []
        self.words: list[str] = []

    def block(self, element: HtmlElement, outer: _Place) -> None:
        """Take what an element says, and what the blocks in it do."""
        name = str(element.tag)
        if self.cascade.of(element)["display"] == ("none",):
            return
        here = _Place(
            element.get("lang") or outer.language,
            element.get("data-block") or outer.block,
            element.get("data-place") or outer.place,
            _HEADINGS.get(name, outer.level),
        )
        self.words.append(element.text or "")
        for child in element:
            self.inner(child, here)
            self.words.append(child.tail or "")
        self.end(here)

    def inner(self, child: HtmlElement, here: _Place) -> None:
        """Take what stands within a block: another block, a picture, a note or words."""
        if child.tag in BLOCK_ELEMENTS:
            self.end(here)
            self.block(child, here)
        elif child.tag == "img":
            if child.get("alt"):
                self.alternatives.append(str(child.get("alt")))
        elif child.tag == "br":
            self.words.append(" ")
        elif child.get("class") == "footnote":
            self.notes.append(Line(str(child.text_content()), here.language, here.block, here.place))
        else:
            self.words.append(child.text or "")
            for one in child:
                self.inner(one, here)
                self.words.append(one.tail or "")

    def end(self, here: _Place) -> None:
        """Make a line of the words so far."""
        words = " ".join("".join(self.words).split())
        self.words.clear()
        if words:
            self.lines.append(Line(words, here.language, here.block, here.place, here.level))
