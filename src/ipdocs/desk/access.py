"""What the system says about the files of a document: whether they have changed, and whether they may be written."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from ipdocs.desk.message import message
from ipdocs.source.state import state_path

Signature = tuple[tuple[int, int, int, int] | None, ...]
"""Time of change, size, number and mode of the source and its state file, and the mode of their folder; None if missing."""


def signature(path: Path) -> Signature:
    """Return the signature of a source and its state file, which differs after every change of one of them."""
    folder = _file_signature(path.parent)
    return (_file_signature(path), _file_signature(state_path(path)), (0, 0, 0, folder[3]) if folder else None)


def _file_signature(path: Path) -> tuple[int, int, int, int] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode


def write_protection(path: Path) -> dict[str, Any] | None:
    """Return the reason why a source cannot be written, as a message; None if it can be."""
    reasons = ((path, message("the file is marked as read only")), (path.parent, message("the folder is marked as read only")))
    for place, reason in reasons:
        try:
            mode = place.stat().st_mode
        except OSError:
            continue  # a missing file is another problem
        if not stat.S_IMODE(mode) & 0o222 or not os.access(place, os.W_OK):
            return reason
    return None
