"""A spreadsheet for reviewers without a translator's tool."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.spreadsheet import read_spreadsheet, write_spreadsheet
from ipdocs.translation.formats.code_notation import COLUMNS, RULES, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import read_rows
from ipdocs.translation.job import ReturnedFile, TranslationJob


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as a spreadsheet: place, source, translation, note; the translation can be edited."""
    rows = [column_headings(exchange), *((unit.name, *write_codes(unit), unit_note(unit)) for unit in exchange.units)]
    return write_spreadsheet(
        "translation", rows, editable=COLUMNS.index("target"), identifier=exchange.document, description=RULES
    )


def read(path: Path) -> ReturnedFile:
    """Return the texts of a spreadsheet; a cell that is not text is a finding."""
    sheet = read_spreadsheet(path, len(COLUMNS))
    return read_rows(sheet.rows, sheet.identifier, path)
