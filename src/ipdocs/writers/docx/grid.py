"""A table before it is written: rows of cells, each with a story of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from ipdocs.writers.docx.story import Paragraph, Story, closing, leading


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, and how many columns and rows it spans."""

    story: Story
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """A table: its rows, the widths of its columns in pixels, how many rows head it."""

    rows: list[list[Cell]]
    widths: list[float] = field(default_factory=list)
    heads: int = 0

    @property
    def first(self) -> Paragraph:
        """The first paragraph."""
        return leading(self.rows[0][0].story.items[0])

    @property
    def last(self) -> Paragraph:
        """The last paragraph."""
        return closing(self.rows[-1][-1].story.items[-1])
