"""Tables in, grids out: HTML tables, and blocks that the stylesheet sets side by side (display: table)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ipdocs.files.ooxml.elements import twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import flow
from ipdocs.writers.docx.columns import Column
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import SIDES, border, fill, pixels
from ipdocs.writers.docx.extents import extents
from ipdocs.writers.docx.naming import class_name, name, part
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Cell, Grid, Paragraph, Row, Story, closing, leading

_HEAD, _ROW, _CELL, _CAPTION = ("table-header-group",), ("table-row",), ("table-cell",), ("table-caption",)
PARTS = frozenset({"caption", "tbody", "td", "th", "thead", "tr"})
"""The elements that have a meaning only within a table, which handles them."""

_SHARES = {"left": 0.5, "right": 0.5, "top": 0.0, "bottom": 0.0}
"""How much of a border that two cells share a margin holds: Word's rows grow by their borders, its columns do not."""

_SLACK = 2.0
"""Pixels that a cell has beyond a line that may not part: LibreOffice takes more of a cell for its borders."""

_ALIGN = {"middle": "center", "bottom": "bottom"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table as the HTML has it: its element, where it has one, and its cells' elements."""

    node: etree._Element | None
    cells: list[etree._Element]
    head: bool
    around: str


def table(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add a table with its caption; its margins collapse with those around it as any block's do."""
    style = context.cascade.of(node)
    captions = [child for child in node if isinstance(child.tag, str) and context.cascade.of(child)["display"] == _CAPTION]
    above = [one for one in captions if context.cascade.of(one)["caption_side"] == "top"]
    inner = place.inside(style)
    place.story.gap.margin(pixels(style["margin_top"], place.width))
    for caption in above:
        _caption(caption, inner, context)
    lines = list(_lines(node, context, head=False, around=class_name(node)))
    if lines:
        grid = _grid(node, style, lines, inner, context)
        grid.title = " ".join("".join(one.itertext()) for one in captions) or _heads(lines)
        context.overlaps = context.overlaps or place.story.gap.overlaps
        place.story.add(grid)
    for caption in captions:
        if caption not in above:
            _caption(caption, inner, context)
    place.story.gap.margin(pixels(style["margin_bottom"], place.width))


def _caption(node: etree._Element, place: Place, context: DocxContext) -> None:
    flow.box(node, place, context)
    last = place.story.items[-1] if place.story.items else None
    if isinstance(last, Paragraph) and context.cascade.of(node)["caption_side"] == "top":
        last.say("keepNext", "1")


def _heads(lines: list[_Line]) -> str:
    """Return a name for a table without a caption: what its head says."""
    return " / ".join("".join(cell.itertext()).strip() for line in lines if line.head for cell in line.cells)


def _lines(node: etree._Element, context: DocxContext, *, head: bool, around: str) -> Iterator[_Line]:
    """Yield the rows below a table or row group; cells that stand in no row are one."""
    loose: list[etree._Element] = []
    for child in node:
        if not isinstance(child.tag, str):
            continue
        display = context.cascade.of(child)["display"]
        if display == _CELL:
            loose.append(child)
        elif display == _ROW:
            yield _Line(child, [one for one in child if isinstance(one.tag, str)], head, class_name(child) or around)
        elif display not in {_CAPTION, ("none",)}:
            yield from _lines(child, context, head=head or display == _HEAD, around=class_name(child) or around)
    if loose:
        yield _Line(None, loose, head, around)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell's place in a row: its element, None where the row is short; `above` when it only reaches down into the row."""

    node: etree._Element | None
    columns: int
    rows: int = 1
    above: bool = False


def _slots(lines: list[_Line]) -> list[list[_Slot]]:
    """Return the cells of each row with those that reach into it from above, every row as wide as the widest."""
    reaching: dict[int, _Slot] = {}
    rows: list[list[_Slot]] = []
    for line in lines:
        row: list[_Slot] = []
        waiting = [_Slot(cell, _span(cell, "colspan"), _span(cell, "rowspan")) for cell in line.cells]
        at = 0
        while waiting or at in reaching:
            slot = reaching.pop(at, None) or waiting.pop(0)
            row.append(slot)
            if slot.rows > 1:
                reaching[at] = replace(slot, rows=slot.rows - 1, above=True)
            at += slot.columns
        rows.append(row)
    count = max(sum(slot.columns for slot in row) for row in rows)
    for row in rows:
        if missing := count - sum(slot.columns for slot in row):
            row.append(_Slot(None, missing))
    return rows


def _span(cell: etree._Element, kind: str) -> int:
    return max(1, int(cell.get(kind, "1")))


def _grid(node: etree._Element, style: Style, lines: list[_Line], place: Place, context: DocxContext) -> Grid:
    """Return the grid of some rows: spans laid out, cells filled, columns as wide as CSS has them.

    The columns of a fixed layout are known before anything stands in them;
    else the cells are filled first, and asked.
    """
    slots = _slots(lines)
    rows = [
        Row([_cell(slot, node, line, place, context) for slot in row], line.head) for line, row in zip(lines, slots, strict=True)
    ]
    columns = [Column() for _ in range(sum(slot.columns for slot in slots[0]))]
    for row, own in zip(rows, slots, strict=True):
        _specify(columns, own, row.cells, context)
    width = style["width"]
    grid = Grid(
        rows, columns, whole=(width.value, width.unit) if hasattr(width, "unit") else None, centred=style["margin_left"] == "auto"
    )
    halves = {
        side: max(_border_width(row.cells[at].borders[side]) for row in rows) / 2 for side, at in (("left", 0), ("right", -1))
    }
    grid.edges, grid.indent = sum(halves.values()), place.left + halves["left"]
    grid.beside = place.left + place.right
    grid.fixed = style["table_layout"] == "fixed" and width != "auto"
    if grid.fixed:
        grid.set_widths(place.width)
    for line, row, own in zip(lines, rows, slots, strict=True):
        row.whole = _whole(line, context)
        _fill(row, own, line, grid, place, context)
        _ask(columns, row.cells)
    grid.set_widths(place.width)
    _keep(grid, style)
    return grid


def _whole(line: _Line, context: DocxContext) -> bool:
    """Whether no page may end in a row: it says so, or each of its cells holds one block that does."""
    if line.node is not None and _unparted(line.node, context):
        return True
    held = [cell for cell in line.cells if len(cell) or _says(cell.text)]
    alone = [cell[0] for cell in held if len(cell) == 1 and not _says(cell.text) and not _says(cell[0].tail)]
    return bool(held) and len(alone) == len(held) and all(_unparted(one, context) for one in alone)


def _says(text: str | None) -> bool:
    return bool((text or "").strip())


def _unparted(node: etree._Element, context: DocxContext) -> bool:
    return isinstance(node.tag, str) and context.cascade.of(node)["break_inside"] in {"avoid", "avoid-page"}


def _cell(slot: _Slot, table: etree._Element, line: _Line, place: Place, context: DocxContext) -> Cell:
    """Return an empty cell with its box."""
    node = slot.node
    cell = Cell(Story(), slot.columns, slot.rows, above=slot.above)
    style = context.cascade.of(table if node is None else node)
    row = None if line.node is None else context.cascade.of(line.node)
    collapsed = style["border_collapse"] == "collapse"
    for side in SIDES:
        across = border(row, side) if row and collapsed and side in {"top", "bottom"} else "nil"
        cell.borders[side] = "nil" if node is None else _stronger(border(style, side), across)
        padding = 0.0 if node is None else pixels(style[f"padding_{side}"], place.width)
        share = _SHARES[side] if collapsed else 1.0
        cell.margins[side] = twips(padding + share * _border_width(cell.borders[side]))
    cell.fill = None if node is None else fill(style) or (fill(row) if row else None)
    cell.align = "top" if node is None else _ALIGN.get(style["vertical_align"], "top")
    cell.unbroken = style["white_space"] == "nowrap"
    return cell


def _fill(row: Row, slots: list[_Slot], line: _Line, grid: Grid, place: Place, context: DocxContext) -> None:
    """Write what each cell of a row holds; an empty one has the paragraph that Word wants."""
    at = 0
    for cell, slot in zip(row.cells, slots, strict=True):
        width = sum(grid.widths[at : at + cell.columns]) if grid.widths else place.width
        at += cell.columns
        node = slot.node if slot.node is not None else line.cells[0]
        around = class_name(node) or line.around or place.around
        inner = Place(
            cell.story, width - (cell.margins["left"] + cell.margins["right"]) / 15, name=part(node, place)[0], around=around
        )
        if slot.node is not None and not slot.above:
            flow.contents(node, inner, context)
            cell.story.end()
        if not cell.story.items:
            style = context.cascade.of(node)
            context.place([], context.look(style, inner), inner, *name(node, inner), style)


def _stronger(one: str, other: str) -> str:
    """Return which of two borders wins where they meet: the wider."""
    return other if _border_width(other) > _border_width(one) else one


def _border_width(flat: str) -> float:
    """Return the width in pixels of a border in flat text."""
    return 0.0 if flat == "nil" else int(flat.split()[1]) / 6


def _specify(columns: list[Column], slots: list[_Slot], cells: list[Cell], context: DocxContext) -> None:
    """Note the widths that the stylesheet gives to the cells of a row."""
    at = 0
    for slot, cell in zip(slots, cells, strict=True):
        style = None if slot.node is None or slot.columns > 1 else context.cascade.of(slot.node)
        if style and hasattr(style["width"], "unit"):
            column, width = columns[at], style["width"]
            sides = 0.0 if style["box_sizing"] == "border-box" else (cell.margins["left"] + cell.margins["right"]) / 15
            if width.unit == "%":
                column.percent, column.sides = max(column.percent or 0.0, width.value), sides
            else:
                column.fixed = max(column.fixed or 0.0, width.value + sides)
        at += slot.columns


def _ask(columns: list[Column], cells: list[Cell]) -> None:
    """Note what the contents of a row need of the columns; a cell over several asks each for its share."""
    at = 0
    for cell in cells:
        sides = (cell.margins["left"] + cell.margins["right"]) / 15
        least, most = extents(cell.story)
        if cell.unbroken:
            least = most = most + _SLACK
        for column in columns[at : at + cell.columns]:
            column.least = max(column.least, (least + sides) / cell.columns)
            column.most = max(column.most, (most + sides) / cell.columns)
            if column.fixed is not None:
                column.most = max(column.least, column.fixed)
        at += cell.columns


def _keep(grid: Grid, style: Style) -> None:
    """Keep a head with the first row, a heading's row with the next, and a whole table together where it says so.

    Word asks the first paragraph of a row whether the row stays with the next,
    so in any other row that paragraph may not say it of what follows it inside.
    """
    together = style["break_inside"] == "avoid"
    for row in grid.rows:
        kept = together or row.head or any(_keeps(closing(cell.story.items[-1])) for cell in row.cells)
        for cell in row.cells:
            for item in cell.story.items:
                if kept and row is not grid.rows[-1]:
                    closing(item).say("keepNext", "1")
            if not kept and _keeps(first := leading(cell.story.items[0])):
                first.direct.pop("keepNext", None)
                first.say("keepNext", "0")


def _keeps(paragraph: Paragraph) -> bool:
    return paragraph.direct.get("keepNext", paragraph.look.paragraph["keepNext"]) == "1"
