"""Read the texts from a returned table in a Word file or spreadsheet, where each row has one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.source.scalar import is_chinese
from ipdocs.translation.formats.code_notation import COLUMNS, added_lines, paired_ids, parse_codes
from ipdocs.translation.job import FileNote, ReturnedFile, ReturnedUnit

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*", re.ASCII)
"""Matches the dotted name of a text."""


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
        rows: the cells of each row (name, source, target and note), keyed by row number; one row has the headings.
        document: the id of the document, or an empty string if the file does not state it.
        path: the path of the file, for findings.
        comments: the comments on each row, keyed by row number.
        notes: the texts outside the rows.

    Raises:
        IpdocsError: no row has the headings of an exported table, or there are other columns between its columns.
    """
    heading = next((number for number, row in rows.items() if is_heading(row)), None)
    if heading is None:
        hint = f"insert a first row with the headings {COLUMNS[0]}, the source language, the target language"
        raise unusable_file("bad-table", "this table was not exported by ipdocs, or its headings have changed", path, hint)
    tag = rows[heading][2].strip()
    if not _LANGUAGE_TAG.fullmatch(tag):
        hint = (
            f"move columns that were added to the right of {COLUMNS[0]}, the source language, the target language, {COLUMNS[3]}"
        )
        raise unusable_file("bad-table", f"the third column has the heading '{tag:.40}', which is no language", path, hint)
    texts = {number: row for number, row in rows.items() if not is_heading(row) and not _is_remark(row)}
    remarks = [FileNote(_in_one_line(row), number) for number, row in rows.items() if _is_remark(row) and _in_one_line(row)]
    stray_comments = [FileNote(text, row) for row, texts_of_row in comments.items() if row not in texts for text in texts_of_row]
    return ReturnedFile(document, tag, tuple(_units(texts, comments)), (*notes, *remarks, *stray_comments))


def is_heading(row: Sequence[str]) -> bool:
    """Whether a row has the headings of an exported table; people sort tables, and write lines above them."""
    return len(row) > 2 and row[0].strip().lower() == COLUMNS[0] and bool(row[2].strip())


def is_name(words: str) -> bool:
    """Whether words are the name of a text in a block."""
    return "." in words and _NAME.fullmatch(words) is not None


def _is_remark(row: Sequence[str]) -> bool:
    """Whether a row that a person added has a remark: it has no name of a text, or words without a source and a target."""
    name, *texts = (cell.strip() for cell in row[:3])
    return not name or (not any(texts) and not _NAME.fullmatch(name))


def _in_one_line(row: Sequence[str]) -> str:
    return " ".join(" ".join(row).split())


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
