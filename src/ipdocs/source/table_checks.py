"""Check of tables: rows must be complete, or screen readers assign cells to the wrong heads (PDF/UA, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipdocs.findings import Finding
from ipdocs.source.name_checks import plain_blocks
from ipdocs.source.nodes import SourceNodes

_FILL = 'write one cell for each column, and "–" in an empty one'


def grid_findings(source: SourceNodes) -> Iterator[Finding]:
    """Yield the rows of tables that have more or fewer columns than the first row, counting spans; the source must be valid."""
    for index, block in plain_blocks(source):
        if "table" in block:
            yield from _grid(source, ("body", index, "table"), block["table"])


def _grid(source: SourceNodes, path: tuple[str | int, ...], table: dict[str, Any]) -> Iterator[Finding]:
    head, rows = table.get("head") or [], table["rows"]
    width = sum(_span(cell, "columns") for cell in head)
    if any(_span(cell, "rows") > 1 for cell in head):
        hint = "remove `rows:`; a head has one row"
        yield Finding("ragged-table", "a cell of the head spans several rows", source.place((*path, "head")), hint)
    open_spans: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        place = source.place((*path, "rows", number))
        columns = sum(_span(cell, "columns") for cell in row) + sum(columns for columns, _ in open_spans)
        width = width or columns
        if columns != width:
            message = f"this row has {_column_count(columns)}, but the table has {_column_count(width)}"
            yield Finding("ragged-table", message, place, _FILL)
        elif not row:
            hint = "remove the row, and reduce the `rows:` of those cells by one"
            yield Finding("ragged-table", "cells above fill this row", place, hint)
        spans = [*open_spans, *((_span(cell, "columns"), _span(cell, "rows")) for cell in row)]
        open_spans = [(wide, deep - 1) for wide, deep in spans if deep > 1]
    if open_spans:
        last = source.place((*path, "rows", len(rows) - 1))
        yield Finding("ragged-table", "a cell spans more rows than follow", last, "reduce its `rows:`")


def _span(cell: Any, kind: str) -> int:
    return int(cell.get(kind, "1")) if "text" in cell else 1


def _column_count(columns: int) -> str:
    return f"{columns} column{'' if columns == 1 else 's'}"
