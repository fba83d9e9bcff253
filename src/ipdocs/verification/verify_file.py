"""Verify one finished file."""

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
"""The function that reads a finished file, for each format."""


def verify_file(data: bytes, path: Path, expectation: Expectation) -> tuple[list[Finding], int | None]:
    """Return findings about differences between a file and its source, and the number of pages if the format has pages.

    Args:
        data: the bytes of the file.
        path: the path, which gives the format and the location of findings.
        expectation: the expected content.
    """
    try:
        actual = READERS[path.suffix[1:]](data, path)
    except IpdocsError as error:
        return list(error.findings), None
    return compare(expectation, actual, path), actual.page_count
