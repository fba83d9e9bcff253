"""Entries of a source's lists put in, taken out and put in another order: whole lines, every other character as it is."""

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
            return entry_lines([f"id: {self.value['id']}", *text_lines("paragraph", self.value["paragraph"], 0)], 0)
        return entry_lines((line for language, text in self.value.items() for line in value_lines(language, text, 0)), 0)


def list_edits(file: SourceText, root: Node, entries: Sequence[NewEntry], removals: Sequence[Keys]) -> list[Edit]:
    """Return the edits that put entries into lists, and take out those at some keys.

    Raises:
        IpdocsError: one of the lists is written in one line, or would be empty.
    """
    edits: list[Edit] = []
    for keys in dict.fromkeys(removed[:-1] for removed in removals):
        node = _list(file, root, keys)
        starts, gone = _starts(file, node), [int(removed[-1]) for removed in removals if removed[:-1] == keys]
        if len(gone) == len(node.items) and not any(new.keys == keys for new in entries):
            message, hint = "every entry of this list would be taken out", "take the list itself out of the source"
            raise IpdocsError([Finding("empty-list", message, file.locate(node.start), hint)])
        edits += [Edit(starts[index], starts[index + 1], "") for index in gone]
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


def reorder_blocks(file: SourceText, root: Node, edits: Sequence[Edit], order: Sequence[int]) -> str:
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


def rearranged_values(
    items: Sequence[Any], entries: Sequence[NewEntry], removed: Container[int], order: Sequence[int] = ()
) -> list[Any]:
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
