"""Paragraphs of an imported file: text, headings, list items, tables and pictures, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.source.segment import Segment, to_display_text, to_source_text

Kind = Literal["title", "heading", "paragraph", "item", "quotation", "caption", "figure", "table", "note", "rule"]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its name in the imported file and its alternative text."""

    name: str
    picture: CleanPicture
    alt: str


@dataclass(frozen=True, slots=True)
class ImportedParagraph:
    """A paragraph of an imported file.

    Attributes:
        line: its line, or in Word files its number among the paragraphs.
        level: 2 to 4 for a heading, the nesting depth from 0 for a list item.
        mark: the kind of a list item's mark.
        rows: the cells of a table.
        head: whether the first row of a table is its header.
        name: the name by which the text refers to a footnote.
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
        """The text as a reader sees it."""
        return to_display_text(self.content)

    @property
    def source(self) -> str:
        """The text as it is written in a source."""
        return to_source_text(self.content)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text of a file that is not imported, and the reason."""

    text: str
    reason: str
    line: int


@dataclass(slots=True)
class ImportedFile:
    """The paragraphs of a file, the texts left out, and lines (number and text) that held several list items."""

    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    run_together: list[tuple[int, str]] = field(default_factory=list)
