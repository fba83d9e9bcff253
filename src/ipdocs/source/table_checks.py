"""Check that table rows are complete: otherwise screen readers assign cells to the wrong header cells (PDF/UA, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipdocs.findings import Finding
from ipdocs.source.name_checks import plain_blocks
from ipdocs.source.nodes import SourceNodes

_FILL_HINT = 'write one cell for each column, and "–" in an empty cell'


def table_findings(source: SourceNodes) -> Iterator[Finding]:
    """Yield findings on rows whose cells, with their spans, do not fill the columns of the table; the source must be valid."""
    for index, block in plain_blocks(source):
        if "table" in block:
            yield from _row_findings(source, ("body", index, "table"), block["table"])


def _row_findings(source: SourceNodes, keys: tuple[str | int, ...], table: dict[str, Any]) -> Iterator[Finding]:
    head, rows = table.get("head") or [], table["rows"]
    width = sum(_span(cell, "columns") for cell in head)
    if any(_span(cell, "rows") > 1 for cell in head):
        hint = "remove `rows:`; the head of a table has one row"
        yield Finding("ragged-table", "a cell of the head spans several rows", source.locate((*keys, "head")), hint)
    open_spans: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        location = source.locate((*keys, "rows", index))
        width_of_row = sum(_span(cell, "columns") for cell in row) + sum(column_count for column_count, _ in open_spans)
        width = width or width_of_row
        if width_of_row != width:
            message = f"this row has {_columns(width_of_row)}, but the table has {_columns(width)}"
            yield Finding("ragged-table", message, location, _FILL_HINT)
        elif not row:
            message = "this row is empty, because cells above it span all its columns"
            yield Finding(
                "ragged-table", message, location, "remove the row, and reduce the `rows:` of the cells above it by one"
            )
        spans = [*open_spans, *((_span(cell, "columns"), _span(cell, "rows")) for cell in row)]
        open_spans = [(column_count, row_count - 1) for column_count, row_count in spans if row_count > 1]
    if open_spans:
        location = source.locate((*keys, "rows", len(rows) - 1))
        yield Finding("ragged-table", "a cell spans past the last row of the table", location, "reduce the `rows:` of the cell")


def _span(cell: Any, kind: str) -> int:
    return int(cell.get(kind, "1")) if "text" in cell else 1


def _columns(count: int) -> str:
    return f"{count} column{'' if count == 1 else 's'}"
