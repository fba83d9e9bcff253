"""Spreadsheets: rows of text out as an Excel workbook of one sheet, and the rows of a workbook in."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from ipdocs.files.csv_table import begins_formula
from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.files.ooxml.package import Package, open_package, own_parts, write_package
from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.findings import Finding, IpdocsError, Location

MAX_ROWS = 20_000
MAX_CELLS = 500_000
MAX_TEXT = 32_767
"""Rows with text, and cells with or without, that are read; characters that Excel keeps in a cell."""

_WORKBOOK = "xl/workbook.xml"
_PROPERTIES, _STYLES = "docProps/core.xml", "xl/styles.xml"
_FONT_ORDER = ("b", "sz", "color", "name", "family", "scheme")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = "FFEFEFEF"
_WIDEST = 60
"""Of a column, in characters; the column that is to be filled in is as wide from the start."""


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The first sheet of a workbook, as rows of text up to the last that has some, and the identifier of the workbook."""

    rows: tuple[tuple[str, ...], ...]
    identifier: str


def write_spreadsheet(
    title: str, rows: Sequence[Sequence[str]], *, editable: int | None = None, identifier: str = "", description: str = ""
) -> bytes:
    """Return a workbook of one sheet; every cell is text, so that none is a formula. Equal rows give equal bytes on any day.

    The first row is the heading, which stays in sight. `editable` is the index of a column to be filled in: all other cells
    are grey and locked.

    Raises:
        IpdocsError: a text is longer than a cell may be.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    _check_lengths(rows)
    book = Workbook()
    about = book.properties
    about.creator, about.identifier, about.description = "ipdocs", identifier or None, description or None
    sheet = book.active
    sheet.title = title
    _write_cells(sheet, rows, editable)
    for index in range(len(rows[0])):
        longest = max(len(row[index]) for row in rows)
        width = _WIDEST if index == editable else min(_WIDEST, 4 + longest)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    if editable is None:
        sheet.freeze_panes = "A2"
    else:
        sheet.freeze_panes = "B2"
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = False
    saved = BytesIO()
    book.save(saved)
    return write_package(_repaired(saved.getvalue()))


def _write_cells(sheet: Any, rows: Sequence[Sequence[str]], editable: int | None) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font("Calibri", 11, bold=True)
    grey, unlocked = PatternFill("solid", fgColor=_GREY), Protection(locked=False)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, _NOT_XML.sub("\ufffd", text))
            cell.data_type, cell.number_format, cell.alignment = "s", "@", wrapped
            if begins_formula(text):
                cell.quotePrefix = True
            if number == 1:
                cell.font = bold
            if editable is not None and number > 1 and column == editable + 1:
                cell.protection = unlocked
            elif editable is not None:
                cell.fill = grey


def _repaired(workbook: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook that openpyxl has saved, without the time of it and with fonts as the schema orders them."""
    from lxml import etree

    parts = own_parts(workbook)
    properties, styles = etree.fromstring(parts[_PROPERTIES]), etree.fromstring(parts[_STYLES])
    for tag in ("created", "modified"):
        etree.strip_elements(properties, qualified_name(f"dcterms:{tag}"))
    for font in styles.iter(qualified_name("x:font")):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(local_name(child)))
    return parts | {_PROPERTIES: etree.tostring(properties), _STYLES: etree.tostring(styles)}


def _check_lengths(rows: Sequence[Sequence[str]]) -> None:
    longest = max((text for row in rows for text in row), key=len, default="")
    if len(longest) > MAX_TEXT:
        message = f"a text of {len(longest):,} characters is longer than a cell may be ({MAX_TEXT:,}): {longest:.40}…"
        raise IpdocsError([Finding("too-large", message, None, "choose another format")])


def read_spreadsheet(path: Path, columns: int) -> Spreadsheet:
    """Return so many columns of a workbook's first sheet.

    Nothing is calculated, converted or fetched: a formula is a finding, and so is a number that a format shows otherwise.

    Raises:
        IpdocsError: the file is unsafe, damaged or too large, or cells are not text.
    """
    opened = open_package(read_bytes(path), path, _WORKBOOK)
    _check_parts(opened)
    try:
        identifier, rows, findings = _rows(opened, columns)
    except IpdocsError:
        raise
    except Exception as error:  # openpyxl trusts its files; broken ones end in errors of every kind
        message = f"this file cannot be read as a spreadsheet: {error}"
        raise unsafe_file("damaged-file", message, path, "save it again as .xlsx") from error
    if findings:
        raise IpdocsError(findings)
    return Spreadsheet(tuple(rows), identifier)


def _check_parts(opened: Package) -> None:
    """Refuse more cells than are allowed before openpyxl reads any."""
    for name in opened.parts:
        root = opened.root(name) if name.lower().endswith(".xml") else None
        if root is not None and sum(1 for _ in root.iter(qualified_name("x:c"))) > MAX_CELLS:
            hint = "take out sheets and rows that are not needed"
            raise unsafe_file("too-large", f"{name} has more than {MAX_CELLS:,} cells, the limit", opened.path, hint)


def _rows(opened: Package, columns: int) -> tuple[str, list[tuple[str, ...]], list[Finding]]:
    from openpyxl import load_workbook

    rows: list[tuple[str, ...]] = []
    findings: list[Finding] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of formatting that openpyxl does not keep
        # The parts that were checked, and no others.
        data = BytesIO(write_package(opened.parts))
        with closing(load_workbook(data, read_only=True, data_only=False, keep_links=False)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            for number, cells in enumerate(sheet.iter_rows(max_col=columns), 1):
                if all(cell.value in (None, "") for cell in cells):
                    continue
                if number > MAX_ROWS:
                    message = f"this sheet has text in more than {MAX_ROWS:,} rows, the limit"
                    raise unsafe_file("too-large", message, opened.path, "part it into several files")
                findings += _not_text(cells, Location(opened.path, number))
                rows += [("",) * columns] * (number - 1 - len(rows))
                rows.append((*map(_text, cells), *[""] * (columns - len(cells))))
            return str(book.properties.identifier or ""), rows, findings


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    return "" if value is None else str(value)


def _not_text(cells: Sequence[Any], place: Location) -> Iterator[Finding]:
    """Yield the formulas of a row, and the values that their cells may show otherwise: formatted numbers, dates, errors."""
    for cell in cells:
        if cell.value is None or cell.data_type in ("s", "inlineStr", "str"):
            continue
        if cell.data_type == "f":
            hint = "write text into the cells, and nothing that begins with ="
            yield Finding("formula", f"the cell {cell.coordinate} has a formula", place, hint)
        elif cell.data_type != "n" or cell.number_format not in ("General", "@"):
            message = f"the cell {cell.coordinate} is not text: {cell.value}, shown as {cell.number_format!r} says"
            yield Finding("not-text", message, place, "format the cell as text, and write what it should say")
