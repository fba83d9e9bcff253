"""A table before it is written: rows of cells, each with a story of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.writers.docx.columns import Column, divide, even
from ipdocs.writers.docx.story import Paragraph, Story, closing, leading

SIDES = ("top", "left", "bottom", "right")


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, how many columns and rows it spans, its box; `above` is the cell it only continues.

    Borders are flat text as ooxml says, margins twentieths of a point, by side. `unbroken` has lines that never part.
    """

    story: Story
    columns: int = 1
    rows: int = 1
    borders: dict[str, str] = field(default_factory=dict)
    margins: dict[str, int] = field(default_factory=dict)
    fill: str | None = None
    align: str = "top"
    above: bool = False
    unbroken: bool = False


@dataclass(slots=True)
class Row:
    """A row: its cells, whether it heads the table on every page, whether a page may end within it."""

    cells: list[Cell]
    head: bool = False
    whole: bool = False


@dataclass(slots=True)
class Grid:
    """A table: its rows, what its columns ask for, how far it is indented, what it is called.

    `whole` is its width in pixels or percent of what is around, None when it
    takes what it needs; `edges` is the half of its outer borders that lies
    outside. The widths of its columns are there when `set_widths` was called.
    """

    rows: list[Row]
    columns: list[Column]
    fixed: bool = False
    whole: tuple[float, str] | None = None
    edges: float = 0.0
    widths: list[float] = field(default_factory=list)
    indent: float = 0.0
    beside: float = 0.0
    centred: bool = False
    title: str = ""
    before: float = 0.0
    inset: float = 0.0

    @property
    def first(self) -> Paragraph:
        """The first paragraph."""
        return leading(self.rows[0].cells[0].story.items[0])

    @property
    def last(self) -> Paragraph:
        """The last paragraph."""
        return closing(self.rows[-1].cells[-1].story.items[-1])

    def set_widths(self, room: float) -> None:
        """Divide the room a table has among its columns, and what each cell has among the tables within."""
        room -= self.edges
        whole = None
        if self.whole:
            size, unit = self.whole
            whole = size * (room + self.edges) / 100 - self.edges if unit == "%" else size - self.edges
        self.widths = even(self.columns, whole) if self.fixed and whole is not None else divide(self.columns, whole, room)
        for row in self.rows:
            at = 0
            for cell in row.cells:
                width = sum(self.widths[at : at + cell.columns]) - (cell.margins["left"] + cell.margins["right"]) / 15
                at += cell.columns
                for item in cell.story.items:
                    if isinstance(item, Grid):
                        item.set_widths(width - item.beside)

    def cells(self) -> Iterator[Cell]:
        """Yield every cell, row by row."""
        for row in self.rows:
            yield from row.cells
