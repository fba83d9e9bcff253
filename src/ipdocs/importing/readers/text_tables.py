"""Tables of plain text: lines with the same number of cells, separated by tabs, as spreadsheets and Word copy them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker


def table_at(lines: Sequence[str], index: int) -> tuple[ImportedParagraph, int] | None:
    """Return the table that begins with a line, and its number of lines; None if fewer than two lines have the same cells.

    Lines such as "Date:⇥May 4" are a list of labels, and lines with list markers are list items; neither are rows of a table.

    Args:
        lines: the lines of the file.
        index: the index of the line.
    """
    for separator in ("\t", "\t+"):
        rows: list[list[str]] = []
        for number in range(index, len(lines)):
            row = _cells(lines[number], separator)
            if not _is_row(row) or (rows and len(row) != len(rows[0])):
                break
            rows.append(row)
        if len(rows) > 1:
            cells = tuple(tuple((cell,) if cell else () for cell in row) for row in rows)
            has_header = not _has_digit(rows[0]) and all(map(_has_digit, rows[1:]))
            return ImportedParagraph("table", (), index + 1, rows=cells, has_header=has_header), len(rows)
    return None


def _cells(line: str, separator: str) -> list[str]:
    return [" ".join(cell.split()) for cell in re.split(separator, line)]


def _is_row(cells: Sequence[str]) -> bool:
    return (
        sum(map(bool, cells)) > 1
        and not cells[0].endswith((":", "：", "."))
        and find_list_marker(f"{cells[0]} {cells[1]}") is None
    )


def _has_digit(row: Sequence[str]) -> bool:
    return any(character.isdigit() for cell in row for character in cell)
