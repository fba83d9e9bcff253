"""The text of a source file, and the lines and columns of its positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source.characters import character_name, refused_characters

MAX_BYTES = 2_000_000
"""The largest size of a source; the longest of a year's releases had 60,000 bytes."""

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
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE.finditer(self.text))]

    @property
    def body(self) -> int:
        """The position at which the text begins, after a byte order mark."""
        return 1 if self.text.startswith("\ufeff") else 0

    @cached_property
    def newline(self) -> str:
        """The line end of the file, as in its first line."""
        match = _LINE.search(self.text)
        return match[0] if match else "\n"

    def line_start(self, position: int) -> int:
        """Return the start of the line that contains a position."""
        return self._lines[bisect_right(self._lines, position) - 1]

    def line_end(self, position: int) -> int:
        """Return the end of the line that contains a position, before the line end."""
        match = _LINE.search(self.text, position)
        return match.start() if match else len(self.text)

    def next_line(self, position: int) -> int:
        """Return the start of the next line, or the end of the file."""
        match = _LINE.search(self.text, position)
        return match.end() if match else len(self.text)

    def locate(self, start: int, length: int = 0) -> Location:
        """Return the location of `length` characters from a position, cut at the end of the line."""
        line = bisect_right(self._lines, start)
        line_start = self._lines[line - 1]
        column = start - line_start + 1 - (self.body if line == 1 else 0)
        end = _LINE.search(self.text, start)
        return Location(self.path, line, max(column, 1), min(length, (end.start() if end else len(self.text)) - start))


def read_text(path: Path) -> SourceText:
    """Read a source file.

    Raises:
        IpdocsError: the file is missing, too large or not UTF-8, or its path is not valid Unicode text.
    """
    try:
        if not path.is_file():
            special = "name a regular file; this is a pipe, socket or device" if path.exists() else "check its name and folder"
            hint = "name a file in the folder" if path.is_dir() else special
            raise _error("no-such-file", f"there is no file {str(path)!r}", path, hint)
        if (size := path.stat().st_size) > MAX_BYTES:
            message = f"this file has {size:,} bytes; a source may have {MAX_BYTES:,}"
            raise _error("too-large", message, path, "move pictures and annexes to separate files")
        _check_path(path)
        content = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise _error("unreadable", f"this file cannot be read: {error.strerror}", path, None) from error
    return _decoded(path, content)


def _check_path(path: Path) -> None:
    """Refuse a path that web pages and manifests cannot contain: with bytes that are not UTF-8, or with noncharacters."""
    for offset, code, _, _ in refused_characters(str(path)):
        if code in ("surrogate", "noncharacter"):
            message = f"the path of this source has {character_name(str(path)[offset])}, which is not allowed in text"
            raise _error(code, message, path, "rename the file or folder with characters of UTF-8")


def _decoded(path: Path, content: bytes) -> SourceText:
    try:
        return SourceText(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        valid_part = SourceText(path, content[: error.start].decode("utf-8"))
        place = valid_part.locate(len(valid_part.text), 1)
        message = f"byte {content[error.start]:02X} is not UTF-8"
        hint = "save the file as UTF-8; it may be in Big5, GBK or UTF-16 now"
        raise IpdocsError([Finding("not-utf8", message, Location(path, place.line, place.column, 1), hint)]) from error


def _error(code: str, message: str, path: Path, hint: str | None) -> IpdocsError:
    return IpdocsError([Finding(code, message, Location(path), hint)])
