"""A table before it is written: rows of cells, each with a story of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.writers.docx.story import Paragraph, Story, closing, leading

SIDES = ("top", "left", "bottom", "right")


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, how many columns and rows it spans, its box; `above` is the cell it only continues.

    Borders are flat text as ooxml says, margins twentieths of a point, by side.
    """

    story: Story
    columns: int = 1
    rows: int = 1
    borders: dict[str, str] = field(default_factory=dict)
    margins: dict[str, int] = field(default_factory=dict)
    fill: str | None = None
    align: str = "top"
    above: bool = False


@dataclass(slots=True)
class Row:
    """A row: its cells, whether it heads the table on every page, whether a page may end within it."""

    cells: list[Cell]
    head: bool = False
    whole: bool = False


@dataclass(slots=True)
class Grid:
    """A table: its rows, the widths of its columns in pixels, how far it is indented, what it is called."""

    rows: list[Row]
    widths: list[float]
    indent: float = 0.0
    centred: bool = False
    title: str = ""
    before: float = 0.0

    @property
    def first(self) -> Paragraph:
        """The first paragraph."""
        return leading(self.rows[0].cells[0].story.items[0])

    @property
    def last(self) -> Paragraph:
        """The last paragraph."""
        return closing(self.rows[-1].cells[-1].story.items[-1])

    def cells(self) -> Iterator[Cell]:
        """Yield every cell, row by row."""
        for row in self.rows:
            yield from row.cells
