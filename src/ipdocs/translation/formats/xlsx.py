"""A spreadsheet for reviewers without a translator's tool; no cell of it ever starts a formula."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.package import package
from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.findings import Finding, IpdocsError
from ipdocs.translation.formats.code_notation import RULES, heading, note, spelt
from ipdocs.translation.formats.review_table import returned
from ipdocs.translation.job import Returned, TranslationJob

MAX_ROWS = 20_000
_WIDTHS = (22, 60, 60, 24)
_GREY = "FFEFEFEF"


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        hint = "pip install 'ipdocs[exchange]'"
        raise IpdocsError([Finding("missing-library", "spreadsheets need the library openpyxl", None, hint)]) from error
    return openpyxl


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as a spreadsheet: place, source, translation, note."""
    library = _openpyxl()
    book = library.Workbook()
    sheet = book.active
    sheet.title = "translation"
    book.properties.identifier = exchange.document
    book.properties.description = RULES
    for row, cells in enumerate([heading(exchange), *((unit.name, *spelt(unit), note(unit)) for unit in exchange.units)], 1):
        for column, text in enumerate(cells, 1):
            _put(sheet.cell(row, column), text, library, locked=row == 1 or column != 3)
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, text: str, library: Any, *, locked: bool) -> None:
    """Write text and nothing but text: what begins with = + - or @ stays the words it is."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    cell.alignment = library.styles.Alignment(wrap_text=True, vertical="top")
    cell.protection = library.styles.Protection(locked=locked)
    if locked:
        cell.fill = library.styles.PatternFill("solid", fgColor=_GREY)


def read(path: Path) -> Returned:
    """Return what a spreadsheet says; formulas in it are findings."""
    library = _openpyxl()
    opened = package(path, "xl/workbook.xml")
    for name in opened.parts:
        if name.lower().endswith((".xml", ".rels")):
            opened.root(name)
    try:
        book = library.load_workbook(BytesIO(read_bytes(path)), read_only=False, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        document = str(book.properties.identifier or "")
        cells = [list(row[:4]) for row in sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS), max_col=4)]
    except Exception as error:  # openpyxl trusts its files; broken ones end in errors of every kind
        raise unsafe_file(
            "damaged-file", f"this is no spreadsheet that can be read: {error}", path, "save it again as .xlsx"
        ) from error
    if formula := next((one for row in cells for one in row if one.data_type == "f"), None):
        message = f"the cell {formula.coordinate} has a formula"
        raise unsafe_file("formula", message, path, "write text into the cells, and nothing that begins with =", formula.row)
    return returned([["" if one.value is None else str(one.value) for one in row] for row in cells], document, path)
