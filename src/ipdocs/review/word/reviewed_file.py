"""Read Word files after review: paragraphs with the bookmarks of their blocks, footnotes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.text import child_value, paragraph_text, parse_whole_number, text_with_property
from ipdocs.files.reading import read_bytes
from ipdocs.review.word.shifted_characters import with_stand_ins, without_stand_ins

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIX = "ipX"
"""The prefix of the names of bookmarks around blocks."""

MAX_BOOKMARKS = 3000
"""The maximum number of bookmarks; further bookmarks are ignored."""


@dataclass(frozen=True, slots=True)
class ReviewedParagraph:
    """A paragraph of a reviewed file.

    Attributes:
        bookmark: the name of the bookmark around the block of the paragraph, or "".
        text: the text with tracked changes accepted.
        is_list_item: whether the paragraph is a list item.
        authors: the authors of tracked changes in the paragraph.
        marked_text: the text with stand-ins for superscript and subscript.
        in_table: whether the paragraph is in a table.
        level: the level of a list item, from 0.
        struck_out: the words with a line through them.
        hidden: the words that Word hides.
    """

    bookmark: str
    text: str
    is_list_item: bool = False
    authors: tuple[str, ...] = ()
    marked_text: str = ""
    in_table: bool = False
    level: int = 0
    struck_out: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reviewer's comment.

    Attributes:
        author: the name of the reviewer.
        text: the text of the comment.
        bookmark: the name of the bookmark around the block with the commented words, or "".
        about: the commented words.
    """

    author: str
    text: str
    bookmark: str
    about: str


@dataclass(slots=True)
class ReviewedFile:
    """The paragraphs, footnotes and comments of a Word file, in document order.

    Attributes:
        paragraphs: the paragraphs.
        notes: the footnotes, in the order of the references to them.
        note_positions: for each footnote, the index of the paragraph that refers to it.
        comments: the comments.
        elsewhere: the texts in text boxes and endnotes.
        running_heads: the texts in headers and footers.
        picture_count: the number of pictures.
    """

    paragraphs: list[ReviewedParagraph] = field(default_factory=list)
    notes: list[ReviewedParagraph] = field(default_factory=list)
    note_positions: list[int] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    running_heads: list[str] = field(default_factory=list)
    picture_count: int = 0

    @property
    def bookmarks(self) -> list[str]:
        """The names of the bookmarks around blocks, in document order."""
        return list(dict.fromkeys(paragraph.bookmark for paragraph in self.paragraphs if paragraph.bookmark))


def read(path: Path) -> ReviewedFile:
    """Read a reviewed Word file.

    Raises:
        UnsafeFile: the file is unsafe or not a Word file.
    """
    return read_package(open_package(read_bytes(path), path))


def read_package(package: Package) -> ReviewedFile:
    """Read a reviewed Word file from its opened package."""
    reviewed = ReviewedFile()
    root = package.root(MAIN_PART)
    if root is None:
        return reviewed
    text_box_paragraphs = {
        paragraph for box in root.iter(qualified_name("txbxContent")) for paragraph in box.iter(qualified_name("p"))
    }
    paragraphs = [paragraph for paragraph in root.iter(qualified_name("p")) if paragraph not in text_box_paragraphs]
    commented: dict[str, tuple[str, list[str]]] = {}
    notes = dict(_notes(package))
    previous_text = ""  # text of paragraphs whose end was deleted
    for paragraph, bookmark in zip(paragraphs, _innermost_bookmarks(paragraphs), strict=True):
        _collect_commented_words(paragraph, bookmark, commented)
        for note in filter(None, (notes.pop(identifier, None) for identifier in _note_references(paragraph))):
            reviewed.notes.append(note)
            reviewed.note_positions.append(len(reviewed.paragraphs))
        text = previous_text + paragraph_text(paragraph, with_stand_ins)
        if _is_end_deleted(paragraph):
            previous_text = text
            continue
        previous_text = ""
        numbering = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('numPr')}")
        reviewed.paragraphs.append(
            replace(
                _paragraph(bookmark, text, _tracked_authors(paragraph), is_list_item=numbering is not None),
                in_table=next(paragraph.iterancestors(qualified_name("tc")), None) is not None,
                level=parse_whole_number(child_value(numbering, "ilvl")) or 0,
                struck_out=text_with_property(paragraph, "strike", "dstrike"),
                hidden=text_with_property(paragraph, "vanish"),
            )
        )
    reviewed.comments = list(_comments(package, commented))
    reviewed.elsewhere = [*_text_boxes(root), *_texts_of_parts(package, "endnotes")]
    reviewed.running_heads = list(_texts_of_parts(package, "header", "footer"))
    reviewed.picture_count = sum(1 for _ in root.iter(qualified_name("a:blip"), qualified_name("v:imagedata")))
    return reviewed


def _paragraph(bookmark: str, text: str, authors: tuple[str, ...], *, is_list_item: bool = False) -> ReviewedParagraph:
    """Return a paragraph from its text with stand-ins."""
    marked_text = normalise_spaces(text)
    return ReviewedParagraph(bookmark, without_stand_ins(marked_text), is_list_item, authors, marked_text)


def _text_boxes(root: _Element) -> Iterator[str]:
    """Yield the text of each paragraph in text boxes; of two forms of a box, only the first."""
    for box in root.iter(qualified_name("txbxContent")):
        if next(box.iterancestors(qualified_name("mc:Fallback")), None) is None:
            yield from _paragraph_texts(box)


def _texts_of_parts(package: Package, *kinds: str) -> Iterator[str]:
    """Yield the text of each paragraph in the parts to which relationships of certain kinds lead."""
    targets = {relationship.part for relationship in package.relationships() if relationship.kind in kinds}
    for name in package.parts:
        if name.lower() in targets and (root := package.root(name)) is not None:
            yield from _paragraph_texts(root)


def _paragraph_texts(element: _Element) -> Iterator[str]:
    return filter(None, (normalise_spaces(paragraph_text(paragraph)) for paragraph in element.iter(qualified_name("p"))))


def _innermost_bookmarks(paragraphs: list[_Element]) -> list[str]:
    """Return the name of the innermost bookmark of a block around each paragraph, or "" if there is none.

    LibreOffice writes a bookmark over several paragraphs as two bookmarks with the same name, in the first and the last
    paragraph.
    """
    spans: dict[str, tuple[int, int]] = {}  # the first and last paragraph of each bookmark, keyed by name
    names: dict[str, str] = {}  # keyed by bookmark id
    for index, paragraph in enumerate(paragraphs):
        for bookmark in paragraph.iter(qualified_name("bookmarkStart"), qualified_name("bookmarkEnd")):
            is_start = bookmark.tag == qualified_name("bookmarkStart")
            bookmark_id = bookmark.get(qualified_name("id"), "")
            name = bookmark.get(qualified_name("name"), "") if is_start else names.pop(bookmark_id, "")
            if name.startswith(_PREFIX) and (name in spans or len(spans) < MAX_BOOKMARKS):
                spans[name] = (spans.get(name, (index, index))[0], index)
                if is_start:
                    names[bookmark_id] = name
    # The name and length of the shortest bookmark around each paragraph.
    innermost = [("", len(paragraphs))] * len(paragraphs)
    for name, (first, last) in sorted(spans.items()):
        for index in range(first, last + 1):
            if last - first < innermost[index][1]:
                innermost[index] = (name, last - first)
    return [name for name, _ in innermost]


def normalise_spaces(text: str) -> str:
    """Return a text with a single space for each run of white space; line ends stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _is_end_deleted(paragraph: _Element) -> bool:
    """Whether the end of a paragraph was deleted, so that its text continues in the next paragraph."""
    properties = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('rPr')}")
    return properties is not None and any(properties.find(qualified_name(tag)) is not None for tag in ("del", "moveFrom"))


def _tracked_authors(paragraph: _Element) -> tuple[str, ...]:
    tags = (qualified_name(tag) for tag in ("ins", "del", "moveFrom", "moveTo"))
    return tuple(dict.fromkeys(change.get(qualified_name("author"), "") for change in paragraph.iter(*tags)))


def _collect_commented_words(paragraph: _Element, bookmark: str, commented: dict[str, tuple[str, list[str]]]) -> None:
    """Add the commented words of a paragraph to `commented`.

    Args:
        paragraph: the paragraph.
        bookmark: the name of the bookmark around its block, or "".
        commented: for each comment id, the bookmark where the comment begins, and the commented words.
    """
    open_comments: set[str] = set()
    tags = ("commentRangeStart", "commentRangeEnd", "commentReference", "t", "noBreakHyphen")
    for element in paragraph.iter(*map(qualified_name, tags)):
        comment_id = element.get(qualified_name("id"), "")
        if element.tag == qualified_name("commentRangeEnd"):
            open_comments.discard(comment_id)
        elif element.tag in (qualified_name("t"), qualified_name("noBreakHyphen")):
            for open_id in open_comments:
                commented[open_id][1].append(paragraph_text(element))
        else:
            commented.setdefault(comment_id, (bookmark, []))
            if element.tag == qualified_name("commentRangeStart"):
                open_comments.add(comment_id)


def _note_references(paragraph: _Element) -> Iterator[str]:
    """Yield the id of each footnote to which a paragraph refers, except in deleted text."""
    for reference in paragraph.iter(qualified_name("footnoteReference")):
        if next(reference.iterancestors(qualified_name("del"), qualified_name("moveFrom")), None) is None:
            yield reference.get(qualified_name("id"), "")


def _notes(package: Package) -> Iterator[tuple[str, ReviewedParagraph]]:
    """Yield the id and the text of each footnote."""
    root = package.root("word/footnotes.xml")
    for note in root.iter(qualified_name("footnote")) if root is not None else ():
        if note.get(qualified_name("type")) in (None, "normal"):
            paragraphs = list(note.iter(qualified_name("p")))
            text = " ".join(paragraph_text(paragraph, with_stand_ins) for paragraph in paragraphs)
            authors = dict.fromkeys(author for paragraph in paragraphs for author in _tracked_authors(paragraph))
            yield note.get(qualified_name("id"), ""), _paragraph("notes", text, tuple(authors))


def _comments(package: Package, commented: dict[str, tuple[str, list[str]]]) -> Iterator[Comment]:
    root = package.root("word/comments.xml")
    for comment in root.iter(qualified_name("comment")) if root is not None else ():
        bookmark, words = commented.get(comment.get(qualified_name("id"), ""), ("", []))
        paragraphs = (normalise_spaces(paragraph_text(paragraph)) for paragraph in comment.iter(qualified_name("p")))
        yield Comment(comment.get(qualified_name("author"), ""), " ".join(filter(None, paragraphs)), bookmark, "".join(words))
