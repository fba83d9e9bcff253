"""The CSV tables in locales/, whose shipped rows a workspace can replace."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from ipdocs.files.csv_table import BOM, find_delimiter, parse_csv
from ipdocs.files.reading import decode_utf8, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, nearest, raise_errors
from ipdocs.workspace import Workspace

MAX_BYTES = 10_000_000
"""The largest size of a table in bytes."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the texts of its cells, keyed by column, and its location in the file."""

    cells: dict[str, str]
    location: Location

    def __getitem__(self, column: str) -> str:
        """Return the text in a column."""
        return self.cells[column]


def read_table(path: Path, columns: Sequence[str]) -> list[TableRow]:
    """Return the rows of a CSV file that has at least the given columns.

    Files are in UTF-8 and may begin with a byte order mark, without which spreadsheet programs misread Chinese. What these
    programs write is read, too: UTF-16 ("Unicode Text"), and tabs or semicolons between the cells.

    Raises:
        IpdocsError: the file is not CSV, lacks a column, or has a row with too many cells.
    """
    hint = "save the table as CSV UTF-8"
    text = read_table_text(path)
    table: list[tuple[int, list[str]]] = []
    try:
        table.extend(parse_csv(text, find_delimiter(text)))
    except ValueError as error:
        location = Location(path, table[-1][0] + 1 if table else 1, 1)
        raise IpdocsError([Finding("bad-table", f"this file is not valid CSV: {error}", location, hint)]) from error
    return list(_table_rows(path, [row for row in table if row[1]], columns))


def read_table_text(path: Path) -> str:
    """Return the text of a CSV file in UTF-8, or in UTF-16 with a byte order mark; the mark is the first character.

    Raises:
        IpdocsError: the file is in neither.
    """
    data = read_bytes(path, MAX_BYTES)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return BOM + data.decode("utf-16")
    return decode_utf8(data, path, "bad-table", "save the table as CSV UTF-8")


def _table_rows(path: Path, table: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[TableRow]:
    headings = [_known_heading(heading, columns) for heading in table[0][1]] if table else []
    findings = [_missing_column(column, headings, path) for column in columns if column not in headings]
    rows = []
    for line, cells in table[1:]:
        location = Location(path, line, 1)
        if len(cells) > len(headings):
            findings.append(
                Finding(
                    "bad-table",
                    "the row has more cells than the table has columns",
                    location,
                    "put cells that contain a comma in double quotation marks",
                )
            )
        elif any(cells):
            rows.append(TableRow(dict(zip_longest(headings, cells, fillvalue="")), location))
    raise_errors(findings)
    yield from rows


def _known_heading(heading: str, columns: Sequence[str]) -> str:
    """Return the name of a column in small letters, if it is one of the known columns."""
    return heading.lower() if heading.lower() in columns else heading


def _missing_column(column: str, headings: Sequence[str], path: Path) -> Finding:
    similar = nearest(column, [heading for heading in headings if heading])
    hint = f"rename the column {similar!r} to {column!r}" if similar else f"add the column; the file has {', '.join(headings)}"
    return Finding("bad-table", f"the column {column!r} is missing", Location(path, 1, 1), hint)


def merged_rows(workspace: Workspace, name: str, columns: Sequence[str], key: Callable[[TableRow], object]) -> list[TableRow]:
    """Return the shipped rows of a table and the rows of a workspace, which replace shipped rows with the same key.

    Args:
        workspace: the workspace.
        name: the path of the table in a workspace.
        columns: the columns that the table must have.
        key: returns the key of a row.

    Raises:
        IpdocsError: a table is not valid, or has two rows with the same key.
    """
    paths = [root / name for root in reversed(workspace.roots)]
    return merged_tables([[read_table(path, columns)] for path in paths if path.is_file()], key)


def merged_tables(levels: Iterable[Iterable[list[TableRow]]], key: Callable[[TableRow], object]) -> list[TableRow]:
    """Return the rows of tables on several levels; rows of a later level replace rows of earlier levels with the same key.

    Args:
        levels: the tables of each level, such as the shipped tables and those of a workspace.
        key: returns the key of a row.

    Raises:
        IpdocsError: two rows of one level have the same key.
    """
    rows: dict[object, TableRow] = {}
    for tables in levels:
        level_rows = [row for table in tables for row in table]
        raise_errors(_repeated_row_findings(level_rows, key))
        rows |= {key(row): row for row in level_rows}
    return list(rows.values())


def _repeated_row_findings(rows: Sequence[TableRow], key: Callable[[TableRow], object]) -> Iterator[Finding]:
    first: dict[object, TableRow] = {}
    for row in rows:
        if (earlier := first.setdefault(key(row), row)) is not row:
            is_same_file = earlier.location.path == row.location.path
            place = (
                f"line {earlier.location.line}"
                if is_same_file
                else f"line {earlier.location.line} of {earlier.location.path.name}"
            )
            yield Finding(
                "repeated-row",
                f"{key(row)!r} repeats the row in {place}",
                row.location,
                "delete one of the two rows",
            )
