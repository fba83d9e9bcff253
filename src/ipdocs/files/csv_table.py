"""Read and write CSV tables without loss of text; cells that a spreadsheet might run as formulas are quoted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

BOM = "\ufeff"
_FORMULA_BEGINNING = re.compile(
    r"[\t\r\n]"  # a spreadsheet may start a new cell here, or drop the character
    r"|[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"  # spaces and invisible characters before an operator
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the operators, and their full-width forms
)
"""The beginning of a text that a spreadsheet might run as a formula (OWASP, CSV Injection)."""

_QUOTED_FORMULA = re.compile(rf"'+(?:{_FORMULA_BEGINNING.pattern})")


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text in a CSV file as a formula."""
    return _FORMULA_BEGINNING.match(text) is not None


def quote_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might run as a formula; return any other text unchanged.

    A formula that already has apostrophes before it gets another one, so that `unquote_formula` restores every text.
    """
    return f"'{text}" if begins_formula(text) or _QUOTED_FORMULA.match(text) else text


def unquote_formula(cell: str) -> str:
    """Remove the apostrophe that `quote_formula` has put before a text."""
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def write_csv(rows: Iterable[Sequence[str]], line_end: str = "\r\n") -> str:
    """Return rows as CSV text, with an apostrophe before each cell that a spreadsheet might run as a formula."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator=line_end)
    writer.writerows([quote_formula(text) for text in row] for row in rows)
    return stream.getvalue()


DELIMITERS = (",", "\t", ";")
"""The characters between cells in the CSV files of spreadsheet programs: ";" if numbers have a decimal comma."""

_SAMPLE_ROWS = 50
_STATED_DELIMITER = re.compile(r"sep=(.)\r?\n")
"""The first line with which a spreadsheet program may state the delimiter."""


def parse_csv(text: str, delimiter: str = ",", *, quoted: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a CSV text as the number of its last line and its cells, without the spaces around each cell.

    Args:
        text: The CSV text.
        delimiter: The character between cells.
        quoted: Whether cells may be in quotation marks; otherwise these are words.

    Raises:
        ValueError: The text is not CSV.
    """
    content = text.removeprefix(BOM)
    stated = _STATED_DELIMITER.match(content)
    stream = StringIO(content[stated.end() :] if stated else content, newline="")
    reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE, strict=True)
    try:
        for cells in reader:
            yield reader.line_num + bool(stated), [unquote_formula(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def find_delimiter(text: str) -> str:
    """Return the character between the cells of a CSV text: that which gives the most rows as many cells as the first row."""
    content = text.removeprefix(BOM)
    if (stated := _STATED_DELIMITER.match(content)) and stated[1] in DELIMITERS:
        return stated[1]
    return max(DELIMITERS, key=lambda delimiter: _regular_rows(content, delimiter))


def _regular_rows(text: str, delimiter: str) -> tuple[int, int]:
    """Return the number of rows with as many cells as the first row, if these are at least two, and this number of cells."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    lengths: list[int] = []
    try:
        lengths += (len(cells) for cells in islice(reader, _SAMPLE_ROWS) if any(cells))
    except csv.Error:
        return 0, 0
    return (lengths.count(lengths[0]), lengths[0]) if lengths and lengths[0] > 1 else (0, 0)
