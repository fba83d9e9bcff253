"""Scalars: the text that a quoted, plain or block scalar of YAML stands for, each character with its place.

Lines of a text are joined here, whatever the style: with a space, in Chinese without; a backslash at the end of a line, like
\\n in double quotes, keeps it as a line break; a blank line within a text is reported, for it would be lost.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from itertools import takewhile

from ipdocs.findings import Location
from ipdocs.source.file import SourceText

_BREAK = r"(?:\r\n|\n|\r)"
_FLOW = {
    "": re.compile(rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<plain>.)", re.DOTALL),
    "'": re.compile(rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<quote>'')|(?P<plain>.)", re.DOTALL),
    '"': re.compile(
        rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<continued>\\{_BREAK}[ \t]*)"
        r"|(?P<code>\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})|(?P<escape>\\.)|(?P<plain>.)",
        re.DOTALL,
    ),
}
_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_HEADER = re.compile(rf"[|>](?:[+-]?(?P<before>[1-9])|(?P<after>[1-9])?[+-]?)[ \t]*(?:#[^\r\n]*)?(?:{_BREAK}|$)")
_LINE = re.compile(rf"(?P<content>[^\r\n]*)(?P<end>{_BREAK}|$)")

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{_HAN}\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_WORDS = re.compile(rf"([{_HAN}])|[A-Za-z]+")


@dataclass(slots=True)
class Decoded:
    """A scalar's text: where each character begins and ends in the file, and where blank lines cut it."""

    characters: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("L"))
    ends: array[int] = field(default_factory=lambda: array("L"))
    blank_lines: list[int] = field(default_factory=list)

    def add(self, character: str, start: int, end: int) -> None:
        """Append a character; none stands for the end of a line."""
        self.characters.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def pop(self) -> None:
        """Take the last character away."""
        for parts in (self.characters, self.starts, self.ends):
            parts.pop()


@dataclass(frozen=True, slots=True)
class ScalarSpan:
    """The place of a text in its file: the nth character of what was read is found where it was written."""

    file: SourceText
    start: int
    end: int
    starts: array[int]
    ends: array[int]

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the location of length characters of the text from an offset; past its end, where it ends."""
        if not 0 <= offset < len(self.starts):
            return self.file.locate(self.ends[-1] if self.ends else self.start)
        start = self.starts[offset]
        last = min(offset + length, len(self.ends)) - 1
        return self.file.locate(start, self.ends[last] - start if length else 0)


def decode(source: str, start: int, end: int, style: str, indent: int) -> Decoded:
    """Return the text of the scalar between two positions, its lines joined; indent is its parent's, for block scalars."""
    written = _block(source, start, end, indent) if style in ("|", ">") else _flow(source, start, end, style)
    return _joined(written)


def _flow(source: str, start: int, end: int, style: str) -> Decoded:
    written = Decoded()
    inner = (start, end) if not style else (start + 1, end - 1)
    for match in _FLOW[style].finditer(source, *inner):
        kind, text = match.lastgroup, match[0]
        if kind != "continued":
            written.add(_character(str(kind), text), match.start(), match.end())
    return written


def _character(kind: str, text: str) -> str:
    match kind:
        case "soft":
            return ""
        case "code":
            return chr(int(text[2:], 16))
        case "escape":
            return _ESCAPES[text[1]]
        case _:
            return text[0]


def _block(source: str, start: int, end: int, parent: int) -> Decoded:
    written = Decoded()
    header = _HEADER.match(source, start, end)
    position = header.end() if header else end
    given = header and (header["before"] or header["after"])
    indent = parent + int(given) if given else None
    while position < end and (line := _LINE.match(source, position, end)):
        content = line["content"]
        if content.strip(" \t"):
            if indent is None:
                indent = len(content) - len(content.lstrip(" "))
            for offset in range(indent, len(content)):
                written.add(content[offset], position + offset, position + offset + 1)
        written.add("", line.start("end"), line.end())
        position = line.end()
    return written


def _joined(written: Decoded) -> Decoded:
    """Return a text with its lines made one: what a line's end becomes depends on what stands beside it."""
    text = Decoded()
    whole = "".join(character or " " for character in written.characters)
    chinese = is_chinese(whole) or _is_punctuated(whole)
    pieces = list(zip(written.characters, written.starts, written.ends, strict=True))
    index = 0
    while index < len(pieces):
        character, start, end = pieces[index]
        index += 1
        if character:
            if character == "\n" and text.characters[-1:] == ["\n"]:
                text.blank_lines.append(start)
            text.add(character, start, end)
            continue
        while text.characters and text.characters[-1] in " \t":
            text.pop()
        breaks = 1
        while index < len(pieces) and pieces[index][0] in ("", " ", "\t"):
            breaks += not pieces[index][0]
            index += 1
        if text.characters and index < len(pieces):
            if breaks > 1:
                text.blank_lines.append(start)
            _join(text, pieces[index][0], start, end, chinese)
    return text


def _join(text: Decoded, following: str, start: int, end: int, chinese: bool) -> None:
    """Put between two lines what their end stands for: a line break after a backslash, a space, or nothing."""
    backslashes = sum(1 for _ in takewhile("\\".__eq__, reversed(text.characters)))
    if backslashes % 2:
        backslash = text.starts[-1]
        text.pop()
        text.add("\n", backslash, end)
    elif not _close(text.characters[-1], following, chinese):
        text.add(" ", start, end)


def _close(before: str, after: str, chinese: bool) -> bool:
    """Tell whether two characters at the ends of lines join without a space; markup counts as the text it stands in."""
    if chinese:
        return not (before.isascii() and before not in "}*])" and after.isascii() and after not in "{*[")
    return bool(_CHINESE.match(before) and _CHINESE.match(after))


def is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese: it has more Chinese characters than Latin words, expressions not counted."""
    chinese = [bool(match[1]) for match in _WORDS.finditer(_EXPRESSION.sub("", text))]
    return 2 * sum(chinese) > len(chinese)


def _is_punctuated(text: str) -> bool:
    """Tell whether a text has Chinese punctuation between its expressions, and no words."""
    written = _EXPRESSION.sub("", text)
    return not _WORDS.search(written) and _CHINESE.search(written) is not None
