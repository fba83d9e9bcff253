"""Imported paragraphs: text, headings, items, tables and pictures in the order in which a file has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.source.segment import Segment, shown, written

Kind = Literal["title", "heading", "paragraph", "item", "quotation", "caption", "figure", "table", "note", "rule"]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with the name it has in its file, and the words for those who cannot see it."""

    name: str
    picture: CleanPicture
    alt: str


@dataclass(frozen=True, slots=True)
class ImportedParagraph:
    """A paragraph of a file; `line` is its line, or its number among the paragraphs of its file.

    `level` is that of a heading (2 to 4) or how deep an item lies; `mark` is the kind of an item's mark. A table has rows of
    cells, the first of them its head if it has one; a note has the name under which the text calls it.
    """

    kind: Kind
    content: Segment
    line: int
    level: int = 0
    mark: str = "bullet"
    rows: tuple[tuple[Segment, ...], ...] = ()
    head: bool = False
    image: Image | None = None
    name: str = ""

    @property
    def text(self) -> str:
        """Its words as they are read."""
        return shown(self.content)

    @property
    def source(self) -> str:
        """Its words as a source writes them."""
        return written(self.content)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text of a file that is not taken, and why."""

    text: str
    reason: str
    line: int


@dataclass(slots=True)
class ImportedFile:
    """The paragraphs of a file, what of it was left out, and the lines in which items ran together."""

    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    run_together: list[tuple[int, str]] = field(default_factory=list)
