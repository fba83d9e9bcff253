"""A source as characters: read within limits, each position of it a line and a column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source.characters import character_name, refused_characters

MAX_BYTES = 2_000_000
"""The longest source that is read; the longest of a year's releases had 60,000 bytes."""

_LINE = re.compile(r"\r\n|\n|\r")


class SourceText:
    """The text of a source, byte order mark and line ends as they are in the file."""

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
        """Where the text begins: after the byte order mark, if there is one."""
        return 1 if self.text.startswith("\ufeff") else 0

    @cached_property
    def newline(self) -> str:
        """The line end of the file: that of its first line."""
        match = _LINE.search(self.text)
        return match[0] if match else "\n"

    def line_start(self, position: int) -> int:
        """Return where the line of a position begins."""
        return self._lines[bisect_right(self._lines, position) - 1]

    def line_end(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        match = _LINE.search(self.text, position)
        return match.start() if match else len(self.text)

    def next_line(self, position: int) -> int:
        """Return where the line after that of a position begins; after the last line, where the file ends."""
        match = _LINE.search(self.text, position)
        return match.end() if match else len(self.text)

    def locate(self, start: int, length: int = 0) -> Location:
        """Return the location of length characters from a position, as far as they stand in one line."""
        line = bisect_right(self._lines, start)
        begin = self._lines[line - 1]
        column = start - begin + 1 - (self.body if line == 1 else 0)
        end = _LINE.search(self.text, start)
        return Location(self.path, line, max(column, 1), min(length, (end.start() if end else len(self.text)) - start))


def read_text(path: Path) -> SourceText:
    """Return a file's text; one that is missing, too large or not UTF-8, or whose path is no text, is a finding."""
    try:
        if not path.is_file():
            other = "it is a pipe, socket or device; name a file" if path.exists() else None
            hint = "it is a folder; name the file in it" if path.is_dir() else other
            raise _refused("no-such-file", f"there is no file {str(path)!r}", path, hint)
        if (size := path.stat().st_size) > MAX_BYTES:
            message = f"this file has {size:,} bytes; a source may have {MAX_BYTES:,}"
            raise _refused("too-large", message, path, "keep pictures and annexes in files of their own")
        _refuse_name(path)
        content = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise _refused("unreadable", f"this file cannot be read: {error.strerror}", path, None) from error
    return _decoded(path, content)


def _refuse_name(path: Path) -> None:
    """Refuse a path that no web page or manifest can tell: it has bytes that are not UTF-8, or characters that are none."""
    for offset, code, _, _ in refused_characters(str(path)):
        if code in ("surrogate", "noncharacter"):
            message = f"the path of this source has {character_name(str(path)[offset])}, which no text may have"
            raise _refused(code, message, path, "rename the file or folder, in UTF-8")


def _decoded(path: Path, content: bytes) -> SourceText:
    try:
        return SourceText(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = SourceText(path, content[: error.start].decode("utf-8"))
        place = before.locate(len(before.text), 1)
        message = f"byte {content[error.start]:02X} is not UTF-8"
        hint = "save the file as UTF-8; text from elsewhere may be in Big5, GBK or UTF-16"
        raise IpdocsError([Finding("not-utf8", message, Location(path, place.line, place.column, 1), hint)]) from error


def _refused(code: str, message: str, path: Path, hint: str | None) -> IpdocsError:
    return IpdocsError([Finding(code, message, Location(path), hint)])
