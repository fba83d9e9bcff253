"""Read the texts from a returned table in a Word file or spreadsheet, where each row has one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.source.scalar import is_chinese
from ipdocs.translation.formats.code_notation import COLUMNS, added_lines, paired_ids, parse_codes
from ipdocs.translation.job import FileNote, ReturnedFile, ReturnedUnit


def read_rows(
    rows: Mapping[int, Sequence[str]],
    document: str,
    path: Path,
    *,
    comments: Mapping[int, Sequence[str]],
    notes: Sequence[FileNote],
) -> ReturnedFile:
    """Return the texts of a table.

    Args:
        rows: the cells of each row (name, source, target and note), keyed by row number; the first row has the headings.
        document: the id of the document, or an empty string if the file does not state it.
        path: the path of the file, for findings.
        comments: the comments on each row, keyed by row number.
        notes: the texts outside the rows.

    Raises:
        IpdocsError: the first row does not have the headings of an exported table.
    """
    first = min(rows, default=0)
    headings = rows.get(first, ())
    if len(headings) < 3 or headings[0].strip() != COLUMNS[0]:
        hint = f"write the headings in its first row: {COLUMNS[0]}, the source language, the target language"
        raise unusable_file("bad-table", "this table was not exported by ipdocs, or its headings have changed", path, hint)
    texts = {number: row for number, row in rows.items() if number != first}
    stray_comments = [FileNote(text, row) for row, texts_of_row in comments.items() if row not in texts for text in texts_of_row]
    return ReturnedFile(document, headings[2].strip(), tuple(_units(texts, comments)), (*notes, *stray_comments))


def _units(rows: Mapping[int, Sequence[str]], comments: Mapping[int, Sequence[str]]) -> Iterator[ReturnedUnit]:
    for number, row in rows.items():
        name, source, target, note = (*row, "", "", "", "")[:4]
        if any(cell.strip() for cell in (name, source, target, note)):
            source, target = _joined_lines(source), _joined_lines(target)
            paired = paired_ids(source) | paired_ids(target)
            translation = parse_codes(target, paired) if target.strip() else None
            notes = (*added_lines(note), *comments.get(number, ()))
            yield ReturnedUnit(name.strip(), parse_codes(source, paired), translation, number, notes=notes)


def _joined_lines(text: str) -> str:
    """Return the text of a cell in one line; in Chinese text, the end of a line is not a space."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", "" if is_chinese(text) else " ", text.strip())
