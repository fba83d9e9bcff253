"""Stories: the paragraphs and tables of a body, cell or footnote in reading order, with the gaps between them.

Each table cell has its own story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties
from ipdocs.writers.docx.columns import TableColumn, auto_layout_widths, fixed_layout_widths
from ipdocs.writers.docx.css_to_properties import ParagraphFormat


@dataclass(slots=True)
class StoryParagraph:
    """A paragraph with its requested style, format, content and direct formatting.

    Attributes:
        space_before: the space above the paragraph in pixels, from the margins of the paragraph and its neighbour.
        space_after: the space below the paragraph, in the same way.
        inset: the part of the gap above the paragraph that lies inside a border, in pixels.
        preferred_style: the style that the paragraph takes instead, if that style has the same format.
        language: the language code that a variant of the style is named after.
        style_id: the id of the assigned style, or "" before `StyleRegistry.assign_styles`.
        needs_distinct_borders: set if Word would otherwise join the borders with the borders of the box above.
    """

    requested_style: str
    format: ParagraphFormat
    content: list[etree._Element]
    direct: Properties = field(default_factory=dict)
    space_before: float = 0.0
    space_after: float = 0.0
    inset: float = 0.0
    preferred_style: str = ""
    language: str = ""
    style_id: str = ""
    needs_distinct_borders: bool = False

    @property
    def box_properties(self) -> Properties:
        """The borders and indents, or {} without borders; Word draws one box around adjacent paragraphs with equal values."""
        properties = self.format.paragraph | self.direct
        borders = {key: value for key, value in properties.items() if key.startswith("pBdr/") and value != "nil"}
        if not borders:
            return {}
        indents = {key: properties[key] for key in ("ind@left", "ind@right")}
        return borders | indents | {"distinct": str(self.needs_distinct_borders)}

    def set_property(self, key: str, value: str) -> None:
        """Set a property as direct formatting, unless the format already has this value."""
        if self.format.paragraph.get(key) != value:
            self.direct[key] = value


@dataclass(slots=True)
class Gap:
    """The space between two paragraphs, in pixels: adjacent margins collapse, unless padding or a border separates them.

    `outside` is the space above the last border, or None if there is no border.
    """

    outside: float | None = None
    fixed: float = 0.0
    margins: list[float] = field(default_factory=list)
    was_negative: bool = False

    def add_margin(self, size: float) -> None:
        """Add a margin, which collapses with adjacent margins."""
        self.margins.append(size)

    def add_padding(self, size: float) -> None:
        """Add space that does not collapse, and that keeps the margins before and after it apart."""
        self.fixed += size + self._collapsed()
        self.margins.clear()

    def add_border(self) -> None:
        """Add a border; the space added so far lies outside it."""
        self.was_negative = self.is_negative
        self.outside = (self.outside or 0.0) + self.size()
        self.fixed = 0.0
        self.margins.clear()

    def size(self) -> float:
        """Return the space since the last border, at least 0."""
        return max(0.0, self.fixed + self._collapsed())

    @property
    def is_negative(self) -> bool:
        """Whether some of the space is less than zero, which Word does not support."""
        return self.was_negative or self.fixed + self._collapsed() < 0

    def _collapsed(self) -> float:
        return max([0.0, *self.margins]) + min([0.0, *self.margins])


@dataclass(slots=True)
class Story:
    """The paragraphs and tables written so far, and the gap after the last of them, in pixels.

    Attributes:
        breaks_page: whether the next item begins a page.
        sections: in the body, the index of each section's first item and the name of the section's page.
        trailing_gap: the gap after a table at the end of a cell.
    """

    items: list[StoryParagraph | StoryTable] = field(default_factory=list)
    gap: Gap = field(default_factory=Gap)
    breaks_page: bool = False
    sections: list[tuple[int, str]] = field(default_factory=list)
    trailing_gap: float = 0.0

    def add(self, item: StoryParagraph | StoryTable) -> None:
        """Add an item; the gap before it belongs to the paragraph above, if there is one on the same page."""
        inset = self.gap.size() if self.gap.outside is not None else 0.0
        space = self.gap.size() if self.gap.outside is None else self.gap.outside
        last_item = self.items[-1] if self.items else None
        opens_page = self.breaks_page or bool(self.sections and self.sections[-1][0] == len(self.items))
        if isinstance(last_item, StoryParagraph) and not opens_page:
            last_item.space_after = space
        else:
            item.space_before = space
        item.inset = inset
        if self.breaks_page:
            first_paragraph(item).direct["pageBreakBefore"] = "1"
        self.items.append(item)
        self.gap, self.breaks_page = Gap(), False

    def insert(self, index: int, item: StoryParagraph, space_above: float) -> float:
        """Insert a paragraph at an index, with at most `space_above` pixels above it; return the rest of the gap in pixels."""
        below = self.items[index]
        above = self.items[index - 1] if index else None
        breaks_page = "pageBreakBefore" in first_paragraph(below).direct
        opens_page = breaks_page or any(start == index for start, _ in self.sections)
        if isinstance(above, StoryParagraph) and not opens_page:
            gap, above.space_after = above.space_after, min(space_above, above.space_after)
            remaining = gap - above.space_after
        else:
            item.space_before = min(space_above, below.space_before)
            remaining, below.space_before = below.space_before - item.space_before, 0.0
        if breaks_page:
            item.direct["pageBreakBefore"] = first_paragraph(below).direct.pop("pageBreakBefore")
        self.items.insert(index, item)
        self.sections = [(start + (start > index), page) for start, page in self.sections]
        return remaining

    def break_page(self) -> None:
        """Begin a new page with the next item; margins before it are dropped."""
        if self.items:
            self.gap, self.breaks_page = Gap(), True

    def begin_section(self, page: str) -> None:
        """Begin a section with the next item, on the pages with the given name."""
        if self.sections and self.sections[-1][0] == len(self.items):
            self.sections.pop()
        self.sections.append((len(self.items), page))
        self.gap, self.breaks_page = Gap(), False

    def end(self) -> None:
        """End the story of a cell: the last margin stays inside the cell."""
        if self.items and isinstance(last_item := self.items[-1], StoryParagraph):
            last_item.space_after = self.gap.size()
        else:
            self.trailing_gap = self.gap.size()


@dataclass(slots=True)
class StoryCell:
    """A table cell with its story, spans and box.

    Attributes:
        borders: the border on each side, as a property value (see `files.ooxml.elements`).
        margins: the margin on each side in twentieths of a point.
        is_continuation: whether this continues a cell that spans rows, in a row after its first.
        no_wrap: whether lines of the cell break only at <br>.
    """

    story: Story
    column_span: int = 1
    row_span: int = 1
    borders: dict[str, str] = field(default_factory=dict)
    margins: dict[str, int] = field(default_factory=dict)
    background: str | None = None
    align: str = "top"
    is_continuation: bool = False
    no_wrap: bool = False

    @property
    def side_margins(self) -> float:
        """The total width of the left and right margins, in pixels."""
        return (self.margins["left"] + self.margins["right"]) / 15


@dataclass(slots=True)
class StoryRow:
    """A table row.

    Attributes:
        cells: the cells.
        is_header: whether the row is repeated as a header on every page.
        keep_together: whether a page break within the row is avoided.
    """

    cells: list[StoryCell]
    is_header: bool = False
    keep_together: bool = False


@dataclass(slots=True)
class StoryTable:
    """A table; lengths are in pixels.

    Attributes:
        columns: the content widths of the columns.
        specified_width: a number and its unit, "px" or "%"; None for a table as wide as its content.
        outer_borders: the total width of the outer halves of the left and right borders.
        column_widths: the widths that `set_widths` computes.
        side_indents: the total width of the left and right indents.
        title: the title for screen readers.
    """

    rows: list[StoryRow]
    columns: list[TableColumn]
    has_fixed_layout: bool = False
    specified_width: tuple[float, str] | None = None
    outer_borders: float = 0.0
    column_widths: list[float] = field(default_factory=list)
    indent: float = 0.0
    side_indents: float = 0.0
    is_centred: bool = False
    title: str = ""
    space_before: float = 0.0
    inset: float = 0.0

    def set_widths(self, available: float) -> None:
        """Compute the column widths within the available width, then the column widths of nested tables."""
        available -= self.outer_borders
        width = None
        if self.specified_width:
            size, unit = self.specified_width
            width = (size * (available + self.outer_borders) / 100 if unit == "%" else size) - self.outer_borders
        if self.has_fixed_layout and width is not None:
            self.column_widths = fixed_layout_widths(self.columns, width)
        else:
            self.column_widths = auto_layout_widths(self.columns, width, available)
        for row in self.rows:
            column = 0
            for cell in row.cells:
                cell_width = sum(self.column_widths[column : column + cell.column_span]) - cell.side_margins
                column += cell.column_span
                for item in cell.story.items:
                    if isinstance(item, StoryTable):
                        item.set_widths(cell_width - item.side_indents)

    def cells(self) -> Iterator[StoryCell]:
        """Yield every cell, row by row."""
        for row in self.rows:
            yield from row.cells


def first_paragraph(item: StoryParagraph | StoryTable) -> StoryParagraph:
    """Return the first paragraph of an item."""
    return item if isinstance(item, StoryParagraph) else first_paragraph(item.rows[0].cells[0].story.items[0])


def last_paragraph(item: StoryParagraph | StoryTable) -> StoryParagraph:
    """Return the last paragraph of an item."""
    return item if isinstance(item, StoryParagraph) else last_paragraph(item.rows[-1].cells[-1].story.items[-1])


def is_merged_with_previous(story: Story, index: int) -> bool:
    """Whether Word would join the box of an item with the box of the item above."""
    index %= len(story.items)
    above, item = story.items[index - 1] if index else None, story.items[index]
    if not isinstance(above, StoryParagraph) or not isinstance(item, StoryParagraph):
        return False
    return bool(item.box_properties) and item.box_properties == above.box_properties
