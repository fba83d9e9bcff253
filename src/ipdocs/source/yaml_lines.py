"""New sources written: texts by language in the style in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipdocs.source.insertion import block_lines, double_quoted

_SHORT = 90


def text_lines(key: str, found: Mapping[str, str], indent: int) -> Iterator[str]:
    """Yield the lines of a key with a text in some languages: in one line each, long ones as blocks."""
    space = " " * indent
    yield f"{space}{key}:"
    for language, text in found.items():
        yield from value_lines(language, text, indent + 2)


def value_lines(key: str, text: str, indent: int) -> Iterator[str]:
    """Yield the lines of a key with one text."""
    space = " " * indent
    lines = [] if len(text) <= _SHORT or "\n" in text or text[0] in "#%" else block_lines(text)
    if not lines:
        yield f"{space}{key}: {double_quoted(text)}"
        return
    yield f"{space}{key}: |"
    yield from (f"{space}  {line}" for line in lines)


def entry_lines(made: Iterable[str], indent: int) -> Iterator[str]:
    """Yield lines as an entry of a list: the first begins with a hyphen, the others stand below it."""
    for index, line in enumerate(made):
        space = " " * indent
        yield f"{space}{'- ' if index == 0 else '  '}{line}"
