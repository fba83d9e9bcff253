"""Blocks and items of a source put in, taken out and put in another order: whole lines, every other character as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.notation import entry, texts, value
from ipdocs.source.shape import Path as Keys
from ipdocs.source.yaml import Mapping as MappingNode
from ipdocs.source.yaml import Node, Scalar, parse
from ipdocs.source.yaml import Sequence as SequenceNode


def insert_item(file: SourceText, keys: Keys, index: int, found: Mapping[str, str]) -> str:
    """Return a source with an entry of texts by language put into a list of texts (by its keys) at an index."""
    lines = list(entry((line for name, text in found.items() for line in value(name, text, 0)), 0))
    return _inserted(file, _sequence(file, keys), index, lines)


def insert_paragraph(file: SourceText, index: int, name: str, found: Mapping[str, str]) -> str:
    """Return a source with a paragraph put into its body at an index."""
    lines = list(entry([f"id: {name}", *texts("paragraph", found, 0)], 0))
    return _inserted(file, _sequence(file, ("body",)), index, lines, apart=True)


def take_out(file: SourceText, keys: Keys) -> str:
    """Return a source without an entry of a list: a block of the body, an item."""
    *before, index = keys
    node = _sequence(file, tuple(before))
    starts = _starts(file, node)
    return splice(file, [Edit(starts[int(index)], starts[int(index) + 1], "")])


def reorder(file: SourceText, order: Sequence[int]) -> str:
    """Return a source with the blocks of its body in another order; each takes its comments with it."""
    node = _sequence(file, ("body",))
    starts = _starts(file, node)
    if sorted(order) != list(range(len(node.items))):
        raise ValueError("an order names every block once")
    parts = [file.text[start:end] for start, end in pairwise(starts)]
    gaps = [part[len(part.rstrip("\r\n")) :] for part in parts]
    made = "".join(parts[old].rstrip("\r\n") + gap for old, gap in zip(order, gaps, strict=True))
    return file.text[: starts[0]] + made + file.text[starts[-1] :]


def _sequence(file: SourceText, keys: Keys) -> SequenceNode:
    root, _ = parse(file)
    node: Node | None = root
    for key in keys:
        if isinstance(node, SequenceNode) and isinstance(key, int):
            node = node.items[key]
        else:
            node = node.get(str(key)) if isinstance(node, MappingNode) else None
    if not isinstance(node, SequenceNode):
        raise ValueError(f"{'.'.join(map(str, keys))} is no list")
    if node.flow:
        message = "this list is written in one line, so its entries cannot be moved, put in or taken out"
        hint = "write each entry on a line of its own, beginning with -"
        raise IpdocsError([Finding("one-line-list", message, file.locate(node.start), hint)])
    return node


def _starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return where the lines of each entry begin, and where those of the last end."""
    starts = [file.text.rfind("\n", 0, _first(one)) + 1 for one in node.items]
    last = re.compile(r"[^\n]*(?:\n|$)").match(file.text, max(_last(node.items[-1]), starts[-1]))
    return [*starts, last.end() if last else len(file.text)]


def _first(node: Node) -> int:
    return node.start


def _last(node: Node) -> int:
    return max(node.end - 1, node.start) if isinstance(node, Scalar) else node.end


def _inserted(file: SourceText, node: SequenceNode, index: int, lines: list[str], *, apart: bool = False) -> str:
    starts = _starts(file, node)
    indent = re.match(" *", file.text[starts[0] :])
    space = indent[0] if indent else ""
    newline = "\r\n" if "\r\n" in file.text else "\n"
    text = "".join(f"{space}{line}{newline}" for line in lines) + (newline if apart and index < len(node.items) else "")
    position = starts[min(index, len(node.items))]
    before = file.text[:position]
    if not before.endswith("\n"):
        text = newline + text
    if apart and index >= len(node.items):
        text = newline + text
    return splice(file, [Edit(position, position, text)])
