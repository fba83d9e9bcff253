"""Paragraphs of an imported file: text, headings, list items, tables and pictures, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ipdocs.files.ledger import LeftOut
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Finding
from ipdocs.importing.table_grid import MergedCell
from ipdocs.source.segment import Segment, to_display_text

ParagraphKind = Literal[
    "title", "heading", "paragraph", "item", "quotation", "caption", "figure", "table", "definition", "note", "rule"
]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in an imported file.

    Attributes:
        name: the name of the picture in the imported file.
        picture: the cleaned picture.
        alt: the alternative text.
    """

    name: str
    picture: CleanPicture
    alt: str


@dataclass(frozen=True, slots=True)
class ImportedParagraph:
    """A paragraph of an imported file.

    Attributes:
        kind: the kind of paragraph.
        content: the text, with codes for formatting and links.
        line: the line number; in Word files, the number of the paragraph.
        level: 2 to 4 for a heading; the nesting depth, from 0, for a list item.
        list_style: the style of the list of an item: bullet, number, letter or roman.
        rows: the cells of a table, row by row; positions that a merged cell covers are empty.
        merged: the merged cells of a table.
        cells: the number and text of each paragraph in a table of a Word file.
        columns: the columns that tabs make of a line of a Word file.
        has_header: whether the first row of a table is a header.
        image: the picture of a figure.
        name: the name by which the text refers to a footnote.
        marker: the list marker as typed in the file, such as "(1)"; empty if the list writes it.
        number: the number of a list item; 0 if it counts on from the one before it, or has none.
        stands_alone: whether the paragraph is a line between blank lines or in bold type, which may be a heading.
    """

    kind: ParagraphKind
    content: Segment
    line: int
    level: int = 0
    list_style: str = "bullet"
    rows: tuple[tuple[Segment, ...], ...] = ()
    merged: tuple[MergedCell, ...] = ()
    cells: tuple[tuple[int, str], ...] = ()
    columns: tuple[Segment, ...] = ()
    has_header: bool = False
    image: Image | None = None
    name: str = ""
    marker: str = ""
    number: int = 0
    stands_alone: bool = False

    @property
    def text(self) -> str:
        """The text as a reader sees it."""
        return to_display_text(self.content)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The text, and the text of each cell of a table, row by row."""
        return (self.content, *(cell for row in self.rows for cell in row))

    @property
    def full_text(self) -> str:
        """The text and the texts of the cells as a reader sees them, joined with spaces."""
        return " ".join(filter(None, map(to_display_text, self.segments)))

    @property
    def words(self) -> str:
        """The typed list marker, the text and the texts of the cells, without any markup, to check that no word is lost."""
        return self.marker + "".join(part for segment in self.segments for part in segment if isinstance(part, str))


@dataclass(slots=True)
class ImportedFile:
    """The content of an imported file.

    Attributes:
        paragraphs: the paragraphs in document order.
        left_out: the texts that are not imported.
        run_together: the line number and text of each line that contained several list items.
        spaced: the line number and text of each text with doubled spaces, or with spaces at its ends, which `paragraphs` lacks.
        findings: warnings about the file.
    """

    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    run_together: list[tuple[int, str]] = field(default_factory=list)
    spaced: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
