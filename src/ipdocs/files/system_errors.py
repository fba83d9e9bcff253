"""Convert errors of the operating system to findings with the path, the reason and a hint."""

from __future__ import annotations

import errno
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

_READ_HINT = "check that you have permission to read it"
_WRITE_HINT = "write to another folder"
_NO_SPACE_HINT = "free some space on this disk, or write to another disk"
_NO_PERMISSION_HINT = "ask for permission to write to this folder, or write to another folder"
_HINTS = {
    errno.ENOSPC: _NO_SPACE_HINT,
    errno.EDQUOT: _NO_SPACE_HINT,
    errno.EFBIG: "raise the limit on the size of a file (ulimit -f), or write to another disk",
    errno.EROFS: "write to a disk that is not read-only",
    errno.EACCES: _NO_PERMISSION_HINT,
    errno.EPERM: _NO_PERMISSION_HINT,
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOTDIR: "rename the file that this path uses as a folder, or write to another folder",
    errno.EISDIR: "rename the folder at this path, or write to another folder",
}
WRITE_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EEXIST, errno.EISDIR, errno.ENOTEMPTY}
"""The error numbers (errno) that only a failed write can have."""


def cannot_write(path: Path | None, reason: str | OSError | ValueError, hint: str | None = None) -> IpdocsError:
    """Return the error for a file or folder that cannot be written.

    Args:
        path: The path of the file or folder, if known.
        reason: The reason in words, or the system error.
        hint: The hint; by default, the hint for this system error.
    """
    location = Location(path) if path is not None else None
    number = reason.errno if isinstance(reason, OSError) else None
    hint = hint or _HINTS.get(number or 0, _WRITE_HINT)
    return IpdocsError([Finding("cannot-write", f"the file cannot be written: {_reason(reason)}", location, hint)])


def cannot_read(path: Path | None, reason: str | OSError | ValueError, hint: str | None = None) -> IpdocsError:
    """Return the error for a file or folder that cannot be read."""
    location = Location(path) if path is not None else None
    return IpdocsError([Finding("cannot-read", f"the file cannot be read: {_reason(reason)}", location, hint or _READ_HINT)])


def system_error(error: OSError) -> IpdocsError:
    """Convert an OSError to an IpdocsError, located at the path that the system reports, if any."""
    name = error.filename2 or error.filename
    path = Path(name if isinstance(name, str) else name.decode("utf-8", "replace")) if isinstance(name, str | bytes) else None
    return cannot_write(path, error) if error.errno in WRITE_ERRORS else cannot_read(path, error)


def _reason(reason: str | OSError | ValueError) -> str:
    return (reason.strerror or str(reason)) if isinstance(reason, OSError) else str(reason)
