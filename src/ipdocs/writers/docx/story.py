"""A story: the paragraphs and tables of a body, a cell or a note in the order they are read, and the gaps between them.

A table is a grid of rows and cells, and each cell has a story of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties
from ipdocs.writers.docx.columns import Column, divide, even
from ipdocs.writers.docx.css_to_properties import Look


@dataclass(slots=True)
class Paragraph:
    """A paragraph before its style is assigned: the name it requests, its look, its content, and its direct formatting.

    Lengths are in pixels: `before` and `after` are what became of its margins
    and its neighbours', `inset` is the part of the gap above it that lies inside
    a border. `shared` is a name it takes from others that look like it, `language` what
    tells it from its namesakes, `style` the id of the style it got. `apart` is whether its
    borders must differ from those above, which are another box's.
    """

    name: str
    look: Look
    content: list[etree._Element]
    direct: Properties = field(default_factory=dict)
    before: float = 0.0
    after: float = 0.0
    inset: float = 0.0
    shared: str = ""
    language: str = ""
    style: str = ""
    apart: bool = False

    @property
    def box(self) -> Properties:
        """Its borders and indents: Word draws one box around neighbours that have the same; nothing without a border."""
        said = self.look.paragraph | self.direct
        borders = {key: value for key, value in said.items() if key.startswith("pBdr/") and value != "nil"}
        return borders and borders | {side: said[side] for side in ("ind@left", "ind@right")} | {"apart": str(self.apart)}

    def say(self, key: str, value: str) -> None:
        """Say a property on the paragraph itself, unless its look says so."""
        if self.look.paragraph.get(key) != value:
            self.direct[key] = value


@dataclass(slots=True)
class Gap:
    """The space between two paragraphs: margins that touch collapse, padding and borders keep them apart."""

    outside: float | None = None
    fixed: float = 0.0
    margins: list[float] = field(default_factory=list)
    lost: bool = False

    def margin(self, size: float) -> None:
        """Add a margin, which collapses with those it touches."""
        self.margins.append(size)

    def padding(self, size: float) -> None:
        """Add space that does not collapse, and end the run of margins before it."""
        self.fixed += size + self._collapsed()
        self.margins.clear()

    def edge(self) -> None:
        """Note a border: what was added so far lies outside it."""
        self.lost = self.overlaps
        self.outside = (self.outside or 0.0) + self.size()
        self.fixed = 0.0
        self.margins.clear()

    def size(self) -> float:
        """Return the space since the last border; it is never less than nothing."""
        return max(0.0, self.fixed + self._collapsed())

    @property
    def overlaps(self) -> bool:
        """Whether some of the space is less than nothing, which Word has no way to say."""
        return self.lost or self.fixed + self._collapsed() < 0

    def _collapsed(self) -> float:
        return max([0.0, *self.margins]) + min([0.0, *self.margins])


@dataclass(slots=True)
class Story:
    """What is written so far, the gap since, and whether the next paragraph begins a page.

    A body has `sections`: at which item each begins, and the name of its pages.
    `tail` is the gap behind a table that ends a cell.
    """

    items: list[Paragraph | Grid] = field(default_factory=list)
    gap: Gap = field(default_factory=Gap)
    breaks: bool = False
    sections: list[tuple[int, str]] = field(default_factory=list)
    tail: float = 0.0

    def add(self, item: Paragraph | Grid) -> None:
        """Add a paragraph or table: the gap before it belongs to the paragraph before, where there is one on the same page."""
        inset = self.gap.size() if self.gap.outside is not None else 0.0
        before = self.gap.size() if self.gap.outside is None else self.gap.outside
        last = self.items[-1] if self.items else None
        opens = self.breaks or bool(self.sections and self.sections[-1][0] == len(self.items))
        if isinstance(last, Paragraph) and not opens:
            last.after = before
        else:
            item.before = before
        item.inset = inset
        if self.breaks:
            leading(item).direct["pageBreakBefore"] = "1"
        self.items.append(item)
        self.gap, self.breaks = Gap(), False

    def insert(self, at: int, item: Paragraph, outside: float) -> float:
        """Put a paragraph before an item that is there, so far from what is above; return what was left of the gap."""
        below = self.items[at]
        above = self.items[at - 1] if at else None
        opens = "pageBreakBefore" in leading(below).direct or any(start == at for start, _ in self.sections)
        if isinstance(above, Paragraph) and not opens:
            whole, above.after = above.after, min(outside, above.after)
            left = whole - above.after
        else:
            item.before = min(outside, below.before)
            left, below.before = below.before - item.before, 0.0
        if "pageBreakBefore" in leading(below).direct:
            item.direct["pageBreakBefore"] = leading(below).direct.pop("pageBreakBefore")
        self.items.insert(at, item)
        self.sections = [(start + (start > at), page) for start, page in self.sections]
        return left

    def break_page(self) -> None:
        """Begin a new page with the next paragraph; margins before it end with the page."""
        if self.items:
            self.gap, self.breaks = Gap(), True

    def begin_section(self, page: str) -> None:
        """Begin a section with the next paragraph, on pages of another name."""
        if self.sections and self.sections[-1][0] == len(self.items):
            self.sections.pop()
        self.sections.append((len(self.items), page))
        self.gap, self.breaks = Gap(), False

    def end(self) -> None:
        """End a story that stands in a box of its own: the last margin stays inside."""
        if self.items and isinstance(last := self.items[-1], Paragraph):
            last.after = self.gap.size()
        else:
            self.tail = self.gap.size()


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


def leading(item: Paragraph | Grid) -> Paragraph:
    """Return the first paragraph of an item."""
    return item if isinstance(item, Paragraph) else leading(item.first)


def closing(item: Paragraph | Grid) -> Paragraph:
    """Return the last paragraph of an item."""
    return item if isinstance(item, Paragraph) else closing(item.last)


def joined(story: Story, at: int) -> bool:
    """Whether Word would take an item's box for part of the one above."""
    at %= len(story.items)
    above, item = story.items[at - 1] if at else None, story.items[at]
    return isinstance(above, Paragraph) and isinstance(item, Paragraph) and bool(item.box) and item.box == above.box
