"""Add and remove the rows and columns of tables, and join and separate their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ipdocs.model.text import RESTRICTED
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.kept import Kept
from ipdocs.source.open import Source
from ipdocs.source.structure.places import is_restricted, not_possible, placeholder, plain, texts_of
from ipdocs.source.structure.splitting import join_words
from ipdocs.source.texts import Keys


@dataclass(frozen=True, slots=True)
class _GridCell:
    """A cell with its place in the grid, and its size."""

    keys: Keys
    row: int
    column: int
    width: int
    height: int
    has_spans: bool

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.height

    def covers_column(self, column: int) -> bool:
        return self.column <= column < self.column + self.width


class _TableChanges:
    """Collects the changes of cells."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.values: dict[Keys, Any] = {}
        self.insertions: list[Insertion] = []
        self.removals: list[Keys] = []

    def resize(self, cell: _GridCell, width: int, height: int) -> None:
        for name, size, old in (("columns", width, cell.width), ("rows", height, cell.height)):
            if size == old:
                continue
            if size > 1:
                self.values[*cell.keys, name] = str(size)
            else:
                self.removals.append((*cell.keys, name))

    def add(self, row: Keys, index: int, count: int = 1) -> None:
        self.insertions += [Insertion(row, index, placeholder(self.source)) for _ in range(count)]

    def result(self) -> SourceChanges:
        """Return the changes, unless a row would lose all its cells."""
        filled = {insertion.keys for insertion in self.insertions}
        for row in {keys[:-1] for keys in self.removals if keys[3] == "head" or len(keys) == 6}:
            lost = sum(keys[:-1] == row for keys in self.removals)
            if row not in filled and isinstance(plain(self.source, row), list) and lost == len(plain(self.source, row)):
                raise not_possible(self.source, row, "a row would have no cells left", "delete the row first")
        return SourceChanges(insertions=tuple(self.insertions), removals=tuple(self.removals), values=self.values)


def change_table(source: Source, keys: Keys, action: str, to: Keys | None = None) -> SourceChanges:
    """Return the changes of one action on a table.

    Args:
        source: the source.
        keys: the keys that lead to a cell.
        action: `row-before`, `row-after`, `row-delete`, the same for a column, `join` (with the cell `to`) or `separate`.
        to: the keys of the cell in the opposite corner of the cells to join.

    Raises:
        IpdocsError: the table has no such cell, or the action is not possible there.
    """
    if len(keys) < 5 or keys[2] != "table" or keys[3] not in ("head", "rows"):
        raise not_possible(source, keys, "this is not a cell of a table")
    table: Keys = keys[:3]
    regions = [region for region in (_head(source, table), _rows(source, table)) if region]
    region = next(cells for cells in regions if any(cell.keys == keys for cell in cells))
    cell = next(cell for cell in region if cell.keys == keys)
    in_head = keys[3] == "head"
    match action:
        case "row-before" | "row-after" if in_head:
            if action == "row-before":
                raise not_possible(source, keys, "nothing stands above the head of a table")
            return _insert_row(source, table, 0)
        case "row-before":
            return _insert_row(source, table, cell.row)
        case "row-after":
            return _insert_row(source, table, cell.row + cell.height)
        case "row-delete" if in_head:
            return SourceChanges(removals=((*table, "head"),))
        case "row-delete":
            return _delete_row(source, table, cell.row)
        case "column-before" | "column-after":
            return _insert_column(source, regions, cell.column + (cell.width if action == "column-after" else 0))
        case "column-delete":
            return _delete_column(source, regions, cell)
        case "join" if to is not None:
            return _join(source, region, cell, to)
        case "separate":
            return _separate(source, region, cell)
    raise not_possible(source, keys, f"'{action}' is not an action for a table")


def _head(source: Source, table: Keys) -> list[_GridCell]:
    return _cells([((*table, "head"), plain(source, table).get("head", []))])


def _rows(source: Source, table: Keys) -> list[_GridCell]:
    return _cells([((*table, "rows", index), row) for index, row in enumerate(plain(source, (*table, "rows")))])


def _cells(rows: Sequence[tuple[Keys, Sequence[Any]]]) -> list[_GridCell]:
    """Return the cells of rows with their places in the grid."""
    cells: list[_GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row, (keys, values) in enumerate(rows):
        column = 0
        for index, value in enumerate(values):
            while (row, column) in taken:
                column += 1
            spans = "text" in value
            width, height = (int(value.get(name, "1")) if spans else 1 for name in ("columns", "rows"))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            cells.append(_GridCell((*keys, index), row, column, width, height, spans))
    return cells


def _index_in_row(cells: Sequence[_GridCell], row: int, column: int) -> int:
    """Return the index at which a cell in a column is inserted into a row."""
    return sum(cell.row == row and cell.column < column for cell in cells)


def _insert_row(source: Source, table: Keys, row: int) -> SourceChanges:
    cells, changes = _rows(source, table), _TableChanges(source)
    width = sum(cell.width for cell in cells if cell.covers_row(0))
    for cell in cells:
        if cell.row < row < cell.row + cell.height:
            changes.resize(cell, cell.width, cell.height + 1)
            width -= cell.width
    changes.insertions.append(Insertion((*table, "rows"), row, [placeholder(source) for _ in range(width)]))
    return changes.result()


def _delete_row(source: Source, table: Keys, row: int) -> SourceChanges:
    cells, changes = _rows(source, table), _TableChanges(source)
    if len(plain(source, (*table, "rows"))) == 1:
        raise not_possible(source, table, "a table needs at least one row", "delete the table instead")
    for cell in cells:
        if cell.row < row and cell.covers_row(row):
            changes.resize(cell, cell.width, cell.height - 1)
        elif cell.row == row and cell.height > 1:
            value: dict[str, Any] = {"text": Kept((*cell.keys, "text"))}
            value |= {name: str(size) for name, size in (("columns", cell.width), ("rows", cell.height - 1)) if size > 1}
            index = _index_in_row(cells, row + 1, cell.column)
            changes.insertions.append(Insertion((*table, "rows", row + 1), index, value))
    changes.removals.append((*table, "rows", row))
    return changes.result()


def _insert_column(source: Source, regions: Sequence[list[_GridCell]], column: int) -> SourceChanges:
    changes = _TableChanges(source)
    for cells in regions:
        covered: set[int] = set()
        for cell in cells:
            if cell.column < column < cell.column + cell.width:
                changes.resize(cell, cell.width + 1, cell.height)
                covered |= set(range(cell.row, cell.row + cell.height))
        for row in range(max(cell.row + cell.height for cell in cells)):
            if row not in covered:
                changes.add(_row_keys(cells, row), _index_in_row(cells, row, column))
    return changes.result()


def _row_keys(cells: Sequence[_GridCell], row: int) -> Keys:
    """Return the keys of a row; the rows of a table are numbered, its head is not."""
    keys = cells[0].keys
    return keys[:-1] if keys[3] == "head" else (*keys[:-2], row)


def _delete_column(source: Source, regions: Sequence[list[_GridCell]], chosen: _GridCell) -> SourceChanges:
    changes = _TableChanges(source)
    for cells in regions:
        if max(cell.column + cell.width for cell in cells) <= chosen.width:
            raise not_possible(source, chosen.keys, "a table needs at least one column", "delete the table instead")
        for cell in cells:
            lost = sum(cell.covers_column(column) for column in range(chosen.column, chosen.column + chosen.width))
            if lost == cell.width:
                changes.removals.append(cell.keys)
            elif lost:
                changes.resize(cell, cell.width - lost, cell.height)
    return changes.result()


def _join(source: Source, cells: Sequence[_GridCell], cell: _GridCell, to: Keys) -> SourceChanges:
    other = next((part for part in cells if part.keys == to), None)
    if other is None or other is cell:
        raise not_possible(
            source, cell.keys, "cells of the head and of the rows cannot be joined", "choose two cells of the rows"
        )
    top, left = min(cell.row, other.row), min(cell.column, other.column)
    bottom = max(cell.row + cell.height, other.row + other.height)
    right = max(cell.column + cell.width, other.column + other.width)
    joined = [part for part in cells if part.row < bottom and part.row + part.height > top]
    joined = [part for part in joined if part.column < right and part.column + part.width > left]
    for part in joined:
        inside = part.row >= top and part.column >= left
        if not inside or part.row + part.height > bottom or part.column + part.width > right:
            raise not_possible(source, part.keys, "these cells do not form a rectangle", "separate the joined cell first")
    values = [plain(source, part.keys) for part in joined]
    if len({is_restricted(value) for value in values}) > 1:
        raise not_possible(source, cell.keys, "only some of these cells are restricted", "restrict all, or open all, first")
    texts: dict[str, str] = {}
    for value in values:
        for language, text in texts_of(value).items():
            texts[language] = join_words(texts[language], text) if language in texts else text
    words = {**texts, **({RESTRICTED: "true"} if is_restricted(values[0]) else {})}
    sizes = {name: str(size) for name, size in (("columns", right - left), ("rows", bottom - top)) if size > 1}
    first, *rest = joined
    changes = _TableChanges(source)
    changes.values[first.keys] = {"text": words, **sizes}
    changes.removals += [part.keys for part in rest]
    return changes.result()


def _separate(source: Source, cells: Sequence[_GridCell], cell: _GridCell) -> SourceChanges:
    if cell.width == cell.height == 1:
        raise not_possible(source, cell.keys, "this cell is not joined of others")
    changes = _TableChanges(source)
    changes.values[cell.keys] = Kept((*cell.keys, "text"))
    for row in range(cell.row, cell.row + cell.height):
        is_first = row == cell.row
        index = _index_in_row(cells, row, cell.column) + is_first
        changes.add(_row_keys(cells, row), index, cell.width - is_first)
    return changes.result()
