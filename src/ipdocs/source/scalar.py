"""Decode YAML scalars (quoted, plain or block) to text, with the position of each character.

In every style, the lines of a text are joined with a space, or without a space in Chinese. To keep a line break, end the line
with a backslash, or write \\n in double quotes. A blank line within a text would be lost, so it is reported.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from itertools import takewhile

from ipdocs.findings import Location
from ipdocs.source.file import SourceText

_BREAK = r"(?:\r\n|\n|\r)"
_FLOW_TOKENS = {
    "": re.compile(rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<run>[^ \t\r\n]+(?: [^ \t\r\n]+)*)|(?P<plain>.)", re.DOTALL),
    "'": re.compile(
        rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<quote>'')|(?P<run>[^' \t\r\n]+(?: [^' \t\r\n]+)*)|(?P<plain>.)", re.DOTALL
    ),
    '"': re.compile(
        rf"(?P<soft>[ \t]*{_BREAK}[ \t]*)|(?P<continued>\\{_BREAK}[ \t]*)"
        r"|(?P<code>\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})|(?P<escape>\\.)"
        r"|(?P<run>[^\\ \t\r\n]+(?: [^\\ \t\r\n]+)*)|(?P<plain>.)",
        re.DOTALL,
    ),
}
"""The parts of scalars that are not blocks, keyed by quotation mark; a run has no character with a special meaning."""
_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_BLOCK_HEADER = re.compile(
    rf"[|>](?:[+-]?(?P<indent_after_chomping>[1-9])|(?P<indent_before_chomping>[1-9])?[+-]?)[ \t]*(?:#[^\r\n]*)?(?:{_BREAK}|$)"
)
_LINE = re.compile(rf"(?P<content>[^\r\n]*)(?P<end>{_BREAK}|$)")

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{_HAN}\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_HAN_OR_LATIN_WORD = re.compile(rf"([{_HAN}])|[A-Za-z]+")


@dataclass(slots=True)
class DecodedScalar:
    """The characters of a scalar, the start and end of each character in the file, and the positions of blank lines."""

    characters: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("L"))
    ends: array[int] = field(default_factory=lambda: array("L"))
    blank_lines: list[int] = field(default_factory=list)

    def add(self, character: str, start: int, end: int) -> None:
        """Append a character, or an empty string for the end of a line."""
        self.characters.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def add_run(self, text: str, start: int) -> None:
        """Append characters that stand in the file as they are."""
        self.characters.extend(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def add_part(self, other: DecodedScalar, start: int, end: int) -> None:
        """Append characters of another scalar, with their positions."""
        self.characters.extend(other.characters[start:end])
        self.starts.extend(other.starts[start:end])
        self.ends.extend(other.ends[start:end])

    def pop(self) -> None:
        """Remove the last character."""
        for values in (self.characters, self.starts, self.ends):
            values.pop()


@dataclass(frozen=True, slots=True)
class ScalarSpan:
    """The position of a text in its file: the start and end of the scalar, and of each character."""

    file: SourceText
    start: int
    end: int
    starts: array[int]
    ends: array[int]

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the location of `length` characters from an offset; an offset outside the text gives the end of the text."""
        if not 0 <= offset < len(self.starts):
            return self.file.locate(self.ends[-1] if self.ends else self.start)
        start = self.starts[offset]
        last_index = min(offset + length, len(self.ends)) - 1
        return self.file.locate(start, self.ends[last_index] - start if length else 0)


def decode(source: str, start: int, end: int, style: str, indent: int) -> DecodedScalar:
    """Decode the scalar from `start` to `end` and join its lines; a block scalar needs the indentation of its parent."""
    decoded = _decode_block(source, start, end, indent) if style in ("|", ">") else _decode_flow(source, start, end, style)
    return _with_joined_lines(decoded)


def _decode_flow(source: str, start: int, end: int, style: str) -> DecodedScalar:
    decoded = DecodedScalar()
    inner = (start, end) if not style else (start + 1, end - 1)
    for match in _FLOW_TOKENS[style].finditer(source, *inner):
        kind, text = match.lastgroup, match[0]
        if kind == "run":
            decoded.add_run(text, match.start())
        elif kind != "continued":
            decoded.add(_decode_character(str(kind), text), match.start(), match.end())
    return decoded


def _decode_character(kind: str, text: str) -> str:
    match kind:
        case "soft":
            return ""
        case "code":
            return chr(int(text[2:], 16))
        case "escape":
            return _ESCAPES[text[1]]
        case _:
            return text[0]


def _decode_block(source: str, start: int, end: int, parent_indent: int) -> DecodedScalar:
    decoded = DecodedScalar()
    header = _BLOCK_HEADER.match(source, start, end)
    position = header.end() if header else end
    indicator = header and (header["indent_after_chomping"] or header["indent_before_chomping"])
    indent = parent_indent + int(indicator) if indicator else None
    while position < end and (line := _LINE.match(source, position, end)):
        content = line["content"]
        if content.strip(" \t"):
            if indent is None:
                indent = len(content) - len(content.lstrip(" "))
            decoded.add_run(content[indent:], position + indent)
        decoded.add("", line.start("end"), line.end())
        position = line.end()
    return decoded


def _with_joined_lines(scalar: DecodedScalar) -> DecodedScalar:
    """Join the lines of a text, with a space where the characters on both sides need it."""
    characters = scalar.characters
    if "" not in characters and "\n" not in characters:
        return scalar
    text = DecodedScalar()
    whole_text = "".join(character or " " for character in characters)
    in_chinese = is_chinese(whole_text) or _has_only_chinese_punctuation(whole_text)
    index = 0
    while index < len(characters):
        if characters[index]:
            end = _end_of_line(characters, index)
            if "\n" in characters[index:end]:
                text.blank_lines += _repeated_breaks(text, scalar, index, end)
            text.add_part(scalar, index, end)
            index = end
            continue
        start, end = scalar.starts[index], scalar.ends[index]
        index += 1
        while text.characters and text.characters[-1] in " \t":
            text.pop()
        break_count = 1
        while index < len(characters) and characters[index] in ("", " ", "\t"):
            break_count += not characters[index]
            index += 1
        if text.characters and index < len(characters):
            if break_count > 1:
                text.blank_lines.append(start)
            _add_line_join(text, characters[index], start, end, in_chinese)
    return text


def _end_of_line(characters: list[str], index: int) -> int:
    """Return the index of the next end of a line, or the number of characters."""
    try:
        return characters.index("", index)
    except ValueError:
        return len(characters)


def _repeated_breaks(text: DecodedScalar, scalar: DecodedScalar, start: int, end: int) -> list[int]:
    """Return the positions of line breaks that directly follow another line break; `text` has the characters before `start`."""
    characters = [*text.characters[-1:], *scalar.characters[start:end]]
    first = len(characters) - (end - start)
    return [
        scalar.starts[start + index - first]
        for index in range(max(first, 1), len(characters))
        if characters[index] == characters[index - 1] == "\n"
    ]


def _add_line_join(text: DecodedScalar, next_character: str, start: int, end: int, in_chinese: bool) -> None:
    """Add a line break if the line ends with a backslash; otherwise add a space, or nothing, between the lines."""
    backslashes = sum(1 for _ in takewhile("\\".__eq__, reversed(text.characters)))
    if backslashes % 2:
        backslash = text.starts[-1]
        text.pop()
        text.add("\n", backslash, end)
    elif not _joins_without_space(text.characters[-1], next_character, in_chinese):
        text.add(" ", start, end)


def _joins_without_space(before: str, after: str, in_chinese: bool) -> bool:
    """Whether lines that end and begin with these characters join without a space; markup in Chinese counts as Chinese."""
    if in_chinese:
        return not (before.isascii() and before not in "}*])" and after.isascii() and after not in "{*[")
    return bool(_CHINESE.match(before) and _CHINESE.match(after))


def is_chinese(text: str) -> bool:
    """Whether a text has more Chinese characters than Latin words, ignoring its expressions."""
    han = [bool(match[1]) for match in _HAN_OR_LATIN_WORD.finditer(_EXPRESSION.sub("", text))]
    return 2 * sum(han) > len(han)


def _has_only_chinese_punctuation(text: str) -> bool:
    """Whether a text has Chinese punctuation but no words, ignoring its expressions."""
    text_without_expressions = _EXPRESSION.sub("", text)
    return not _HAN_OR_LATIN_WORD.search(text_without_expressions) and _CHINESE.search(text_without_expressions) is not None
