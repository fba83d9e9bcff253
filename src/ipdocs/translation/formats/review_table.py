"""Read the texts from a returned table in a Word file or spreadsheet, where each row has one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.translation.formats.code_notation import COLUMNS, paired_ids, parse_codes
from ipdocs.translation.job import ReturnedFile, ReturnedUnit


def read_rows(rows: Sequence[Sequence[str]], document: str, path: Path) -> ReturnedFile:
    """Return the texts of a table.

    Args:
        rows: the cells of each row; the first row has the headings.
        document: the id of the document, or an empty string if the file does not state it.
        path: the path of the file, for findings.

    Raises:
        IpdocsError: the first row does not have the headings of an exported table.
    """
    headings = list(rows[0]) if rows else []
    if len(headings) < 3 or headings[0].strip() != COLUMNS[0]:
        hint = f"write the headings in its first row: {COLUMNS[0]}, the source language, the target language"
        raise unusable_file("bad-table", "this table was not exported by ipdocs, or its headings have changed", path, hint)
    return ReturnedFile(document, headings[2].strip(), tuple(_units(rows)))


def _units(rows: Sequence[Sequence[str]]) -> Iterator[ReturnedUnit]:
    for number, row in enumerate(rows[1:], 2):
        name, source, target = (*(str(cell) for cell in row[:3]), "", "", "")[:3]
        if name.strip() or source.strip() or target.strip():
            paired = paired_ids(source) | paired_ids(target)
            translation = parse_codes(target, paired) if target.strip() else None
            yield ReturnedUnit(name.strip(), parse_codes(source, paired), translation, number)
