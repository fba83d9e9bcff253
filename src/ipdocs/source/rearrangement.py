"""Entries of a source's lists put in, taken out and put in another order: whole lines, every other character as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.notation import entry, texts, value
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping as MappingNode
from ipdocs.source.yaml import Node, Scalar, node_at, parse
from ipdocs.source.yaml import Sequence as SequenceNode

BODY: Keys = ("body",)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is put into a list.

    Attributes:
        keys: where the list stands.
        index: that of the entry before which it is put in, as they are counted before any change; at the end if there is none.
        value: its plain value: texts by language, or a paragraph with its id.
    """

    keys: Keys
    index: int
    value: Mapping[str, Any]

    @property
    def lines(self) -> Iterator[str]:
        """The entry as a source writes it, without indentation."""
        if "paragraph" in self.value:
            return entry([f"id: {self.value['id']}", *texts("paragraph", self.value["paragraph"], 0)], 0)
        return entry((line for language, text in self.value.items() for line in value(language, text, 0)), 0)


def list_edits(file: SourceText, root: Node, entries: Sequence[NewEntry], removals: Sequence[Keys]) -> list[Edit]:
    """Return the edits that put entries into lists, and take out those at some keys.

    Raises:
        IpdocsError: one of the lists is written in one line.
    """
    edits: list[Edit] = []
    for *keys, index in removals:
        starts = _starts(file, _list(file, root, tuple(keys)))
        edits.append(Edit(starts[int(index)], starts[int(index) + 1], ""))
    placed: dict[int, list[str]] = {}
    for new in sorted(entries, key=lambda new: -len(new.keys)):  # at the end of two lists, the inner one goes on first
        node = _list(file, root, new.keys)
        position = _starts(file, node)[min(new.index, len(node.items))]
        placed.setdefault(position, []).append(_written(file, node, new))
    for position, written in placed.items():
        begun = file.text[:position].endswith(("\n", "\r"))
        edits.append(Edit(position, position, ("" if begun else file.newline) + "".join(written)))
    return edits


def _written(file: SourceText, node: SequenceNode, new: NewEntry) -> str:
    """Return the lines of a new entry; a block stands apart from the others by a blank line."""
    indent = " " * (node.start - file.line_start(node.start))
    text = "".join(f"{indent}{line}{file.newline}" for line in new.lines)
    if new.keys != BODY:
        return text
    return text + file.newline if new.index < len(node.items) else file.newline + text


def reordered(file: SourceText, root: Node, edits: Sequence[Edit], order: Sequence[int]) -> str:
    """Return a source with edits made and the blocks of its body in another order.

    Each block takes with it what is put in behind it, and comments; blank lines stay between blocks where they are.
    """
    bounds = [*_starts(file, _list(file, root, BODY)), len(file.text)]
    own: list[list[Edit]] = [[] for _ in bounds]
    for edit in edits:
        own[bisect_left(bounds, edit.end)].append(edit)
    ranges = pairwise([0, *bounds])
    head, *parts, tail = (splice(file, inner, start, end) for inner, (start, end) in zip(own, ranges, strict=True))
    gaps = [part[len(part.rstrip("\r\n")) :] for part in parts if part]
    moved = [parts[index] for index in complete_order(order, len(parts)) if parts[index]]
    body = "".join(part.rstrip("\r\n") + gap for part, gap in zip(moved, gaps, strict=True))
    return head + body + tail


def complete_order(order: Sequence[int], count: int) -> list[int]:
    """Return a whole order of blocks; those that an order does not name stay behind the ones they stood behind."""
    complete = list(order)
    for index in range(count):
        if index not in complete:
            complete.insert(complete.index(index - 1) + 1 if index else 0, index)
    if sorted(complete) != list(range(count)):
        raise ValueError("an order names each block once")
    return complete


def arranged(items: Sequence[Any], entries: Sequence[NewEntry], removed: Container[int], order: Sequence[int] = ()) -> list[Any]:
    """Return the plain values of a list after entries were put in and taken out, and its own were put in another order."""
    inserted: list[list[Any]] = [[] for _ in range(len(items) + 1)]
    for new in entries:
        inserted[min(new.index, len(items))].append(new.value)
    values = list(inserted[0])
    for index in complete_order(order, len(items)):
        values += [*([] if index in removed else [items[index]]), *inserted[index + 1]]
    return values


def _list(file: SourceText, root: Node, keys: Keys) -> SequenceNode:
    node = node_at(root, keys)
    if not isinstance(node, SequenceNode):
        raise TypeError(f"{'.'.join(map(str, keys))} is no list")
    if node.flow:
        message = "this list is written in one line, so its entries cannot be moved, put in or taken out"
        hint = "write each entry on a line of its own, beginning with -"
        raise IpdocsError([Finding("one-line-list", message, file.locate(node.start), hint)])
    return node


def _starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return where the lines of each entry begin, and where those of the last end."""
    starts = [_start(file, node, item) for item in node.items]
    last = node.items[-1]
    end = max(last.end - 1, last.start) if isinstance(last, Scalar) else last.end
    return [*starts, file.next_line(max(end, starts[-1]))]


def _start(file: SourceText, node: SequenceNode, item: Node) -> int:
    """Return where the line of an entry's hyphen begins, below which its value may stand."""
    column = node.start - file.line_start(node.start)
    start = file.line_start(item.start)
    while start > node.start and file.text[start + column] != "-":
        start = file.line_start(start - 1)
    return start


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
    starts = _old_starts(file, node)
    return splice(file, [Edit(starts[int(index)], starts[int(index) + 1], "")])


def reorder(file: SourceText, order: Sequence[int]) -> str:
    """Return a source with the blocks of its body in another order; each takes its comments with it."""
    node = _sequence(file, ("body",))
    starts = _old_starts(file, node)
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


def _old_starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return where the lines of each entry begin, and where those of the last end."""
    starts = [file.text.rfind("\n", 0, _first(one)) + 1 for one in node.items]
    last = re.compile(r"[^\n]*(?:\n|$)").match(file.text, max(_last(node.items[-1]), starts[-1]))
    return [*starts, last.end() if last else len(file.text)]


def _first(node: Node) -> int:
    return node.start


def _last(node: Node) -> int:
    return max(node.end - 1, node.start) if isinstance(node, Scalar) else node.end


def _inserted(file: SourceText, node: SequenceNode, index: int, lines: list[str], *, apart: bool = False) -> str:
    starts = _old_starts(file, node)
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
