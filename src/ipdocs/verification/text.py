"""A text file in, its lines out: what is typed to set a release out on the wire is no words."""

from __future__ import annotations

from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.verification.read_document import ReadDocument, ReadParagraph


def read_txt(data: bytes, path: Path) -> ReadDocument:
    """Return what a text file says.

    Raises:
        IpdocsError: it is no text in UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("unreadable-file", "this is no text in UTF-8", Location(path), "build it again")]) from error
    return ReadDocument([ReadParagraph(line) for line in text.split("\n") if line.strip()], is_plain_text=True)
