"""What the operating system refuses, as findings: the path, the reason, and what can be done about it."""

from __future__ import annotations

import errno
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

ELSEWHERE = "write to another folder"
_FULL = "free some space there, or write to another disk"
_HINTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "raise the limit on the size of a file (ulimit -f), or write to another disk",
    errno.EROFS: "the disk is read-only: write to another one",
    errno.EACCES: "ask for the right to write there, or write to another folder",
    errno.EPERM: "ask for the right to write there, or write to another folder",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOTDIR: "a file stands where a folder is needed: rename it, or write to another folder",
    errno.EISDIR: "a folder stands where the file belongs: rename it, or write to another folder",
}
WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EEXIST, errno.EISDIR, errno.ENOTEMPTY}
"""Errors that only a writer meets."""


def cannot_write(path: Path | None, reason: str | OSError | ValueError, hint: str | None = None) -> IpdocsError:
    """Return the error that a file or folder cannot be written; without a path of its own it is that of the error."""
    place = Location(path) if path is not None else None
    number = reason.errno if isinstance(reason, OSError) else None
    hint = hint or _HINTS.get(number or 0, ELSEWHERE)
    return IpdocsError([Finding("cannot-write", f"the file cannot be written: {_reason(reason)}", place, hint)])


def cannot_read(path: Path | None, reason: str | OSError | ValueError, hint: str | None = None) -> IpdocsError:
    """Return the error that a file or folder cannot be read."""
    place = Location(path) if path is not None else None
    return IpdocsError([Finding("cannot-read", f"the file cannot be read: {_reason(reason)}", place, hint)])


def system_error(error: OSError) -> IpdocsError:
    """Return an error of the operating system as a finding with the path that it names, if it names one."""
    name = error.filename2 or error.filename
    path = Path(name if isinstance(name, str) else name.decode("utf-8", "replace")) if isinstance(name, str | bytes) else None
    return cannot_write(path, error) if error.errno in WRITING else cannot_read(path, error)


def _reason(reason: str | OSError | ValueError) -> str:
    return (reason.strerror or str(reason)) if isinstance(reason, OSError) else str(reason)
