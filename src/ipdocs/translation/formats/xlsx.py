"""Spreadsheets for reviewers without a translation tool."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ipdocs.files.spreadsheet import read_spreadsheet, write_spreadsheet
from ipdocs.translation.formats.code_notation import COLUMNS, INSTRUCTIONS, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import is_heading, read_rows
from ipdocs.translation.job import FileNote, ReturnedFile, TranslationJob


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as a spreadsheet with the columns place, source, target and note.

    Only the target column can be edited.
    """
    rows = [column_headings(job), *((unit.name, *write_codes(unit), unit_note(unit)) for unit in job.units)]
    return write_spreadsheet(
        "translation", rows, editable_column=COLUMNS.index("target"), identifier=job.document, description=INSTRUCTIONS
    )


def read(path: Path) -> ReturnedFile:
    """Return the texts of a spreadsheet; rows with cells that are not text are left out, with a finding.

    Raises:
        IpdocsError: the file is unsafe, or is not an exported table.
    """
    sheet = read_spreadsheet(path, len(COLUMNS), is_heading)
    faulty = {finding.location.line for finding in sheet.findings if finding.location}
    rows = {number: row for number, row in enumerate(sheet.rows, 1) if number not in faulty}
    notes = [FileNote(cell.text, cell.row) for cell in sheet.other_cells]
    comments: dict[int, list[str]] = {}
    for comment in sheet.comments:
        comments.setdefault(comment.row, []).append(comment.text)
    returned = read_rows(rows, sheet.identifier, path, comments=comments, notes=notes)
    names = {row: sheet.rows[row - 1][0].strip() for row in sorted(faulty)}
    findings = (
        replace(finding, message=f"'{names[finding.location.line]}': {finding.message}")
        for finding in sheet.findings
        if finding.location
    )
    return replace(returned, findings=tuple(findings), unreadable=tuple(names.values()))
