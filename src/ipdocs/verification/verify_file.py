"""A finished file read again, and held against what it has to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.verification.comparison import compare
from ipdocs.verification.expectation import Expectation
from ipdocs.verification.pdf import read_pdf
from ipdocs.verification.read_document import ReadDocument
from ipdocs.verification.text import read_txt
from ipdocs.verification.web_page import read_html
from ipdocs.verification.word import read_docx

READERS: dict[str, Callable[[bytes, Path], ReadDocument]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
    "txt": read_txt,
}
"""How a file is read again, by format; nothing of the writers is used."""


def verify_file(data: bytes, path: Path, expectation: Expectation) -> tuple[list[Finding], int | None]:
    """Return what a finished file says otherwise than its source, and its number of pages where it has some."""
    try:
        actual = READERS[path.suffix[1:]](data, path)
    except IpdocsError as error:
        return list(error.findings), None
    return compare(expectation, actual, path), actual.pages
