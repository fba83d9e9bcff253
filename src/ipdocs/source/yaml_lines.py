"""Write the YAML lines of new sources, in the style that authors use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipdocs.source.insertion import block_lines, double_quoted

_MAX_LINE_LENGTH = 90
"""The maximum length of a text that is written on one line."""


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
        yield f"{space}{'- ' if index == 0 else '  '}{line}"
