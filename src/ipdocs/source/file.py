"""Read source files, and convert positions in their text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source.characters import character_name, forbidden_characters

MAX_BYTES = 2_000_000
"""The maximum size of a source; the longest press release of one year had 60,000 bytes."""

_LINE = re.compile(r"\r\n|\n|\r")


class SourceText:
    """The text of a source, with the byte order mark and line ends of the file."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE.finditer(self.text))]

    @property
    def start(self) -> int:
        """The position after the byte order mark, or 0 if there is none."""
        return 1 if self.text.startswith("\ufeff") else 0

    @cached_property
    def newline(self) -> str:
        """The line break after the first line of the file; a line feed if the file has only one line."""
        match = _LINE.search(self.text)
        return match[0] if match else "\n"

    def line_start(self, position: int) -> int:
        """Return the start of the line that contains a position."""
        return self._line_starts[bisect_right(self._line_starts, position) - 1]

    def line_end(self, position: int) -> int:
        """Return the end of the line that contains a position, before its line break."""
        match = _LINE.search(self.text, position)
        return match.start() if match else len(self.text)

    def next_line(self, position: int) -> int:
        """Return the start of the next line, or the end of the file."""
        match = _LINE.search(self.text, position)
        return match.end() if match else len(self.text)

    def position(self, location: Location) -> int:
        """Return the position of a location in this file; the start of the line if the location names no column."""
        line_start = self._line_starts[min(max(location.line, 1), len(self._line_starts)) - 1]
        return line_start + max(location.column - 1, 0) + (self.start if location.line <= 1 else 0)

    def locate(self, start: int, length: int = 0) -> Location:
        """Return the location of `length` characters from a position, but not beyond the end of the line."""
        line = bisect_right(self._line_starts, start)
        line_start = self._line_starts[line - 1]
        column = start - line_start + 1 - (self.start if line == 1 else 0)
        return Location(self.path, line, max(column, 1), min(length, self.line_end(start) - start))


def read_text(path: Path) -> SourceText:
    """Read a source file.

    Raises:
        IpdocsError: the file is missing, too large or not UTF-8, or its path is not valid Unicode text.
    """
    try:
        if not path.is_file():
            other_hint = "name a regular file; this is a pipe, socket or device" if path.exists() else "check its name and folder"
            hint = "name a file in the folder" if path.is_dir() else other_hint
            raise _error("no-such-file", f"there is no file {str(path)!r}", path, hint)
        if (size := path.stat().st_size) > MAX_BYTES:
            message = f"this file has {size:,} bytes; the limit for a source is {MAX_BYTES:,}"
            raise _error("too-large", message, path, "move pictures and annexes to separate files")
        _check_path(path)
        content = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise _error("unreadable", f"this file cannot be read: {error.strerror}", path, None) from error
    return _decode(path, content)


def _check_path(path: Path) -> None:
    """Refuse a path with bytes that are not UTF-8 or with noncharacters, which web pages and manifests cannot contain."""
    for offset, code, _, _ in forbidden_characters(str(path)):
        if code in ("surrogate", "noncharacter"):
            message = f"the path of this source contains {character_name(str(path)[offset])}, which is not allowed in text"
            raise _error(code, message, path, "rename the file or folder without this character")


def _decode(path: Path, content: bytes) -> SourceText:
    try:
        return SourceText(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        valid_part = SourceText(path, content[: error.start].decode("utf-8"))
        location = replace(valid_part.locate(len(valid_part.text)), length=1)
        message = f"byte {content[error.start]:02X} is not UTF-8"
        hint = "save the file as UTF-8; it may be in Big5, GBK or UTF-16 now"
        raise IpdocsError([Finding("not-utf8", message, location, hint)]) from error


def _error(code: str, message: str, path: Path, hint: str | None) -> IpdocsError:
    return IpdocsError([Finding(code, message, Location(path), hint)])
