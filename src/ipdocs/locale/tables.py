"""Tables of locales/: CSV files that a spreadsheet opens, read row by row, a workspace's rows before the shipped ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from ipdocs.files.csv_table import read_csv
from ipdocs.files.reading import decode_utf8, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, nearest, raise_errors
from ipdocs.workspace import Workspace

MAX_BYTES = 10_000_000
"""How long a table may be."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its cells by column, stripped, and where it stands."""

    cells: dict[str, str]
    location: Location

    def __getitem__(self, column: str) -> str:
        """The text of a column."""
        return self.cells[column]


def read_table(path: Path, columns: Sequence[str]) -> list[TableRow]:
    """Return the rows of a CSV file that has these columns; what does not fit is a finding with its line.

    Files are UTF-8, and begin with a byte order mark so that spreadsheets read the Chinese right; one without is read too.
    """
    hint = "save it as CSV UTF-8"
    text = decode_utf8(read_bytes(path, MAX_BYTES), path, "bad-table", hint)
    table: list[tuple[int, list[str]]] = []
    try:
        table.extend(read_csv(text))
    except ValueError as error:
        place = Location(path, table[-1][0] + 1 if table else 1, 1)
        raise IpdocsError([Finding("bad-table", f"this is no CSV file: {error}", place, hint)]) from error
    return list(_rows(path, [row for row in table if row[1]], columns))


def _rows(path: Path, table: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[TableRow]:
    heads = table[0][1] if table else []
    findings = [_missing(column, heads, path) for column in columns if column not in heads]
    rows = []
    for line, cells in table[1:]:
        place = Location(path, line, 1)
        if len(cells) > len(heads):
            findings.append(Finding("bad-table", "the row has more cells than the table has columns", place, "quote the commas"))
        elif any(cells):
            rows.append(TableRow(dict(zip_longest(heads, cells, fillvalue="")), place))
    raise_errors(findings)
    yield from rows


def _missing(column: str, heads: Sequence[str], path: Path) -> Finding:
    close = nearest(column, [head for head in heads if head])
    hint = f"did you mean {column!r} by {close!r}?" if close else f"the columns are {', '.join(heads)}"
    return Finding("bad-table", f"the column {column!r} is missing", Location(path, 1, 1), hint)


def merged_rows(workspace: Workspace, name: str, columns: Sequence[str], key: Callable[[TableRow], object]) -> list[TableRow]:
    """Return the rows of a table by their key: the shipped ones, with a workspace's own in place of those of equal key."""
    rows: dict[object, TableRow] = {}
    for root in reversed(workspace.roots):
        if (path := root / name).is_file():
            own = read_table(path, columns)
            raise_errors(_twice(own, key))
            rows |= {key(row): row for row in own}
    return list(rows.values())


def _twice(rows: Sequence[TableRow], key: Callable[[TableRow], object]) -> Iterator[Finding]:
    first: dict[object, TableRow] = {}
    for row in rows:
        if (earlier := first.setdefault(key(row), row)) is not row:
            yield Finding(
                "repeated-row",
                f"{key(row)!r} stands in line {earlier.location.line} already",
                row.location,
                "keep one of the two",
            )
