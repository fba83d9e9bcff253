"""CSV tables in and out: UTF-8 that spreadsheets open, in which no cell is ever run as a formula, and no text is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

BOM = "\ufeff"
_FORMULA = re.compile(
    r"[\t\r\n]"  # a spreadsheet may go on to the next cell, or drop it
    r"|[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"  # what is dropped, or not seen, before a sign
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the signs, and their full-width forms
)
"""The beginning of a text that a spreadsheet may run, after OWASP, CSV Injection."""

_QUOTED = re.compile(rf"'+(?:{_FORMULA.pattern})")


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a text as CSV may take it for a formula, by its first characters."""
    return _FORMULA.match(text) is not None


def quote_formula(text: str) -> str:
    """Return a text as it is written into a cell: behind an apostrophe where a spreadsheet might run it.

    A text that begins with apostrophes and a formula gets one more, so that `unquote_formula` returns every text unchanged.
    """
    return f"'{text}" if begins_formula(text) or _QUOTED.match(text) else text


def unquote_formula(cell: str) -> str:
    """Return the text of a cell: without the apostrophe that keeps it from being run. A sign without one stays."""
    return cell[1:] if _QUOTED.match(cell) else cell


def write_csv(rows: Iterable[Sequence[str]], line_end: str = "\r\n") -> str:
    """Return rows as CSV; a text that a spreadsheet might run is quoted."""
    out = StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerows([quote_formula(text) for text in row] for row in rows)
    return out.getvalue()


def read_csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text with the numbers of the lines on which they end; spaces around a cell are dropped.

    Raises:
        ValueError: the text is no CSV.
    """
    reader = csv.reader(StringIO(text.removeprefix(BOM), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [unquote_formula(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise ValueError(str(error)) from error
