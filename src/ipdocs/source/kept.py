"""Take over parts of a source into new places as they are written, with their quotes, line breaks and comments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ipdocs.source.file import SourceText
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping, Node, Scalar, node_at
from ipdocs.source.yaml import Sequence as SequenceNode

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"[ \t]*#[^\r\n]*")
_TRAILING_COMMENT = re.compile(r"[ \t]+#[^\r\n]*(?=[\r\n]|$)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that stays as it is written in the source, in a new place; `keys` lead to it in the unchanged source."""

    keys: Keys


def plain_value(value: Any, data: Any) -> Any:
    """Return a copy of a value in which each `Kept` is replaced by the value it stands for in `data`."""
    match value:
        case Kept():
            return plain_value(value_at(data, value.keys), data)
        case dict():
            return {key: plain_value(inner, data) for key, inner in value.items()}
        case list() | tuple():
            return [plain_value(inner, data) for inner in value]
        case _:
            return value


def value_at(data: Any, keys: Keys) -> Any:
    """Return the plain value that keys lead to."""
    for key in keys:
        data = data[key]
    return data


def kept_lines(file: SourceText, root: Node, keys: Keys) -> tuple[bool, list[str]]:
    """Return the lines of the value that keys lead to, without its own indentation.

    Returns:
        Whether the value begins on the line of its key, as texts and values in brackets do; and the lines. The lines after the
        first line of such a value are indented as far as they are below their key.
    """
    node = node_at(root, keys)
    is_inline = isinstance(node, Scalar) or node.flow
    base = enclosing_column(file, root, keys) if is_inline else column(file, node.start)
    first, *rest = _LINE_BREAK.split(file.text[node.start : trailing_end(file, node)])
    return is_inline, [first, *(dedent(rest, base))]


def kept_entry_lines(file: SourceText, root: Node, keys: Keys) -> list[str]:
    """Return the lines of a list entry with its hyphen and comments, so that the hyphen has no indentation."""
    node = node_at(root, keys[:-1])
    if not isinstance(node, SequenceNode) or node.flow:
        _, (first, *rest) = kept_lines(file, root, keys)
        return [f"- {first}", *rest]
    starts = entry_starts(file, node)
    index = int(keys[-1])
    lines = _LINE_BREAK.split(file.text[starts[index] : starts[index + 1]])
    while lines and not lines[-1].strip():
        lines.pop()
    return dedent(lines, column(file, node.start))


def dedent(lines: Iterable[str], count: int) -> list[str]:
    """Return lines without up to `count` spaces before their first character."""
    return [line[min(count, len(line) - len(line.lstrip(" "))) :] for line in lines]


def column(file: SourceText, position: int) -> int:
    """Return how many characters stand before a position in its line, without a byte order mark."""
    return file.locate(position).column - 1


def enclosing_column(file: SourceText, root: Node, keys: Keys) -> int:
    """Return the column of the innermost list or mapping around a value that is written on lines, not in brackets."""
    node, result = root, 0
    for key in keys:
        if isinstance(node, Scalar) or node.flow:
            break
        result = column(file, node.start)
        node = node_at(node, (key,))
    return result


def last_position(node: Node) -> int:
    """Return a position on the last line of a node."""
    return max(node.end - 1, node.start) if isinstance(node, Scalar) else node.end


def trailing_end(file: SourceText, node: Node) -> int:
    """Return the end of a node, or of the comment after it on its last line."""
    comment = _TRAILING_COMMENT.match(file.text, node.end)
    return comment.end() if comment else node.end


def is_own_line(file: SourceText, position: int) -> bool:
    """Whether only spaces stand before a position in its line."""
    return not file.text[max(file.line_start(position), file.start) : position].strip(" ")


def start_with_comments(file: SourceText, start: int, lowest: int, indent: int) -> int:
    """Return the start of the comments directly above a line, if they have its indentation, or the start of the line.

    Args:
        file: the text of the source.
        start: the start of the line.
        lowest: the position before which no comment may begin.
        indent: the indentation of the line.
    """
    while start > lowest:
        above = file.line_start(start - 1)
        text = file.text[above:start].rstrip("\r\n")
        if above < lowest or not _COMMENT.fullmatch(text) or len(text) - len(text.lstrip(" ")) != indent:
            break
        start = above
    return start


def entry_starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return where the lines of each entry of a list begin, and the position after the lines of the last entry.

    Comments directly above the hyphen of an entry, with its indentation, belong to the entry; comments after an entry, too.
    If the first hyphen stands on the line of another hyphen or a key, the first entry begins at its hyphen.
    """
    starts: list[int] = []
    lowest, indent = file.start, node.start - file.line_start(node.start)
    for item in node.items:
        line = _hyphen_line(file, node, item)
        starts.append(start_with_comments(file, line, lowest, indent) if is_own_line(file, line + indent) else line + indent)
        lowest = file.next_line(max(last_position(item), line + indent))
    return [*starts, lowest]


def _hyphen_line(file: SourceText, node: SequenceNode, item: Node) -> int:
    """Return the start of the line with the hyphen of an entry; this line may be above the line of the value."""
    indent = node.start - file.line_start(node.start)
    start = file.line_start(item.start)
    while start > node.start and file.text[start + indent] != "-":
        start = file.line_start(start - 1)
    return start


def children(node: Node) -> list[tuple[str | int, Node]]:
    """Return the keys and values of a mapping, or the indices and entries of a list."""
    if isinstance(node, Mapping):
        return [(name, value) for name, (_, value) in node.entries.items()]
    return list(enumerate(node.items)) if isinstance(node, SequenceNode) else []
