"""Files from elsewhere, read within limits."""

from __future__ import annotations

from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

MAX_BYTES = 50_000_000


def unsafe_file(code: str, message: str, path: Path, hint: str | None = None, line: int = 0) -> IpdocsError:
    """Return the error that a file from elsewhere is refused with."""
    return IpdocsError([Finding(code, message, Location(path, line), hint)])


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a file; one that is missing or too large is a finding."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise unsafe_file("no-such-file", f"{str(path)!r} is a folder", path, "name the file in it")
        if size > limit:
            raise unsafe_file(
                "too-large", f"this file has {size:,} bytes; {limit:,} is the limit", path, "part it, or shrink pictures"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unsafe_file("no-such-file", f"there is no file {str(path)!r}", path) from error
    except OSError as error:
        raise unsafe_file("unreadable", f"this file cannot be read: {error.strerror}", path) from error
