"""Read plain text files for verification, line by line."""

from __future__ import annotations

from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.verification.hints import REBUILD
from ipdocs.verification.read_document import ReadDocument, ReadParagraph


def read_txt(data: bytes, path: Path) -> ReadDocument:
    """Return the content of a text file.

    Raises:
        IpdocsError: the file is not UTF-8 text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("unreadable-file", "this is not UTF-8 text", Location(path), REBUILD)]) from error
    return ReadDocument([ReadParagraph(line) for line in text.split("\n") if line.strip()], is_plain_text=True)
