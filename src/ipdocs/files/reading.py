"""Read untrusted files within size limits, and report why a file is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from ipdocs.findings import Finding, IpdocsError, Location

MAX_BYTES = 50_000_000
"""Maximum size of a file in bytes, unless a reader has its own limit."""

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags to open a file without waiting, in case a pipe replaces the file after the check."""

Reason = Literal[
    "missing", "unreadable", "too-large", "damaged", "encrypted", "old-format", "wrong-kind", "bomb", "unsafe-path", "active",
    "external", "doctype", "not-xml", "not-html",
]  # fmt: skip
"""Reasons to refuse a file. A reader may report its own code for a reason, such as annex-reaches-out for "external"."""

CODES: Mapping[Reason, str] = {
    "missing": "no-such-file",
    "unreadable": "unreadable",
    "too-large": "too-large",
    "damaged": "damaged-file",
    "encrypted": "encrypted-file",
    "old-format": "old-format",
    "wrong-kind": "damaged-file",
    "bomb": "hostile-file",
    "unsafe-path": "hostile-file",
    "active": "hostile-file",
    "external": "hostile-file",
    "doctype": "hostile-file",
    "not-xml": "bad-xml",
    "not-html": "bad-html",
}
"""The default code of the finding for each reason."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A problem that makes a reader refuse a file.

    Attributes:
        reason: The kind of problem.
        message: A sentence that can follow the name of the file.
        hint: The instruction for the user, if any.
        line: The number of the line with the problem, from 1; 0 if the problem has no line.
    """

    reason: Reason
    message: str
    hint: str | None = None
    line: int = 0


class UnsafeFile(IpdocsError):
    """Raised for a file that is refused, with a finding for each problem."""

    def __init__(self, path: Path, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            Finding(CODES[problem.reason], problem.message, Location(path, problem.line), problem.hint)
            for problem in self.problems
        )

    def to_ipdocs_error(
        self, codes: Mapping[Reason, str], default: str, location: Location | None = None, subject: str = ""
    ) -> IpdocsError:
        """Return an error with the same findings, but with the reader's own codes.

        Args:
            codes: The reader's codes, keyed by reason.
            default: The code for all other reasons.
            location: The place in a source that names the file, if findings should point to it rather than to the file.
            subject: The beginning of each message, if the location does not show which file is meant.
        """
        return IpdocsError(
            replace(
                finding,
                code=codes.get(problem.reason, default),
                location=location or finding.location,
                message=f"{subject}{finding.message}",
            )
            for problem, finding in zip(self.problems, self.findings, strict=True)
        )


def unusable_file(code: str, message: str, path: Path, hint: str | None = None, line: int = 0) -> IpdocsError:
    """Return an error with one finding about a file that cannot be used; a line of 0 means the whole file."""
    return IpdocsError([Finding(code, message, Location(path, line), hint)])


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file.

    Raises:
        UnsafeFile: The file is missing, is not a regular file, has more than `limit` bytes, or is unreadable.
    """
    with open_regular(path, limit) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, len(data), limit)
    return data


@contextmanager
def open_regular(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without waiting for a pipe or a device.

    Raises:
        UnsafeFile: The file is refused as in `read_bytes`, or reading it inside the context fails.
    """
    try:
        with os.fdopen(_open_descriptor(path), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limit:
                raise _too_large(path, size, limit)
            yield stream
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _unsafe("missing", f"there is no file {str(path)!r}", path, "check its name and folder") from error
    except OSError as error:
        raise _unsafe(
            "unreadable", f"this file cannot be read: {error.strerror}", path, "check that you have permission to read it"
        ) from error


def read_utf8(path: Path, limit: int = MAX_BYTES) -> str:
    """Return the text in a regular file that is encoded in UTF-8.

    Raises:
        IpdocsError: The file is refused, or is not UTF-8.
    """
    return decode_utf8(read_bytes(path, limit), path)


def decode_utf8(data: bytes, path: Path, code: str = "not-utf8", hint: str = "save it as UTF-8") -> str:
    """Decode the content of a file as UTF-8.

    Raises:
        IpdocsError: The content is not UTF-8. The finding has the given code and the location of the first invalid byte.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        location = Location(path, *line_and_column(data[: error.start].decode("utf-8"), error.start))
        raise IpdocsError([Finding(code, "this is not UTF-8 text", location, hint)]) from error


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset in a text, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _open_descriptor(path: Path) -> int:
    """Open a regular file and return its descriptor.

    The file type is checked before opening, since opening a device may have side effects, and again after opening.
    """
    try:
        if path.is_dir():
            raise _unsafe("missing", f"{str(path)!r} is a folder", path, "name a file in this folder")
        if stat.S_ISREG(path.stat().st_mode):
            descriptor = os.open(path, _OPEN_FLAGS)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return descriptor
            os.close(descriptor)
    except ValueError as error:
        raise _unsafe("missing", f"no file can have the name {str(path)!r}", path) from error
    raise _unsafe("unreadable", "this is not a file but a pipe, a socket or a device", path, "save its content as a file first")


def _unsafe(reason: Reason, message: str, path: Path, hint: str | None = None) -> UnsafeFile:
    return UnsafeFile(path, [FileProblem(reason, message, hint)])


def _too_large(path: Path, size: int, limit: int) -> UnsafeFile:
    message = f"this file has {size:,} bytes; the limit is {limit:,}"
    return _unsafe("too-large", message, path, "reduce the size of the file")
