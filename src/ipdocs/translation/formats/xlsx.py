"""A spreadsheet for reviewers without a translator's tool."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.spreadsheet import read_spreadsheet, write_spreadsheet
from ipdocs.translation.formats.code_notation import COLUMNS, RULES, heading, note, spelt
from ipdocs.translation.formats.review_table import returned
from ipdocs.translation.job import Returned, TranslationJob


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as a spreadsheet: place, source, translation, note; the translation can be edited."""
    rows = [heading(exchange), *((unit.name, *spelt(unit), note(unit)) for unit in exchange.units)]
    return write_spreadsheet(
        "translation", rows, editable=COLUMNS.index("target"), identifier=exchange.document, description=RULES
    )


def read(path: Path) -> Returned:
    """Return the texts of a spreadsheet; a cell that is not text is a finding."""
    sheet = read_spreadsheet(path, len(COLUMNS))
    return returned(sheet.rows, sheet.identifier, path)
