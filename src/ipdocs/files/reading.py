"""Files from elsewhere, read within limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ipdocs.findings import Finding, IpdocsError, Location

MAX_BYTES = 50_000_000

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A file that becomes a pipe after it was looked at does not block."""


def unsafe_file(code: str, message: str, path: Path, hint: str | None = None, line: int = 0) -> IpdocsError:
    """Return the error that a file from elsewhere is refused with."""
    return IpdocsError([Finding(code, message, Location(path, line), hint)])


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file; one that is missing, too large or something else is a finding."""
    with open_regular(path, limit) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, len(data), limit)
    return data


def read_utf8(path: Path) -> str:
    """Return the text of a regular file; what is no UTF-8 is a finding."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise unsafe_file("not-utf8", "this is no text in UTF-8", path, "save it as UTF-8") from error


@contextmanager
def open_regular(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file to read; a pipe, socket or device is never waited for.

    Raises:
        IpdocsError: It is missing, no regular file, larger than the limit in bytes, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise unsafe_file("no-such-file", f"{str(path)!r} is a folder", path, "name the file in it")
        if not stat.S_ISREG(mode):
            raise _not_regular(path)
        with os.fdopen(os.open(path, _READ), "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise _not_regular(path)
            if about.st_size > limit:
                raise _too_large(path, about.st_size, limit)
            yield stream
    except (FileNotFoundError, NotADirectoryError) as error:
        raise unsafe_file("no-such-file", f"there is no file {str(path)!r}", path) from error
    except OSError as error:
        raise unsafe_file("unreadable", f"this file cannot be read: {error.strerror}", path) from error


def _not_regular(path: Path) -> IpdocsError:
    hint = "save it as a file first"
    return unsafe_file("unreadable", "this is no regular file but a pipe, a socket or a device", path, hint)


def _too_large(path: Path, size: int, limit: int) -> IpdocsError:
    message = f"this file has {size:,} bytes; {limit:,} is the limit"
    return unsafe_file("too-large", message, path, "part it, or shrink pictures")
