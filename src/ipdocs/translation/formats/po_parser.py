"""Parse PO files as gettext, polib, translate-toolkit, Poedit and Windows editors write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.files.character_sets import decode_text
from ipdocs.files.ledger import Ledger
from ipdocs.files.reading import unusable_file
from ipdocs.findings import IpdocsError

_LINE_END = re.compile(r"\r\n|\r|\n")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?[ \t]*(?=\")")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*')
_UNCLOSED = re.compile(r'"(?:[^"\\]|\\.)*\\?')
_ESCAPE = re.compile(r"((?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}))+)|\\(.)")
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2}))")
_CHARSET = re.compile(rb"Content-Type:[^\r\n]{0,100}?charset=([\w.:-]{1,40})", re.IGNORECASE)
_CONTROL_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_MESSAGE_BEGINNING = re.compile(r"(?:#~[ \t]*)?msgid(?![_\w])")


@dataclass(slots=True)
class PoEntry:
    """An entry of a PO file.

    Attributes:
        line: the line number of its first keyword.
        context: the context, or None if there is none.
        source: the source text (msgid), or None if there is none.
        translations: the translations, keyed by plural form; 0 if there are no plural forms.
        flags: the flags, such as fuzzy.
        comments: the comments of translators, each with its line number.
        is_obsolete: whether the entry is marked as obsolete.
        has_previous: whether the entry has the source text of which its translation was made.
        message_line: the number of the line on which msgid stands.
    """

    line: int = 0
    context: str | None = None
    source: str | None = None
    translations: dict[int, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    comments: list[tuple[int, str]] = field(default_factory=list)
    is_obsolete: bool = False
    has_previous: bool = False
    message_line: int = 0

    @property
    def is_header(self) -> bool:
        """Whether the entry is the header of the file."""
        return self.source == "" and self.context is None and not self.is_obsolete

    @property
    def is_message(self) -> bool:
        """Whether the entry is a text with its translation."""
        return self.source is not None and not self.is_header and not self.is_obsolete


def decode_po(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of a PO file and its character set; the file may have a byte order mark.

    Raises:
        IpdocsError: the file has another character set than it declares.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decode(data, encoding, path), "utf-8"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        declared = _CHARSET.search(data)
        if declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"charset"):
            raise _not_po("it is not UTF-8", path, 0, "save it again as UTF-8") from None
        charset = declared[1].decode("ascii", "replace").lower()
        if charset in ("big5", "big5-hkscs"):
            return decode_text(data, path).text, "big5hkscs"
        return _decode(data, charset, path), charset


def _decode(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise _not_po(f"it is not {encoding}", path, 0, "save it again as UTF-8") from error


def message_ledger(text: str, path: Path) -> Ledger:
    """Return a ledger with the messages and comments of a PO file, keyed by line number."""
    ledger = Ledger(path)
    for number, line in enumerate(_LINE_END.split(text), 1):
        stripped = line.strip()
        if _MESSAGE_BEGINNING.match(stripped) or (stripped.startswith("#") and not stripped.startswith("#~")):
            ledger.enter(number, "text", stripped, number)
    return ledger


@dataclass(frozen=True, slots=True)
class _PoLine:
    """A line of a PO file.

    Attributes:
        number: the line number.
        keyword: the keyword, such as msgid; "#" for a comment, or an empty string for a line that continues a text.
        index: the plural form of msgstr.
        content: the line without the keyword.
        is_obsolete: whether the line is marked as obsolete.
    """

    number: int
    keyword: str
    index: int
    content: str
    is_obsolete: bool


def parse_po(text: str, charset: str, path: Path) -> Iterator[PoEntry]:
    """Yield the entries of a PO file, with the header and obsolete entries; comments at its end are an entry without texts.

    Args:
        text: the text of the file.
        charset: the character set of bytes that are written as octal numbers.
        path: the path of the file, for findings.

    Raises:
        IpdocsError: the file is not a valid PO file.
    """
    lines: list[_PoLine] = []
    keyword = ""
    for line in _lines(text):
        if keyword == "msgstr" and line.keyword in ("#", "msgctxt", "msgid"):
            yield _entry(lines, charset, path)
            lines, keyword = [], ""
        lines.append(line)
        keyword = line.keyword or keyword
    if any(line.keyword != "#" for line in lines):
        yield _entry(lines, charset, path)
    elif lines:
        end = PoEntry()
        for line in lines:
            _read_comment(end, line.content, line.number)
        yield end


def _lines(text: str) -> Iterator[_PoLine]:
    for number, line in _joined_lines(text):
        content = line.strip()
        is_obsolete = content.startswith("#~")
        if is_obsolete:
            content = content[2:].strip()
            content = f"#{content}" if content.startswith("|") else content
        if content.startswith("#"):
            yield _PoLine(number, "#", 0, content, is_obsolete)
        elif keyword := _KEYWORD.match(content):
            yield _PoLine(number, keyword[1], int(keyword[2] or 0), content[keyword.end() :], is_obsolete)
        elif content:
            yield _PoLine(number, "", 0, content, is_obsolete)


def _entry(lines: Sequence[_PoLine], charset: str, path: Path) -> PoEntry:
    """Return the entry on some lines."""
    entry = PoEntry()
    texts: dict[tuple[str, int], str] = {}
    key: tuple[str, int] | None = None
    for line in lines:
        if line.keyword == "#":
            _read_comment(entry, line.content, line.number)
            continue
        if line.keyword:
            key = (line.keyword, line.index)
            entry.line = entry.line or line.number
            entry.message_line = line.number if line.keyword == "msgid" else entry.message_line
            entry.is_obsolete = entry.is_obsolete or line.is_obsolete
            if key in texts:
                raise _not_po(f"an entry has {line.keyword} twice", path, line.number)
        if key is None or not line.content.startswith('"'):
            raise _not_po(f"this line is neither a comment nor a text: {line.content:.40}", path, line.number)
        texts[key] = texts.get(key, "") + "".join(_strings(line, path))
    for keyword in ("msgid", "msgstr"):
        if not any(key[0] == keyword for key in texts):
            raise _not_po(f"an entry has no {keyword}", path, entry.line)
    values = {key: _unescape(text, charset, path, entry.line) for key, text in texts.items()}
    entry.context, entry.source = values.get(("msgctxt", 0)), values.get(("msgid", 0))
    entry.translations = {index: value for (keyword, index), value in values.items() if keyword == "msgstr"}
    return entry


def _strings(line: _PoLine, path: Path) -> Iterator[str]:
    position = 0
    while string := _STRING.match(line.content, position):
        yield string[1]
        position = string.end()
    if position < len(line.content):
        raise _not_po(f"a quotation mark is missing: {line.content:.40}", path, line.number)


def _joined_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers; a text that an editor wrapped between its quotation marks is one line again."""
    lines = _LINE_END.split(text)
    index = 0
    while index < len(lines):
        number, line = index + 1, lines[index]
        index += 1
        while (
            not line.lstrip().startswith("#")
            and _is_unclosed(line)
            and index < len(lines)
            and lines[index].strip()
            and not lines[index].lstrip().startswith(('"', "#", "msg"))
        ):
            line = f"{line.rstrip()} {lines[index].strip()}"
            index += 1
        yield number, line


def _is_unclosed(line: str) -> bool:
    """Whether the last string of a line has no closing quotation mark."""
    start = line.find('"')
    while start >= 0 and (string := _STRING.match(line, start)):
        start = line.find('"', string.end())
    return start >= 0 and _UNCLOSED.fullmatch(line, start) is not None


def _read_comment(entry: PoEntry, content: str, number: int) -> None:
    marker, rest = content[1:2], content[2:].strip()
    if marker in (",", "="):
        entry.flags.update(flag.strip() for flag in rest.split(","))
    elif marker == "|":
        entry.has_previous = True
    elif marker not in (".", ":") and content[1:].strip():
        entry.comments.append((number, content[1:].strip()))


def _unescape(text: str, charset: str, path: Path, line: int) -> str:
    """Return a string without its escapes; adjacent octal and hexadecimal escapes are bytes of one text."""

    def replace(match: re.Match[str]) -> str:
        if match[1]:
            data = bytes(int(octal, 8) & 255 if octal else int(hexadecimal, 16) for octal, hexadecimal in _BYTE.findall(match[1]))
            return data.decode(charset)
        return _CONTROL_ESCAPES.get(match[2], match[2])

    try:
        return _ESCAPE.sub(replace, text)
    except UnicodeDecodeError as error:
        raise _not_po(f"its escaped bytes are not {charset}", path, line, "export it again without escapes") from error


def _not_po(problem: str, path: Path, line: int, hint: str = "export it again") -> IpdocsError:
    return unusable_file("bad-po", f"this is not a PO file: {problem}", path, hint, line)
