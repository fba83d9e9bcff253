"""Write text to Excel workbooks with one sheet, and read the rows of workbooks."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.csv_table import begins_formula
from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.files.ooxml.package import Package, open_package, unpack_trusted, write_package
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ROWS = 20_000
"""The number of the last row that may contain text."""
MAX_CELLS = 500_000
"""Maximum number of cells in a sheet, including empty cells."""
MAX_TEXT = 32_767
"""Maximum number of characters in a cell in Excel."""

_WORKBOOK = "xl/workbook.xml"
_PROPERTIES, _STYLES = "docProps/core.xml", "xl/styles.xml"
_FONT_ORDER = ("b", "sz", "color", "name", "family", "scheme")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = "FFEFEFEF"
"""The background of locked cells, as ARGB."""

_MAX_WIDTH = 60
"""The maximum width of a column, and the width of the editable column, in characters."""


MAX_COLUMNS = 100
"""The number of the last column that is read."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A text at a row of a workbook: a cell outside the columns that were asked for, or a comment."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The content of a workbook.

    Attributes:
        rows: the rows of the sheet, up to the last row with text.
        identifier: the identifier of the workbook.
        comments: the comments on cells.
        other_cells: the texts to the right of these columns, and those of other sheets, each with the name of the sheet.
        findings: a finding for each cell that is not text.
    """

    rows: tuple[tuple[str, ...], ...]
    identifier: str
    comments: tuple[CellText, ...] = ()
    other_cells: tuple[CellText, ...] = ()
    findings: tuple[Finding, ...] = ()


def write_spreadsheet(
    title: str, rows: Sequence[Sequence[str]], *, editable_column: int | None = None, identifier: str = "", description: str = ""
) -> bytes:
    """Return a workbook with one sheet, in which every cell is text, never a formula.

    Equal arguments give equal bytes.

    Args:
        title: The title of the sheet.
        rows: The texts of the cells; the first row is the heading, which stays visible while scrolling.
        editable_column: The index of the only column that can be edited; all other columns are grey and locked. If it
            is None, no column is locked.
        identifier: An identifier to store in the properties of the workbook.
        description: A description to store in the properties of the workbook.

    Raises:
        IpdocsError: A text is longer than MAX_TEXT.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    _refuse_long_texts(rows)
    book = Workbook()
    properties = book.properties
    properties.creator, properties.identifier, properties.description = "ipdocs", identifier or None, description or None
    sheet = book.active
    sheet.title = title
    _write_cells(sheet, rows, editable_column)
    for index in range(len(rows[0])):
        max_length = max(len(row[index]) for row in rows)
        width = _MAX_WIDTH if index == editable_column else min(_MAX_WIDTH, 4 + max_length)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    if editable_column is None:
        sheet.freeze_panes = "A2"
    else:
        sheet.freeze_panes = "B2"
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = False
    stream = BytesIO()
    book.save(stream)
    return write_package(_repaired_parts(stream.getvalue()))


def _write_cells(sheet: Any, rows: Sequence[Sequence[str]], editable_column: int | None) -> None:
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
            if editable_column is not None and number > 1 and column == editable_column + 1:
                cell.protection = unlocked
            elif editable_column is not None:
                cell.fill = grey


def _repaired_parts(workbook: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook that openpyxl has saved, without dates and with fonts in the order of the schema."""
    from lxml import etree

    parts = unpack_trusted(workbook)
    properties, styles = etree.fromstring(parts[_PROPERTIES]), etree.fromstring(parts[_STYLES])
    for tag in ("created", "modified"):
        etree.strip_elements(properties, qualified_name(f"dcterms:{tag}"))
    for font in styles.iter(qualified_name("x:font")):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(local_name(child)))
    return parts | {_PROPERTIES: etree.tostring(properties), _STYLES: etree.tostring(styles)}


def _refuse_long_texts(rows: Sequence[Sequence[str]]) -> None:
    longest = max((text for row in rows for text in row), key=len, default="")
    if len(longest) > MAX_TEXT:
        message = f"a text has {len(longest):,} characters; the limit of a cell is {MAX_TEXT:,}: {longest:.40}…"
        raise IpdocsError([Finding("too-large", message, None, "choose another format")])


def read_spreadsheet(
    path: Path, column_count: int, is_heading: Callable[[Sequence[str]], bool] = lambda row: True
) -> Spreadsheet:
    """Read the first columns of a sheet of a workbook, without calculating, converting or fetching anything.

    Args:
        path: The path of the workbook.
        column_count: The number of columns to read.
        is_heading: Whether a row has the headings of the sheet to read; if no sheet has such a row, the first sheet is read.

    A cell that is a formula, or a value that is displayed differently from its text, is a finding of the result.

    Raises:
        IpdocsError: The file is unsafe, damaged or too large.
    """
    package = open_package(read_bytes(path), path, _WORKBOOK)
    _refuse_large_sheets(package)
    try:
        return _read_workbook(package, column_count, is_heading)
    except IpdocsError:
        raise
    except Exception as error:  # openpyxl raises errors of every kind for a damaged file
        message = f"this file cannot be read as a spreadsheet: {error}"
        raise unusable_file("damaged-file", message, path, "save it again as .xlsx") from error


def _refuse_large_sheets(package: Package) -> None:
    """Refuse a workbook with too many cells, or with text beyond MAX_ROWS, before openpyxl reads it."""
    hint = "delete sheets and rows that are not needed, or split the table into several files"
    for name in package.parts:
        root = package.root(name) if name.lower().endswith(".xml") else None
        if root is None:
            continue
        if sum(1 for _ in root.iter(qualified_name("x:c"))) > MAX_CELLS:
            raise unusable_file("too-large", f"{name} has more than {MAX_CELLS:,} cells", package.path, hint)
        if _last_row_with_text(root) > MAX_ROWS:
            message = f"{name} has text beyond row {MAX_ROWS:,}"
            raise unusable_file("too-large", message, package.path, hint)


def _last_row_with_text(sheet: _Element) -> int:
    """Return the number of the last row of a worksheet that has a cell with content; 0 if there is none."""
    last = number = 0
    for row in sheet.iter(qualified_name("x:row")):
        stated_number = row.get("r", "")
        number = int(stated_number) if stated_number.isdecimal() else number + 1
        if any(len(cell) for cell in row):
            last = max(last, number)
    return last


def _read_workbook(package: Package, column_count: int, is_heading: Callable[[Sequence[str]], bool]) -> Spreadsheet:
    from openpyxl import load_workbook

    rows: list[tuple[str, ...]] = []
    other_cells: list[CellText] = []
    findings: list[Finding] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about formatting that it does not keep
        # The package is written again, so that openpyxl reads only the parts that were checked.
        data = BytesIO(write_package(package.parts))
        with closing(load_workbook(data, read_only=True, data_only=False, keep_links=False)) as book:
            sheets = book.worksheets
            table = next((sheet for sheet in sheets if any(is_heading(row) for row in _texts(sheet, column_count))), sheets[0])
            for number, cells in _rows_with_text(table):
                other_cells += [CellText(number, text) for text in map(_cell_text, cells[column_count:]) if text]
                if all(cell.value in (None, "") for cell in cells[:column_count]):
                    continue
                findings += _cell_findings(cells[:column_count], Location(package.path, number))
                rows += [("",) * column_count] * (number - 1 - len(rows))
                rows.append((*map(_cell_text, cells[:column_count]), *[""] * (column_count - len(cells))))
            for sheet in sheets:
                for number, cells in _rows_with_text(sheet) if sheet is not table else ():
                    text = " ".join(filter(None, map(_cell_text, cells)))
                    other_cells.append(CellText(number, f"{sheet.title}: {text}"))
            identifier = str(book.properties.identifier or "")
    return Spreadsheet(tuple(rows), identifier, tuple(_comments(package)), tuple(other_cells), tuple(findings))


def _rows_with_text(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the number and the cells of each row of a sheet that has text."""
    sheet.reset_dimensions()  # the size stated in the file may be wrong
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), 1):
        if any(cell.value not in (None, "") for cell in cells):
            yield number, cells


def _texts(sheet: Any, column_count: int) -> Iterator[list[str]]:
    """Yield the texts in the first columns of each row that has text."""
    return ([_cell_text(cell) for cell in cells[:column_count]] for _, cells in _rows_with_text(sheet))


def _comments(package: Package) -> Iterator[CellText]:
    """Yield the comments on cells: notes, and the threads that replace them in Excel since 2018."""
    parts = {relationship.part: relationship.kind for relationship in package.relationships() if relationship.part is not None}
    comments = [
        (kind, comment)
        for name in package.parts
        if (kind := parts.get(name.lower(), "")) in ("comments", "threadedComment") and (root := package.root(name)) is not None
        for comment in root.iter(f"{{*}}{kind.removesuffix('s')}")
    ]
    threads = {comment.get("ref") for kind, comment in comments if kind == "threadedComment"}
    for kind, comment in comments:
        if kind == "threadedComment" or comment.get("ref") not in threads:  # a thread also has a note for older versions
            words = "".join(element.text or "" for element in comment.iter("{*}t", "{*}text"))
            row = re.sub("[^0-9]", "", comment.get("ref", ""))
            yield CellText(int(row or 0), " ".join(words.split()))


def _cell_text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and cell.number_format == "#,##0":
        return f"{value:,.0f}"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    return "" if value is None else str(value)


def _is_displayed_as_text(cell: Any) -> bool:
    """Whether `_cell_text` gives a number as Excel displays it."""
    is_whole = isinstance(cell.value, int) or float(cell.value).is_integer()
    return cell.number_format in ("General", "@") or (is_whole and cell.number_format in ("0", "#,##0"))


def _cell_findings(cells: Sequence[Any], location: Location) -> Iterator[Finding]:
    """Yield a finding for each formula in a row, and for each value displayed differently from its text, such as a date."""
    for cell in cells:
        if cell.value is None or cell.data_type in ("s", "inlineStr", "str"):
            continue
        if cell.data_type == "f":
            yield Finding("formula", f"the cell {cell.coordinate} has a formula", location, "replace it with its text, without =")
        elif cell.data_type != "n" or not _is_displayed_as_text(cell):
            message = f"the cell {cell.coordinate} is not text but the value {cell.value} in the format {cell.number_format!r}"
            yield Finding("not-text", message, location, "format the cell as text, and type its content again")
