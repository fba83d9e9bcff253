"""Tables whose cells do not fill their rows: a reader's voice would put them under the wrong heads (PDF/UA, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipdocs.findings import Finding
from ipdocs.source.name_checks import written_blocks
from ipdocs.source.nodes import SourceNodes

_FILL = 'write one cell a column; "–" says that there is nothing'


def grid_findings(source: SourceNodes) -> Iterator[Finding]:
    """Yield the rows of a well-shaped source's tables that have more or fewer columns than the first, spans counted."""
    for index, block in written_blocks(source):
        if "table" in block:
            yield from _grid(source, ("body", index, "table"), block["table"])


def _grid(source: SourceNodes, path: tuple[str | int, ...], table: dict[str, Any]) -> Iterator[Finding]:
    head, rows = table.get("head") or [], table["rows"]
    width = sum(_span(cell, "columns") for cell in head)
    if any(_span(cell, "rows") > 1 for cell in head):
        hint = "take out `rows:`; a head is one row"
        yield Finding("ragged-table", "a cell of the head may not span rows", source.place((*path, "head")), hint)
    reaching: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        place = source.place((*path, "rows", number))
        columns = sum(_span(cell, "columns") for cell in row) + sum(one for one, _ in reaching)
        width = width or columns
        if columns != width:
            message = f"this row has {_counted(columns)}, and the table has {_counted(width)}"
            yield Finding("ragged-table", message, place, _FILL)
        elif not row:
            hint = "take the row out, and let those cells span one row less"
            yield Finding("ragged-table", "cells above span all of this row", place, hint)
        spans = [*reaching, *((_span(cell, "columns"), _span(cell, "rows")) for cell in row)]
        reaching = [(wide, deep - 1) for wide, deep in spans if deep > 1]
    if reaching:
        last = source.place((*path, "rows", len(rows) - 1))
        yield Finding("ragged-table", "a cell spans more rows than follow", last, "take out what is too much of its `rows:`")


def _span(cell: Any, kind: str) -> int:
    return int(cell.get(kind, "1")) if "text" in cell else 1


def _counted(columns: int) -> str:
    return f"{columns} column{'' if columns == 1 else 's'}"
