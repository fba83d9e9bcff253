"""Rows of a table, Word's or a spreadsheet's, as they came back: one text a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.files.reading import unsafe_file
from ipdocs.translation.formats.code_notation import COLUMNS, paired_ids, parse_codes
from ipdocs.translation.job import ReturnedFile, ReturnedUnit


def read_rows(rows: Sequence[Sequence[str]], document: str, path: Path) -> ReturnedFile:
    """Return the texts of a table whose first row is its heading."""
    heads = list(rows[0]) if rows else []
    if len(heads) < 3 or heads[0].strip() != COLUMNS[0]:
        hint = f"its first row says: {COLUMNS[0]}, the language it is from, the language it is in; put it back"
        raise unsafe_file("bad-table", "this is no table that ipdocs has exported", path, hint)
    return ReturnedFile(document, heads[2].strip(), tuple(_units(rows)))


def _units(rows: Sequence[Sequence[str]]) -> Iterator[ReturnedUnit]:
    for number, row in enumerate(rows[1:], 2):
        name, source, target = (*(str(cell) for cell in row[:3]), "", "", "")[:3]
        if name.strip() or source.strip() or target.strip():
            paired = paired_ids(source) | paired_ids(target)
            back = parse_codes(target, paired) if target.strip() else None
            yield ReturnedUnit(name.strip(), parse_codes(source, paired), back, number)
