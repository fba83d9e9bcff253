"""Spreadsheets for reviewers without a translation tool."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.spreadsheet import read_spreadsheet, write_spreadsheet
from ipdocs.translation.formats.code_notation import COLUMNS, INSTRUCTIONS, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import read_rows
from ipdocs.translation.job import ReturnedFile, TranslationJob


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as a spreadsheet with the columns place, source, target and note.

    Only the target column can be edited.
    """
    rows = [column_headings(job), *((unit.name, *write_codes(unit), unit_note(unit)) for unit in job.units)]
    return write_spreadsheet(
        "translation", rows, editable_column=COLUMNS.index("target"), identifier=job.document, description=INSTRUCTIONS
    )


def read(path: Path) -> ReturnedFile:
    """Return the texts of a spreadsheet.

    Raises:
        IpdocsError: the file is unsafe, has cells that are not text, or is not an exported table.
    """
    sheet = read_spreadsheet(path, len(COLUMNS))
    return read_rows(sheet.rows, sheet.identifier, path)
