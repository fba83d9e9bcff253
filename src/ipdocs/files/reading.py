"""Files from elsewhere, read within limits, and why one of them is refused."""

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

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A file that becomes a pipe after it was looked at does not block."""

Reason = Literal[
    "missing", "unreadable", "too-long", "damaged", "encrypted", "old-format", "wrong-kind", "unpacks", "misplaced", "active",
    "external", "doctype", "not-xml", "not-html",
]  # fmt: skip
"""Why a file is refused. An entrance may have a code of its own for each, such as annex-reaches-out for "external"."""

CODES: Mapping[Reason, str] = {
    "missing": "no-such-file",
    "unreadable": "unreadable",
    "too-long": "too-large",
    "damaged": "damaged-file",
    "encrypted": "encrypted-file",
    "old-format": "old-format",
    "wrong-kind": "damaged-file",
    "unpacks": "hostile-file",
    "misplaced": "hostile-file",
    "active": "hostile-file",
    "external": "hostile-file",
    "doctype": "hostile-file",
    "not-xml": "bad-xml",
    "not-html": "bad-html",
}
"""The code of each reason at the entrances that have none of their own."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One reason to refuse a file: a message that reads on from the name of the file, and an instruction."""

    reason: Reason
    message: str
    hint: str | None = None
    line: int = 0


class UnsafeFile(IpdocsError):
    """A file that is refused, with a finding for each of its problems."""

    def __init__(self, path: Path, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            Finding(CODES[problem.reason], problem.message, Location(path, problem.line), problem.hint)
            for problem in self.problems
        )

    def relabelled(
        self, codes: Mapping[Reason, str], other: str, location: Location | None = None, subject: str = ""
    ) -> IpdocsError:
        """Return the same findings as an entrance reports them.

        Args:
            codes: The entrance's own codes by reason.
            other: Its code for every reason that is not among them.
            location: Where the file is named, if the file itself is not the place to look at.
            subject: What the messages begin with where the location does not say which file is meant.
        """
        return IpdocsError(
            replace(
                finding,
                code=codes.get(problem.reason, other),
                location=location or finding.location,
                message=f"{subject}{finding.message}",
            )
            for problem, finding in zip(self.problems, self.findings, strict=True)
        )


def unsafe_file(code: str, message: str, path: Path, hint: str | None = None, line: int = 0) -> IpdocsError:
    """Return the error that a file from elsewhere is refused with by those who read its content."""
    return IpdocsError([Finding(code, message, Location(path, line), hint)])


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file.

    Raises:
        UnsafeFile: It is missing, no regular file, larger than the limit in bytes, or may not be read.
    """
    with open_regular(path, limit) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_long(path, len(data), limit)
    return data


@contextmanager
def open_regular(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file to read; a pipe or a device is never waited for.

    Raises:
        UnsafeFile: as in read_bytes; what cannot be read inside the context is reported the same way.
    """
    try:
        with os.fdopen(_descriptor(path), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limit:
                raise _too_long(path, size, limit)
            yield stream
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refused("missing", f"there is no file {str(path)!r}", path) from error
    except OSError as error:
        raise _refused("unreadable", f"this file cannot be read: {error.strerror}", path) from error


def read_utf8(path: Path, limit: int = MAX_BYTES) -> str:
    """Return the text of a regular file; what is no UTF-8 is a finding at the first byte that is none."""
    return decode_utf8(read_bytes(path, limit), path)


def decode_utf8(data: bytes, path: Path, code: str = "not-utf8", hint: str = "save it as UTF-8") -> str:
    """Return the text that a file's bytes are; what is no UTF-8 is a finding with this code at the first byte that is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Location(path, *line_and_column(data[: error.start].decode("utf-8"), error.start))
        raise IpdocsError([Finding(code, "this is no text in UTF-8", place, hint)]) from error


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset in a text; both count from 1."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _descriptor(path: Path) -> int:
    """Return the descriptor of a regular file; it is looked at before it is opened, as a device may act on that, and after."""
    try:
        if path.is_dir():
            raise _refused("missing", f"{str(path)!r} is a folder", path, "name the file in it")
        if stat.S_ISREG(path.stat().st_mode):
            descriptor = os.open(path, _READ)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return descriptor
            os.close(descriptor)
    except ValueError as error:
        raise _refused("missing", f"no file can have the name {str(path)!r}", path) from error
    raise _refused("unreadable", "this is no regular file but a pipe, a socket or a device", path, "save it as a file first")


def _refused(reason: Reason, message: str, path: Path, hint: str | None = None) -> UnsafeFile:
    return UnsafeFile(path, [FileProblem(reason, message, hint)])


def _too_long(path: Path, size: int, limit: int) -> UnsafeFile:
    message = f"this file has {size:,} bytes; {limit:,} is the limit"
    return _refused("too-long", message, path, "save it smaller, or in several files")
