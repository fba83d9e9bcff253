"""Insertion, removal and reordering of list entries in a source by whole lines; all other characters stay unchanged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Node, Scalar, node_at
from ipdocs.source.yaml import Sequence as SequenceNode
from ipdocs.source.yaml_lines import entry_lines, text_lines, value_lines

BODY: Keys = ("body",)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A new list entry.

    Attributes:
        keys: the place of the list.
        index: the index, before any change, of the entry before which it is inserted, or the length of the list.
        value: the plain value: texts by language, or a paragraph with its id.
    """

    keys: Keys
    index: int
    value: Mapping[str, Any]

    @property
    def lines(self) -> Iterator[str]:
        """The YAML lines of the entry, without indentation."""
        if "paragraph" in self.value:
            return entry_lines([f"id: {self.value['id']}", *text_lines("paragraph", self.value["paragraph"], 0)], 0)
        return entry_lines((line for language, text in self.value.items() for line in value_lines(language, text, 0)), 0)


def list_edits(file: SourceText, root: Node, entries: Sequence[NewEntry], removals: Sequence[Keys]) -> list[Edit]:
    """Return the edits that insert entries into lists and remove the entries at some keys.

    Raises:
        IpdocsError: a list is written in one line, or would become empty.
    """
    edits: list[Edit] = []
    for keys in dict.fromkeys(removal[:-1] for removal in removals):
        node = _list(file, root, keys)
        starts, removed = _starts(file, node), [int(removal[-1]) for removal in removals if removal[:-1] == keys]
        if len(removed) == len(node.items) and not any(new.keys == keys for new in entries):
            message, hint = "the change would remove all entries of this list", "remove the list from the source instead"
            raise IpdocsError([Finding("empty-list", message, file.locate(node.start), hint)])
        edits += [Edit(starts[index], starts[index + 1], "") for index in removed]
    insertions: dict[int, list[str]] = {}
    for new in sorted(entries, key=lambda new: -len(new.keys)):  # where two lists end, the entry of the nested list is first
        node = _list(file, root, new.keys)
        position = _starts(file, node)[min(new.index, len(node.items))]
        insertions.setdefault(position, []).append(_entry_text(file, node, new))
    for position, texts in insertions.items():
        is_line_start = file.text[:position].endswith(("\n", "\r"))
        edits.append(Edit(position, position, ("" if is_line_start else file.newline) + "".join(texts)))
    return edits


def _entry_text(file: SourceText, node: SequenceNode, new: NewEntry) -> str:
    """Return the text of a new entry; blocks are separated by a blank line."""
    indent = " " * (node.start - file.line_start(node.start))
    text = "".join(f"{indent}{line}{file.newline}" for line in new.lines)
    if new.keys != BODY:
        return text
    return text + file.newline if new.index < len(node.items) else file.newline + text


def reorder_blocks(file: SourceText, root: Node, edits: Sequence[Edit], order: Sequence[int]) -> str:
    """Return the text of a source after edits, with the blocks of the body in a new order.

    Comments and insertions after a block move with it; blank lines between blocks stay in place.
    """
    bounds = [*_starts(file, _list(file, root, BODY)), len(file.text)]
    edits_by_part: list[list[Edit]] = [[] for _ in bounds]
    for edit in edits:
        edits_by_part[bisect_left(bounds, edit.end)].append(edit)
    ranges = pairwise([0, *bounds])
    head, *parts, tail = (splice(file, inner, start, end) for inner, (start, end) in zip(edits_by_part, ranges, strict=True))
    gaps = [part[len(part.rstrip("\r\n")) :] for part in parts if part]
    moved = [parts[index] for index in complete_order(order, len(parts)) if parts[index]]
    body = "".join(part.rstrip("\r\n") + gap for part, gap in zip(moved, gaps, strict=True))
    return head + body + tail


def complete_order(order: Sequence[int], count: int) -> list[int]:
    """Complete an order of blocks: blocks that it does not name stay after their present predecessors."""
    complete = list(order)
    for index in range(count):
        if index not in complete:
            complete.insert(complete.index(index - 1) + 1 if index else 0, index)
    if sorted(complete) != list(range(count)):
        raise ValueError("the order does not name each block once")
    return complete


def rearranged_values(
    items: Sequence[Any], entries: Sequence[NewEntry], removed: Container[int], order: Sequence[int] = ()
) -> list[Any]:
    """Return the plain values of a list after insertions, removals and reordering."""
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
        raise TypeError(f"{'.'.join(map(str, keys))} is not a list")
    if node.flow:
        message = "this list is written in one line, so its entries cannot be changed"
        hint = "write each entry on its own line, beginning with -"
        raise IpdocsError([Finding("one-line-list", message, file.locate(node.start), hint)])
    return node


def _starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return the start of each entry's first line, and the end of the last entry's lines."""
    starts = [_start(file, node, item) for item in node.items]
    last = node.items[-1]
    end = max(last.end - 1, last.start) if isinstance(last, Scalar) else last.end
    return [*starts, file.next_line(max(end, starts[-1]))]


def _start(file: SourceText, node: SequenceNode, item: Node) -> int:
    """Return the start of the line with an entry's hyphen, which may be above the line of its value."""
    column = node.start - file.line_start(node.start)
    start = file.line_start(item.start)
    while start > node.start and file.text[start + column] != "-":
        start = file.line_start(start - 1)
    return start
