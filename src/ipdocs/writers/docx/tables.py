"""Write HTML tables, and blocks with `display: table`, as tables of a story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ipdocs.files.ooxml.elements import twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import flow
from ipdocs.writers.docx.columns import TableColumn
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.content_widths import content_widths
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import SIDES, background, border, pixels
from ipdocs.writers.docx.story import (
    Story,
    StoryCell,
    StoryParagraph,
    StoryRow,
    StoryTable,
    first_paragraph,
    last_paragraph,
)
from ipdocs.writers.docx.style_names import class_style, inner_names, requested_styles

_HEAD, _ROW, _CELL, _CAPTION = ("table-header-group",), ("table-row",), ("table-cell",), ("table-caption",)
"""The display values of table parts."""

TABLE_PARTS = frozenset({"caption", "tbody", "td", "th", "thead", "tr"})
"""The elements that only a table may contain. The handler for <table> writes them."""

_BORDER_FRACTIONS = {"left": 0.5, "right": 0.5, "top": 0.0, "bottom": 0.0}
"""Fraction of a collapsed border to add to a cell's margin: borders make Word's rows higher, but not its columns wider."""

_SLACK = 2.0
"""Extra pixels for a cell with unbroken lines, since borders take up more of a cell in LibreOffice."""

_ALIGN = {"middle": "center", "bottom": "bottom"}
"""Word's vertical alignment for each value of vertical-align; any other value is aligned at the top."""


@dataclass(frozen=True, slots=True)
class _HtmlRow:
    """A row of an HTML table: its element, or None for loose cells, and the elements of its cells."""

    node: etree._Element | None
    cells: list[etree._Element]
    is_header: bool
    enclosing_style: str


def write_table(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a table with its captions; the margins of the table collapse with adjacent margins."""
    style = context.cascade.style(node)
    captions = [child for child in node if isinstance(child.tag, str) and context.cascade.style(child)["display"] == _CAPTION]
    captions_above = [caption for caption in captions if context.cascade.style(caption)["caption_side"] == "top"]
    inner = container.content_box(style)
    container.story.gap.add_margin(pixels(style["margin_top"], container.width))
    for caption in captions_above:
        _write_caption(caption, inner, context)
    html_rows = list(_html_rows(node, context, is_header=False, enclosing_style=class_style(node)))
    if html_rows:
        table = _table(node, style, html_rows, inner, context)
        table.title = " ".join("".join(caption.itertext()) for caption in captions) or _header_text(html_rows)
        context.has_negative_gap = context.has_negative_gap or container.story.gap.is_negative
        container.story.add(table)
    for caption in captions:
        if caption not in captions_above:
            _write_caption(caption, inner, context)
    container.story.gap.add_margin(pixels(style["margin_bottom"], container.width))


def _write_caption(node: etree._Element, container: Container, context: DocxContext) -> None:
    flow.write_box(node, container, context)
    last_item = container.story.items[-1] if container.story.items else None
    if isinstance(last_item, StoryParagraph) and context.cascade.style(node)["caption_side"] == "top":
        last_item.set_property("keepNext", "1")


def _header_text(html_rows: list[_HtmlRow]) -> str:
    """Return the text of the header cells, which is the title of a table without a caption."""
    header_cells = [cell for row in html_rows if row.is_header for cell in row.cells]
    return " / ".join("".join(cell.itertext()).strip() for cell in header_cells)


def _html_rows(node: etree._Element, context: DocxContext, *, is_header: bool, enclosing_style: str) -> Iterator[_HtmlRow]:
    """Yield the rows of a table or row group; loose cells together form a row."""
    loose_cells: list[etree._Element] = []
    for child in node:
        if not isinstance(child.tag, str):
            continue
        display = context.cascade.style(child)["display"]
        child_style = class_style(child) or enclosing_style
        if display == _CELL:
            loose_cells.append(child)
        elif display == _ROW:
            yield _HtmlRow(child, [cell for cell in child if isinstance(cell.tag, str)], is_header, child_style)
        elif display not in {_CAPTION, ("none",)}:
            yield from _html_rows(child, context, is_header=is_header or display == _HEAD, enclosing_style=child_style)
    if loose_cells:
        yield _HtmlRow(None, loose_cells, is_header, enclosing_style)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell of a laid-out row: its element and spans. A slot without an element fills up a row that is too short.

    `is_continuation` marks a cell that reaches into the row from above.
    """

    node: etree._Element | None
    column_span: int
    row_span: int = 1
    is_continuation: bool = False


def _slots(html_rows: list[_HtmlRow]) -> list[list[_Slot]]:
    """Return the slots of each row, including cells that reach into it from above; all rows have the same number of columns."""
    continued_slots: dict[int, _Slot] = {}  # slots that reach into the next row, keyed by column
    rows: list[list[_Slot]] = []
    for html_row in html_rows:
        row: list[_Slot] = []
        own_slots = [_Slot(cell, _span(cell, "colspan"), _span(cell, "rowspan")) for cell in html_row.cells]
        column = 0
        while own_slots or column in continued_slots:
            slot = continued_slots.pop(column, None) or own_slots.pop(0)
            row.append(slot)
            if slot.row_span > 1:
                continued_slots[column] = replace(slot, row_span=slot.row_span - 1, is_continuation=True)
            column += slot.column_span
        rows.append(row)
    column_count = max(sum(slot.column_span for slot in row) for row in rows)
    for row in rows:
        if missing_columns := column_count - sum(slot.column_span for slot in row):
            row.append(_Slot(None, missing_columns))
    return rows


def _span(cell: etree._Element, attribute: str) -> int:
    return max(1, int(cell.get(attribute, "1")))


def _table(
    node: etree._Element, style: Style, html_rows: list[_HtmlRow], container: Container, context: DocxContext
) -> StoryTable:
    """Return a table with the given rows: lay out the spans, fill the cells and compute the column widths as CSS does.

    With fixed layout the column widths are computed before the cells are filled,
    otherwise from the contents of the cells.
    """
    slot_rows = _slots(html_rows)
    rows = [
        StoryRow([_empty_cell(slot, node, html_row, container, context) for slot in slots], html_row.is_header)
        for html_row, slots in zip(html_rows, slot_rows, strict=True)
    ]
    columns = [TableColumn() for _ in range(sum(slot.column_span for slot in slot_rows[0]))]
    for row, slots in zip(rows, slot_rows, strict=True):
        _set_specified_widths(columns, slots, row.cells, context)
    left_half_border, right_half_border = (
        max(_border_width(row.cells[index].borders[side]) for row in rows) / 2 for side, index in (("left", 0), ("right", -1))
    )
    width = style["width"]
    table = StoryTable(
        rows,
        columns,
        has_fixed_layout=style["table_layout"] == "fixed" and width != "auto",
        specified_width=(width.value, width.unit) if hasattr(width, "unit") else None,
        outer_borders=left_half_border + right_half_border,
        indent=container.left + left_half_border,
        side_indents=container.left + container.right,
        is_centred=style["margin_left"] == "auto",
    )
    if table.has_fixed_layout:
        table.set_widths(container.width)
    for html_row, row, slots in zip(html_rows, rows, slot_rows, strict=True):
        row.keep_together = _keeps_row_together(html_row, context)
        _fill_row(row, slots, html_row, table, container, context)
        _set_content_widths(columns, row.cells)
    table.set_widths(container.width)
    _keep_rows_together(table, style)
    return table


def _keeps_row_together(html_row: _HtmlRow, context: DocxContext) -> bool:
    """Whether page breaks in a row are avoided, by its own style or by the style of the single block in every cell."""
    if html_row.node is not None and _avoids_breaks(html_row.node, context):
        return True
    filled_cells = [cell for cell in html_row.cells if len(cell) or _has_text(cell.text)]
    single_blocks = [
        cell[0] for cell in filled_cells if len(cell) == 1 and not _has_text(cell.text) and not _has_text(cell[0].tail)
    ]
    has_single_blocks = bool(filled_cells) and len(single_blocks) == len(filled_cells)
    return has_single_blocks and all(_avoids_breaks(block, context) for block in single_blocks)


def _has_text(text: str | None) -> bool:
    return bool((text or "").strip())


def _avoids_breaks(node: etree._Element, context: DocxContext) -> bool:
    return isinstance(node.tag, str) and context.cascade.style(node)["break_inside"] in {"avoid", "avoid-page"}


def _empty_cell(slot: _Slot, table: etree._Element, html_row: _HtmlRow, container: Container, context: DocxContext) -> StoryCell:
    """Return a cell without content, with its borders, margins and background."""
    node = slot.node
    cell = StoryCell(Story(), slot.column_span, slot.row_span, is_continuation=slot.is_continuation)
    style = context.cascade.style(table if node is None else node)
    row_style = None if html_row.node is None else context.cascade.style(html_row.node)
    is_collapsed = style["border_collapse"] == "collapse"
    for side in SIDES:
        row_border = border(row_style, side) if row_style and is_collapsed and side in {"top", "bottom"} else "nil"
        cell.borders[side] = "nil" if node is None else _wider_border(border(style, side), row_border)
        padding = 0.0 if node is None else pixels(style[f"padding_{side}"], container.width)
        fraction = _BORDER_FRACTIONS[side] if is_collapsed else 1.0
        cell.margins[side] = twips(padding + fraction * _border_width(cell.borders[side]))
    if node is not None:
        cell.background = background(style) or (background(row_style) if row_style else None)
        cell.align = _ALIGN.get(style["vertical_align"], "top")
    cell.no_wrap = style["white_space"] == "nowrap"
    return cell


def _fill_row(
    row: StoryRow, slots: list[_Slot], html_row: _HtmlRow, table: StoryTable, container: Container, context: DocxContext
) -> None:
    """Write the contents of a row's cells; an empty cell gets the paragraph that Word requires."""
    column = 0
    for cell, slot in zip(row.cells, slots, strict=True):
        widths = table.column_widths[column : column + cell.column_span]
        width = sum(widths) if table.column_widths else container.width
        column += cell.column_span
        node = slot.node if slot.node is not None else html_row.cells[0]
        inner = Container(
            cell.story,
            width - cell.side_margins,
            plain_style=inner_names(node, container)[0],
            enclosing_style=class_style(node) or html_row.enclosing_style or container.enclosing_style,
        )
        if slot.node is not None and not slot.is_continuation:
            flow.write_contents(node, inner, context)
            cell.story.end()
        if not cell.story.items:
            style = context.cascade.style(node)
            context.add_paragraph([], context.paragraph_format(style, inner), inner, requested_styles(node, inner), style)


def _wider_border(border_text: str, other_text: str) -> str:
    """Return the wider of two collapsed borders that meet, or the first if they are equally wide."""
    return other_text if _border_width(other_text) > _border_width(border_text) else border_text


def _border_width(border_text: str) -> float:
    """Return the width in pixels of a border, given as a property value (see `files.ooxml.elements`)."""
    return 0.0 if border_text == "nil" else int(border_text.split()[1]) / 6


def _set_specified_widths(columns: list[TableColumn], slots: list[_Slot], cells: list[StoryCell], context: DocxContext) -> None:
    """Set the widths of columns to the widths that the stylesheet gives to the cells of a row."""
    index = 0
    for slot, cell in zip(slots, cells, strict=True):
        style = None if slot.node is None or slot.column_span > 1 else context.cascade.style(slot.node)
        if style and hasattr(style["width"], "unit"):
            column, width = columns[index], style["width"]
            padding_and_borders = 0.0 if style["box_sizing"] == "border-box" else cell.side_margins
            if width.unit == "%":
                column.percent, column.padding_and_borders = max(column.percent or 0.0, width.value), padding_and_borders
            else:
                column.fixed = max(column.fixed or 0.0, width.value + padding_and_borders)
        index += slot.column_span


def _set_content_widths(columns: list[TableColumn], cells: list[StoryCell]) -> None:
    """Widen columns to the content of a row's cells; the width of a cell over several columns is divided evenly among them."""
    index = 0
    for cell in cells:
        min_content, max_content = content_widths(cell.story)
        if cell.no_wrap:
            min_content = max_content = max_content + _SLACK
        for column in columns[index : index + cell.column_span]:
            column.min_content = max(column.min_content, (min_content + cell.side_margins) / cell.column_span)
            column.max_content = max(column.max_content, (max_content + cell.side_margins) / cell.column_span)
            if column.fixed is not None:
                column.max_content = max(column.min_content, column.fixed)
        index += cell.column_span


def _keep_rows_together(table: StoryTable, style: Style) -> None:
    """Keep a header row and the row of a heading with the next row, or keep the whole table together if its style says so.

    In Word the first paragraph of a row decides whether the row is kept with the next.
    So in all other rows, "keep with next" is removed from the first paragraph.
    """
    keeps_table = style["break_inside"] == "avoid"
    for row in table.rows:
        keeps_row = (
            keeps_table or row.is_header or any(_keeps_with_next(last_paragraph(cell.story.items[-1])) for cell in row.cells)
        )
        for cell in row.cells:
            for item in cell.story.items:
                if keeps_row and row is not table.rows[-1]:
                    last_paragraph(item).set_property("keepNext", "1")
            if not keeps_row and _keeps_with_next(opening_paragraph := first_paragraph(cell.story.items[0])):
                opening_paragraph.direct.pop("keepNext", None)
                opening_paragraph.set_property("keepNext", "0")


def _keeps_with_next(paragraph: StoryParagraph) -> bool:
    return paragraph.direct.get("keepNext", paragraph.format.paragraph["keepNext"]) == "1"
