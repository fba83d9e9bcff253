"""Write lists and mappings in brackets as lines, so that their entries can be changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.kept import children, column, dedent, enclosing_column, is_own_line
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping, Node, Scalar, node_at
from ipdocs.source.yaml_lines import entry_lines

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_GAP = re.compile(r"(?P<comment>#[^\r\n]*)|(?P<line>\r\n|\n|\r)|[^#\r\n]+")


def without_brackets(file: SourceText, root: Node, collections: Iterable[Keys]) -> str:
    """Return the text of a source in which lists and mappings in brackets are written as lines, with what is around them.

    Args:
        file: the text of the source.
        root: the node of the whole source.
        collections: the keys that lead to the lists and mappings; those that are written as lines stay as they are.
    """
    needed = {keys for keys in collections if not _is_scalar_or_lines(node_at(root, keys))}
    outermost = dict.fromkeys(_outermost_brackets(root, keys) for keys in needed)
    return splice(file, [_edit(file, root, keys, needed) for keys in outermost])


def _is_scalar_or_lines(node: Node) -> bool:
    return isinstance(node, Scalar) or not node.flow


def _outermost_brackets(root: Node, keys: Keys) -> Keys:
    """Return the keys of the outermost list or mapping in brackets around a value, or of the value."""
    return next(keys[:length] for length in range(len(keys) + 1) if not _is_scalar_or_lines(node_at(root, keys[:length])))


def _edit(file: SourceText, root: Node, keys: Keys, needed: Collection[Keys]) -> Edit:
    """Return the edit that writes a list or mapping in brackets, whose parent is written as lines, as lines."""
    node = node_at(root, keys)
    base = enclosing_column(file, root, keys)
    lines = _lines(file, node, keys, needed, base)
    end = file.line_end(node.end)
    comment = file.text[node.end : end].strip()
    own_line, in_list = is_own_line(file, node.start), bool(keys) and isinstance(keys[-1], int)
    indent = " " * (column(file, node.start) if own_line or in_list else base + 2)
    text = f"{file.newline}{indent}".join(lines)
    if comment:
        text = f"{comment}{file.newline}{indent}{text}"
    if own_line or in_list:
        return Edit(node.start, end, text)
    start = node.start - (len(file.text[: node.start]) - len(file.text[: node.start].rstrip(" \t")))
    return Edit(start, end, f" {text}" if comment else f"{file.newline}{indent}{text}")


def _lines(file: SourceText, node: Node, keys: Keys, needed: Collection[Keys], base: int) -> list[str]:
    """Return the lines of a list or mapping that is written in brackets; see `without_brackets`."""
    lines: list[str] = []
    position = node.start + 1
    for name, child in children(node):
        start = node.entries[str(name)][0].start if isinstance(node, Mapping) else child.start
        same_line, above = _comments(file, position, start)
        if same_line and lines:
            lines[-1] += f"  {same_line}"
        elif same_line:
            above.insert(0, same_line)
        lines += above
        lines += _entry(file, node, name, (*keys, name), needed, base)
        position = child.end
    same_line, above = _comments(file, position, node.end - 1)
    if same_line and lines:
        lines[-1] += f"  {same_line}"
    return [*lines, *above]


def _entry(file: SourceText, node: Node, name: str | int, keys: Keys, needed: Collection[Keys], base: int) -> Iterator[str]:
    """Yield the lines of one entry of a list or mapping that is written in brackets."""
    is_mapping = isinstance(node, Mapping)
    child = node.entries[str(name)][1] if isinstance(node, Mapping) else node_at(node, (name,))
    key = file.text[node.entries[str(name)][0].start : node.entries[str(name)][0].end] if isinstance(node, Mapping) else ""
    if any(other[: len(keys)] == keys for other in needed) and not isinstance(child, Scalar):
        lines = _lines(file, child, keys, needed, base)
        if is_mapping:
            yield f"{key}:"
            yield from (f"  {line}" for line in lines)
        else:
            yield from entry_lines(lines, 0)
        return
    first, *rest = _LINE_BREAK.split(file.text[child.start : child.end])
    yield f"{key}: {first}" if is_mapping else f"- {first}"
    yield from (f"  {line}" for line in dedent(rest, base + 1))


def _comments(file: SourceText, start: int, end: int) -> tuple[str, list[str]]:
    """Return the comment on the line of `start`, and the comments on the lines after it, up to `end`."""
    same_line, above, is_first_line = "", list[str](), True
    for match in _GAP.finditer(file.text, start, end):
        if match["line"]:
            is_first_line = False
        elif match["comment"] and is_first_line:
            same_line = match["comment"].rstrip()
        elif match["comment"]:
            above.append(match["comment"].rstrip())
    return same_line, above
