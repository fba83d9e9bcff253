"""Write the YAML lines of new sources and of new parts of sources, in the style that authors use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipdocs.source.file import SourceText
from ipdocs.source.insertion import block_lines, double_quoted
from ipdocs.source.kept import Kept, kept_entry_lines, kept_lines
from ipdocs.source.yaml import Node

_MAX_LINE_LENGTH = 90
"""The maximum length of a text that is written on one line."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]*")
"""A value that needs no quotes."""

_LANGUAGE = re.compile("(?!id$)[a-z]{2,3}")
"""A key whose value, if it is one text, is the text in a language."""


def text_lines(key: str, texts: Mapping[str, str], indent: int) -> Iterator[str]:
    """Yield the lines for a key whose value maps languages to texts; long texts become block scalars."""
    space = " " * indent
    yield f"{space}{key}:"
    for language, text in texts.items():
        yield from value_lines(language, text, indent + 2)


def value_lines(key: str, text: str, indent: int) -> Iterator[str]:
    """Yield the lines for a key whose value is one text."""
    space = " " * indent
    lines = [] if len(text) <= _MAX_LINE_LENGTH or "\n" in text or text[0] in "#%" else block_lines(text)
    if not lines:
        yield f"{space}{key}: {double_quoted(text)}"
        return
    yield f"{space}{key}: |"
    yield from (f"{space}  {line}" for line in lines)


def entry_lines(lines: Iterable[str], indent: int) -> Iterator[str]:
    """Yield lines as a list entry, with a hyphen before the first line and indentation before the other lines."""
    for index, line in enumerate(lines):
        space = " " * indent
        yield f"{space}{'- ' if index == 0 else '  '}{line}" if line else ""


@dataclass(frozen=True, slots=True)
class LineWriter:
    """Writes plain values, of which parts may be kept from a source, as YAML lines.

    Attributes:
        file: the text of the source.
        root: the node of the whole source.
        list_indent: how far the hyphens of a list are indented below their key.
    """

    file: SourceText
    root: Node
    list_indent: int

    def key_lines(self, key: str, value: Any) -> list[str]:
        """Return the lines of a key with its value."""
        is_inline, lines = self.value(value, key)
        if is_inline:
            return [f"{key}: {lines[0]}", *lines[1:]]
        indent = " " * (self.list_indent if lines[0].startswith("- ") else 2)
        return [f"{key}:", *(f"{indent}{line}" if line else "" for line in lines)]

    def value(self, value: Any, key: str = "") -> tuple[bool, list[str]]:
        """Return whether a value begins on the line of its key, and its lines."""
        match value:
            case Kept():
                return kept_lines(self.file, self.root, value.keys)
            case str():
                return True, _scalar_lines(key, value)
            case dict() if value:
                return False, [line for name, inner in value.items() for line in self.key_lines(str(name), inner)]
            case list() if value:
                return False, [line for inner in value for line in self.entry(inner)]
            case _:
                return True, ["{}" if isinstance(value, dict) else "[]"]

    def entry(self, value: Any) -> list[str]:
        """Return the lines of a list entry, whose hyphen has no indentation."""
        if isinstance(value, Kept):
            if isinstance(value.keys[-1], int):
                return kept_entry_lines(self.file, self.root, value.keys)
            _, lines = kept_lines(self.file, self.root, value.keys)
            return list(entry_lines(lines, 0))
        if isinstance(value, list):
            return list(entry_lines((line for cell in value for line in self.cell(cell)), 0))
        is_inline, lines = self.value(value)
        return [f"- {lines[0]}", *lines[1:]] if is_inline else list(entry_lines(lines, 0))

    def cell(self, value: Any) -> list[str]:
        """Return the lines of an entry of a list inside a list, such as a table cell; short texts are written on one line."""
        if isinstance(value, dict) and all(isinstance(text, str) and "\n" not in text for text in value.values()):
            line = f"- {{{', '.join(f'{name}: {_quoted(str(name), text)}' for name, text in value.items())}}}"
            if len(line) <= _MAX_LINE_LENGTH:
                return [line]
        return self.entry(value)


def scalar(key: str, value: str) -> str:
    """Return a value of a key on one line, in quotes if it is a text in a language or needs them."""
    return _quoted(key, value)


def _quoted(key: str, value: str) -> str:
    return value if _PLAIN.fullmatch(value) and not _LANGUAGE.fullmatch(key) else double_quoted(value)


def _scalar_lines(key: str, value: str) -> list[str]:
    """Return the lines of one value: the first stands behind the key, the others are indented below it."""
    if not _LANGUAGE.fullmatch(key) or not value:
        return [_quoted(key, value)]
    first, *rest = value_lines(key, value, 0)
    return [first.removeprefix(f"{key}: "), *rest]
