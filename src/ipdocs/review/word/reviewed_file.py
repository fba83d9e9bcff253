"""A built Word file as reviewers left it: its paragraphs by the bookmarks of their blocks, who changed what, and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import MAIN, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.text import paragraph_text
from ipdocs.files.reading import read_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = "ipX"
MOST = 3000
"""How many blocks a file may have; further bookmarks are none of ours."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph: the bookmark of its block ("" for none), its words with changes accepted, and who tracked changes in it."""

    mark: str
    text: str
    listed: bool = False
    tracked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its author and words, the bookmark of the block it stands in, and the words it is about."""

    author: str
    text: str
    mark: str
    about: str


@dataclass(slots=True)
class Reviewed:
    """A Word file's paragraphs in their order, its notes, and the comments in it."""

    paragraphs: list[Marked] = field(default_factory=list)
    notes: list[Marked] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    @property
    def marks(self) -> list[str]:
        """The bookmarks of blocks in the order in which they stand."""
        return list(dict.fromkeys(one.mark for one in self.paragraphs if one.mark))


def read(path: Path) -> Reviewed:
    """Return a Word file's paragraphs by their blocks; one that is not to be trusted is a finding."""
    return read_package(open_package(read_bytes(path), path))


def read_package(opened: Package) -> Reviewed:
    """Return the paragraphs of an opened Word file by their blocks."""
    found = Reviewed()
    root = opened.root(MAIN)
    if root is None:
        return found
    boxed = {one for box in root.iter(qualified_name("txbxContent")) for one in box.iter(qualified_name("p"))}
    paragraphs = [one for one in root.iter(qualified_name("p")) if one not in boxed]
    abouts: dict[str, tuple[str, list[str]]] = {}
    carried = ""
    for paragraph, mark in zip(paragraphs, _covering(paragraphs), strict=True):
        _ranges(paragraph, mark, abouts)
        text = carried + paragraph_text(paragraph)
        if _mark_is_gone(paragraph):
            carried = text
            continue
        carried = ""
        listed = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('numPr')}") is not None
        found.paragraphs.append(Marked(mark, plain(text), listed, _tracked(paragraph)))
    found.notes = list(_notes(opened))
    found.comments = list(_comments(opened, abouts))
    return found


def _covering(paragraphs: list[_Element]) -> list[str]:
    """Return the bookmark that each paragraph stands in, of several the narrowest.

    LibreOffice writes a bookmark of several paragraphs as two of one name, in the first of them and the last.
    """
    spans: dict[str, tuple[int, int]] = {}
    names: dict[str, str] = {}
    for index, paragraph in enumerate(paragraphs):
        for one in paragraph.iter(qualified_name("bookmarkStart"), qualified_name("bookmarkEnd")):
            number = one.get(qualified_name("id"), "")
            name = one.get(qualified_name("name"), "") if one.tag == qualified_name("bookmarkStart") else names.pop(number, "")
            if name.startswith(_MARK) and (name in spans or len(spans) < MOST):
                spans[name] = (spans.get(name, (index, index))[0], index)
                if one.tag == qualified_name("bookmarkStart"):
                    names[number] = name
    found = [("", len(paragraphs))] * len(paragraphs)
    for name, (first, last) in sorted(spans.items()):
        for index in range(first, last + 1):
            if last - first < found[index][1]:
                found[index] = (name, last - first)
    return [name for name, _ in found]


def plain(text: str) -> str:
    """Return text with single blanks, line ends apart."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _mark_is_gone(paragraph: _Element) -> bool:
    """Whether the end of a paragraph was deleted: what it has left goes on in the next."""
    properties = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('rPr')}")
    return properties is not None and any(properties.find(qualified_name(tag)) is not None for tag in ("del", "moveFrom"))


def _tracked(paragraph: _Element) -> tuple[str, ...]:
    tags = (qualified_name(tag) for tag in ("ins", "del", "moveFrom", "moveTo"))
    return tuple(dict.fromkeys(one.get(qualified_name("author"), "") for one in paragraph.iter(*tags)))


def _ranges(paragraph: _Element, mark: str, abouts: dict[str, tuple[str, list[str]]]) -> None:
    """Note for each comment the block in which its words begin, and the words of that paragraph that it is about."""
    open_: set[str] = set()
    tags = ("commentRangeStart", "commentRangeEnd", "commentReference", "t", "noBreakHyphen")
    for one in paragraph.iter(*map(qualified_name, tags)):
        number = one.get(qualified_name("id"), "")
        if one.tag == qualified_name("commentRangeEnd"):
            open_.discard(number)
        elif one.tag in (qualified_name("t"), qualified_name("noBreakHyphen")):
            for known in open_:
                abouts[known][1].append(paragraph_text(one))
        else:
            abouts.setdefault(number, (mark, []))
            if one.tag == qualified_name("commentRangeStart"):
                open_.add(number)


def _notes(opened: Package) -> Iterator[Marked]:
    root = opened.root("word/footnotes.xml")
    for note in root.iter(qualified_name("footnote")) if root is not None else ():
        if note.get(qualified_name("type")) in (None, "normal"):
            text = plain(" ".join(paragraph_text(one) for one in note.iter(qualified_name("p"))))
            yield Marked(
                "notes", text, False, tuple(dict.fromkeys(who for one in note.iter(qualified_name("p")) for who in _tracked(one)))
            )


def _comments(opened: Package, abouts: dict[str, tuple[str, list[str]]]) -> Iterator[Comment]:
    root = opened.root("word/comments.xml")
    for one in root.iter(qualified_name("comment")) if root is not None else ():
        mark, about = abouts.get(one.get(qualified_name("id"), ""), ("", []))
        text = " ".join(filter(None, (plain(paragraph_text(line)) for line in one.iter(qualified_name("p")))))
        yield Comment(one.get(qualified_name("author"), ""), text, mark, "".join(about))
