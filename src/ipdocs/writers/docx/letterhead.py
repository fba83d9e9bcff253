"""Open an office's letterhead with safety checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.base_document import MAX_BYTES, open_base_document
from ipdocs.files.reading import Reason, UnsafeFile, read_bytes

_CODES: dict[Reason, str] = {"missing": "no-such-file", "unreadable": "unreadable", "too-large": "letterhead-too-large"}
"""The code of the finding for each reason."""


def open_letterhead(path: Path) -> Any:
    """Return a letterhead as a python-docx document.

    Raises:
        IpdocsError: The file is missing, too large or damaged, or has content that is not allowed; all problems are reported.
    """
    try:
        return open_base_document(read_bytes(path, MAX_BYTES), path)
    except UnsafeFile as error:
        raise error.to_ipdocs_error(_CODES, "bad-letterhead") from error
