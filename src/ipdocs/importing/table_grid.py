"""The grid of an imported table, in which merged cells keep their spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ipdocs.source.segment import Segment

MAX_COLUMNS = 100
"""The maximum number of columns that a cell may span. Word allows 63 columns in a table."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of an imported table, listed in the row where the cell begins, as in HTML.

    Attributes:
        content: the text.
        columns: the number of columns that the cell spans.
        rows: the number of rows that the cell spans.
    """

    content: Segment
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell of a grid that spans several columns or rows.

    Attributes:
        row: the index of the first row.
        column: the index of the first column.
        rows: the number of rows.
        columns: the number of columns.
    """

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class TableGrid:
    """The cells of a table in rows of equal length.

    Attributes:
        rows: the text at each position, row by row; positions that a merged cell covers are empty.
        merged: the merged cells, in document order.
    """

    rows: tuple[tuple[Segment, ...], ...]
    merged: tuple[MergedCell, ...]


def table_grid(rows: Sequence[Sequence[TableCell]]) -> TableGrid:
    """Place the cells of a table on a grid, by the rules of HTML.

    Spans past the last row end there; cells do not overlap. Rows and columns in which no cell begins are removed.

    Args:
        rows: the cells that begin in each row, from left to right.
    """
    places = _places(rows)
    used_rows = sorted({place.row for place, _ in places})
    used_columns = sorted({place.column for place, _ in places})
    row_index = _compressed_index(used_rows, len(rows))
    column_index = _compressed_index(used_columns, max((place.column + place.columns for place, _ in places), default=0))
    grid: list[list[Segment]] = [[()] * len(used_columns) for _ in used_rows]
    merged: list[MergedCell] = []
    for place, content in places:
        row, column = row_index[place.row], column_index[place.column]
        end_row, end_column = row_index[place.row + place.rows], column_index[place.column + place.columns]
        grid[row][column] = content
        if end_row - row > 1 or end_column - column > 1:
            merged.append(MergedCell(row, column, end_row - row, end_column - column))
    return TableGrid(tuple(map(tuple, grid)), tuple(merged))


def _places(rows: Sequence[Sequence[TableCell]]) -> list[tuple[MergedCell, Segment]]:
    """Return the place of each cell on the grid, before unused rows and columns are removed."""
    places: list[tuple[MergedCell, Segment]] = []
    free_from: dict[int, int] = {}
    for row_number, row in enumerate(rows):
        column = 0
        for cell in row:
            while free_from.get(column, 0) > row_number:
                column += 1
            width = next(
                (
                    width
                    for width in range(1, min(max(cell.columns, 1), MAX_COLUMNS))
                    if free_from.get(column + width, 0) > row_number
                ),
                min(max(cell.columns, 1), MAX_COLUMNS),
            )
            height = min(max(cell.rows, 1), len(rows) - row_number)
            for covered in range(column, column + width):
                free_from[covered] = row_number + height
            places.append((MergedCell(row_number, column, height, width), cell.content))
            column += width
    return places


def _compressed_index(used: Sequence[int], length: int) -> list[int]:
    """Return for each number up to `length` how many of the used numbers are smaller."""
    smaller = [0] * (length + 1)
    used_numbers = set(used)
    for number in range(length):
        smaller[number + 1] = smaller[number] + (number in used_numbers)
    return smaller
