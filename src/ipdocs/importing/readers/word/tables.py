"""Tables of Word files, with merged cells, and with rows and cells in content controls or other containers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason
from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.files.ooxml.text import is_on, parse_whole_number
from ipdocs.importing.formatting import is_all_strong, without_strong
from ipdocs.importing.language_split import is_side_by_side
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.word.alternatives import choose_alternative
from ipdocs.importing.readers.word.word_file import WordFile
from ipdocs.importing.table_grid import MAX_COLUMNS, TableCell, table_grid
from ipdocs.source.segment import LINE_BREAK, Code, Segment, join_words, to_display_text

if TYPE_CHECKING:
    from lxml.etree import _Element

TABLE, _ROW, _CELL = qualified_name("tbl"), qualified_name("tr"), qualified_name("tc")
_OWN_CONTENT = (TABLE, _CELL, qualified_name("p"))
"""Elements whose rows and cells belong to another table."""

_ALTERNATIVES = qualified_name("mc:AlternateContent")
_FIRST_ROW = 0x20
"""The bit of w:tblLook that is set if the first row has the look that the style gives it."""


@dataclass(slots=True)
class _Cell:
    """A cell of a table.

    Attributes:
        blocks: its paragraphs.
        column: the index of its first column.
        columns: the number of columns that it spans.
        rows: the number of rows that it spans.
    """

    blocks: list[ImportedParagraph] = field(default_factory=list)
    column: int = 0
    columns: int = 1
    rows: int = 1


def read_table(
    element: _Element, file: WordFile, read_blocks: Callable[[Iterable[_Element], WordFile], list[ImportedParagraph]]
) -> list[ImportedParagraph]:
    """Read a table.

    The result is the contents of the cells if the table is only used for layout: if it has one column, contains another table,
    shows two languages side by side, or has pictures in at least half of its cells.
    """
    outside: list[ImportedParagraph] = []
    rows: list[list[_Cell]] = []
    has_header = False
    anchors: dict[int, _Cell] = {}
    for row in _parts(element, _ROW, file):
        if row.tag != _ROW:
            outside += read_blocks([row], file)
            continue
        if _property(row, "trPr", "hidden") is not None:
            file.leave_out_tree(row, LeftOutReason.HIDDEN)
            continue
        if not rows:
            has_header = _property(row, "trPr", "tblHeader") is not None
        cells = list(_read_row(row, file, read_blocks, anchors))
        rows.append(cells)
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    blocks = [block for row in rows for cell in row for block in cell.blocks]
    texts = [[" ".join(to_display_text(block.content) for block in cell.blocks) for cell in row] for row in rows]
    if is_side_by_side(texts):
        columns = range(max(map(len, rows), default=0))
        return [*outside, *(block for column in columns for row in rows if column < len(row) for block in row[column].blocks)]
    if width < 2 or max(map(len, rows), default=0) < 2 or any(block.kind == "table" for block in blocks):
        return [*outside, *blocks]
    if _shows_pictures(rows):
        return [*outside, *(block for group in _picture_groups(rows) for block in _with_caption(group))]
    grid = table_grid([[TableCell(_cell_text(cell), cell.columns, cell.rows) for cell in row] for row in rows])
    lines = tuple((block.line, to_display_text(block.content)) for block in blocks if block.content)
    line = min((number for number, _ in lines), default=file.line)
    first_row, *other_rows = grid.rows
    has_bold_head = is_head(first_row, other_rows)
    if (has_header or has_bold_head or _styles_first_row(element, file)) and not any(
        cell.row == 0 and cell.rows > 1 for cell in grid.merged
    ):
        has_header, first_row = True, tuple(map(without_strong, first_row))
    arranged = (first_row, *other_rows)
    table = ImportedParagraph("table", (), line, rows=arranged, merged=grid.merged, cells=lines, has_header=has_header)
    return [*outside, table, *(block for block in blocks if block.kind == "figure")]


def _has_picture(cell: _Cell) -> bool:
    return any(block.kind == "figure" for block in cell.blocks)


def _shows_pictures(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether at least half of the cells with any content have pictures."""
    cells = [cell for row in rows for cell in row if cell.blocks]
    return 0 < len(cells) <= 2 * sum(map(_has_picture, cells))


def _picture_groups(rows: Sequence[Sequence[_Cell]]) -> Iterator[list[ImportedParagraph]]:
    """Yield the blocks that belong together: a picture with the words in its cell, below it, or beside it.

    A table of one row may be a letterhead, whose words are no caption of the logo beside them.
    """
    index = 0
    while index < len(rows):
        row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else []
        if len(below) == len(row) and all(map(_has_picture, row)) and not any(map(_has_picture, below)):
            yield from ([*cell.blocks, *words.blocks] for cell, words in zip(row, below, strict=True))
            index += 2
            continue
        if len(rows) > 1 and sum(map(_has_picture, row)) == 1:
            yield [block for cell in row for block in cell.blocks]
        else:
            yield from (cell.blocks for cell in row)
        index += 1


def _with_caption(group: Sequence[ImportedParagraph]) -> Iterator[ImportedParagraph]:
    """Yield the blocks of a group; if they are a picture and a paragraph, the paragraph is the caption."""
    is_captioned = sorted(block.kind for block in group) == ["figure", "paragraph"]
    yield from (replace(block, kind="caption") if is_captioned and block.kind == "paragraph" else block for block in group)


def is_head(first_row: Sequence[Segment], other_rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether the first row of a table is the only one in bold type."""
    return bool(other_rows) and _is_bold(first_row) and not any(map(_is_bold, other_rows))


def _is_bold(row: Sequence[Segment]) -> bool:
    """Whether a row has words in several cells, all of them in bold type."""
    cells = [cell for cell in row if cell]
    return len(cells) > 1 and all(map(is_all_strong, cells))


def _styles_first_row(table: _Element, file: WordFile) -> bool:
    """Whether the style of a table gives the first row a look of its own, and the table uses it."""
    look = _property(table, "tblPr", "tblLook")
    if look is None:
        return False
    state, bits = look.get(qualified_name("firstRow")), look.get(qualified_name("val"), "")
    if state is None:
        is_used = re.fullmatch("[0-9A-Fa-f]{1,4}", bits) is not None and bool(int(bits, 16) & _FIRST_ROW)
    else:
        is_used = state in ("1", "true", "on")
    style = _property(table, "tblPr", "tblStyle")
    style_id = style.get(qualified_name("val"), "") if style is not None else ""
    return is_used and any(base.has_first_row for base in file.formats.styles.chain(style_id, "table"))


def _parts(elements: Iterable[_Element], name: str, file: WordFile) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, whatever they are wrapped in; and other elements with content."""
    for child in elements:
        if not isinstance(child.tag, str):
            continue
        if child.tag == name:
            yield child
        elif child.tag == _ALTERNATIVES:
            chosen = choose_alternative(child, file)
            yield from _parts([chosen] if chosen is not None else [], name, file)
        elif child.tag not in _OWN_CONTENT and next(child.iter(name), None) is not None and not (child.text or "").strip():
            file.leave_out_itself(child, LeftOutReason.NOT_SHOWN)
            yield from _parts(child, name, file)
        elif not local_name(child).endswith(("Pr", "Grid", "PrEx")):
            yield child


def _read_row(
    row: _Element,
    file: WordFile,
    read_blocks: Callable[[Iterable[_Element], WordFile], list[ImportedParagraph]],
    anchors: dict[int, _Cell],
) -> Iterator[_Cell]:
    """Yield the cells that begin in a row; the cells that continue a merged cell extend it.

    Args:
        row: the row.
        file: the Word file.
        read_blocks: the function that reads the blocks of a cell.
        anchors: the cell above in each column that begins a vertical merge, keyed by the column; it is changed.
    """
    column = _number(_property(row, "trPr", "gridBefore"), 0)
    if column:
        yield _Cell(columns=column)
    last: _Cell | None = None
    new_anchors: dict[int, _Cell] = {}
    for element in _parts(row, _CELL, file):
        blocks = read_blocks(element if element.tag == _CELL else [element], file)
        if element.tag != _CELL:
            if last:
                last.blocks += blocks
            elif blocks:
                last = _Cell(blocks, column)
                column += 1
                yield last
            continue
        file.ledger.take((element, "cell"))
        columns = _number(_property(element, "tcPr", "gridSpan"), 1)
        merge = _merge(element, "vMerge")
        anchor = anchors.get(column)
        if _merge(element, "hMerge") == "continue" and last is not None:
            last.columns += columns
            last.blocks += blocks
        elif merge == "continue" and anchor is not None and anchor.columns == columns:
            anchor.rows += 1
            anchor.blocks += blocks
            new_anchors[column] = anchor
            last = None
        else:
            last = _Cell(blocks, column, columns)
            if merge:
                new_anchors[column] = last
            yield last
        column += columns
    anchors.clear()
    anchors.update(new_anchors)
    if after := _number(_property(row, "trPr", "gridAfter"), 0):
        yield _Cell(columns=after)


def _property(element: _Element, group: str, name: str) -> _Element | None:
    """Return a property of a row or cell; None if it is missing or is turned off."""
    found = element.find(f"{qualified_name(group)}/{qualified_name(name)}")
    is_off = found is not None and name in ("hidden", "tblHeader") and not is_on(found)
    return None if is_off else found


def _number(prop: _Element | None, default: int) -> int:
    number = parse_whole_number(prop.get(qualified_name("val"))) if prop is not None else None
    return default if number is None else min(max(number, default), MAX_COLUMNS)


def _merge(cell: _Element, name: str) -> str:
    """Return "restart" or "continue" for a merged cell; empty for other cells."""
    merge = _property(cell, "tcPr", name)
    if merge is None:
        return ""
    return "restart" if merge.get(qualified_name("val")) == "restart" else "continue"


def _cell_text(cell: _Cell) -> Segment:
    return join_blocks(cell.blocks)


def join_blocks(blocks: list[ImportedParagraph]) -> Segment:
    """Return the text of several paragraphs as one segment, with line ends between them and with typed list markers."""
    parts: list[str | Code] = []
    for block in blocks:
        if not block.content:
            continue
        if parts:
            parts.append(LINE_BREAK)
        if block.marker:
            parts.append(f"{block.marker} ")
        parts += block.content
    return join_words(tuple(parts))
