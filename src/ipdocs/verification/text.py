"""Plain text files read for verification, line by line."""

from __future__ import annotations

from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.verification.read_document import ReadDocument, ReadParagraph


def read_txt(data: bytes, path: Path) -> ReadDocument:
    """Return the content of a text file.

    Raises:
        IpdocsError: the file is not text in UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message, hint = "this file is not text in UTF-8", "build the document again"
        raise IpdocsError([Finding("unreadable-file", message, Location(path), hint)]) from error
    return ReadDocument([ReadParagraph(line) for line in text.split("\n") if line.strip()], is_plain_text=True)
