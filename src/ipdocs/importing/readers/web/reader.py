"""Read a web page, and account for each piece of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ipdocs.files.html import parse_page, read_page
from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.reading import read_bytes
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.web.blocks import add_content, note_content
from ipdocs.importing.readers.web.elements import unseen_reason
from ipdocs.importing.readers.web.notes import find_notes
from ipdocs.importing.readers.web.page import WebPage, enter_pieces

MAX_BYTES = 20_000_000


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a web page, without navigation, sharing links, forms and the like.

    Raises:
        IpdocsError: the file cannot be read, is unsafe, or has content that the reader passes over.
    """
    decoded = read_page(read_bytes(path, MAX_BYTES), path)
    imported = read_markup(decoded.text, path)
    return replace(imported, findings=list(decoded.findings))


def read_markup(text: str, path: Path) -> ImportedFile:
    """Read the paragraphs of HTML in memory; findings and pictures refer to `path`.

    Raises:
        IpdocsError: the HTML is unsafe, or has content that the reader passes over.
    """
    page = WebPage(path, parse_page(text, path), Ledger(path))
    enter_pieces(page)
    find_notes(page)
    head = page.root.find("head")
    if head is not None:
        for element in (*head, head):
            page.leave_out(element, *(unseen_reason(element) or (LeftOutReason.PROPERTIES,)))
    add_content(page.root, page)
    notes = [
        ImportedParagraph("note", note_content(element, page) or ("…",), element.sourceline or 0, name=name)
        for name, element in page.notes.items()
    ]
    page.paragraphs = [*page.paragraphs, *notes]
    page.ledger.check()
    page.ledger.check_arrival(_texts(page.paragraphs))
    return ImportedFile(page.paragraphs, page.left_out())


def _texts(paragraphs: list[ImportedParagraph]) -> Iterator[str]:
    """Yield the words of paragraphs, and the alternative texts of pictures."""
    for paragraph in paragraphs:
        yield paragraph.words
        yield paragraph.image.alt if paragraph.image else ""
