"""Insert, remove and reorder list entries in a source as whole lines, and leave all other characters unchanged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.kept import column, entry_starts
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping as MappingNode
from ipdocs.source.yaml import Node, node_at
from ipdocs.source.yaml import Sequence as SequenceNode
from ipdocs.source.yaml_lines import LineWriter

BODY: Keys = ("body",)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A list entry to insert.

    Attributes:
        keys: the keys that lead to the list.
        index: the index in the unchanged list at which to insert the entry; the length of the list appends it.
        value: the plain value, of which parts may be kept from the source.
    """

    keys: Keys
    index: int
    value: Any


def list_edits(
    file: SourceText,
    root: Node,
    entries: Sequence[NewEntry],
    removals: Sequence[Keys],
    additions: Iterable[tuple[Keys, Edit]] = (),
) -> list[Edit]:
    """Return the edits that insert `entries` into lists and remove the entries whose keys are in `removals`.

    Args:
        file: the text of the source.
        root: the node of the whole source.
        entries: the entries to insert.
        removals: the keys of the entries to remove.
        additions: insertions of other lines, each with the keys of the mapping that they belong to.

    Raises:
        IpdocsError: a list would become empty.
    """
    edits: list[Edit] = []
    for keys in dict.fromkeys(removal[:-1] for removal in removals):
        node = _list_node(root, keys)
        removed_indices = {int(removal[-1]) for removal in removals if removal[:-1] == keys}
        if len(removed_indices) == len(node.items) and not any(entry.keys == keys for entry in entries):
            message, hint = "the change would remove all entries of this list", "remove the list from the source instead"
            raise IpdocsError([Finding("empty-list", message, file.locate(node.start), hint)])
        edits += _removals(file, node, removed_indices)
    insertions: dict[int, list[str]] = {}
    # Where two lists end on the same line, the entry of the nested list comes first.
    new_lines = [(entry.keys, *_entry_insertion(file, root, entry)) for entry in entries]
    new_lines += [(keys, edit.start, edit.text) for keys, edit in additions]
    for _, position, text in sorted(new_lines, key=lambda new: -len(new[0])):
        insertions.setdefault(position, []).append(text)
    for position, texts in insertions.items():
        is_line_start = not texts[0].endswith(("\n", "\r")) or file.text[:position].endswith(("\n", "\r"))
        edits.append(Edit(position, position, ("" if is_line_start else file.newline) + "".join(texts)))
    return edits


def _removals(file: SourceText, node: SequenceNode, indices: Container[int]) -> Iterator[Edit]:
    """Yield the edits that remove entries of a list."""
    starts, count = entry_starts(file, node), len(node.items)
    if file.line_start(starts[0]) != starts[0]:  # the first hyphen stands on the line of another one
        kept = next((index for index in range(count) if index not in indices), count)
        if kept == count:
            yield Edit(starts[0], starts[-1], "")
        elif kept:
            yield Edit(starts[0], starts[kept] + column(file, node.start), "")
        indices = [index for index in range(kept, count) if index in indices]
    last_kept = max((index for index in range(count) if index not in indices), default=-1)
    for index in range(count):
        if index in indices:
            is_first_of_last = 0 < index == last_kept + 1
            start = _without_blank_lines_above(file, starts[index]) if is_first_of_last else starts[index]
            yield Edit(start, starts[index + 1], "")


def _without_blank_lines_above(file: SourceText, start: int) -> int:
    """Return the start of the blank lines directly above a line, or of the line."""
    while start > file.start and not file.text[file.line_start(start - 1) : start].strip():
        start = file.line_start(start - 1)
    return start


def _entry_insertion(file: SourceText, root: Node, entry: NewEntry) -> tuple[int, str]:
    """Return the position of a new entry and its YAML, with a blank line between it and a neighbouring block."""
    node = _list_node(root, entry.keys)
    starts = entry_starts(file, node)
    index = min(entry.index, len(node.items))
    indent = " " * column(file, node.start)
    lines = LineWriter(file, root, list_indent(file, root)).entry(entry.value)
    if index == 0 and file.line_start(starts[0]) != starts[0]:
        return starts[0], "".join(f"{line}{file.newline}{indent}" for line in lines)
    text = "".join(f"{indent if line else ''}{line}{file.newline}" for line in lines)
    if entry.keys == BODY and _has_blank_lines(file, starts):
        text = text + file.newline if index < len(node.items) else file.newline + text
    return starts[index], text


def _has_blank_lines(file: SourceText, starts: Sequence[int]) -> bool:
    """Whether blank lines stand between the entries of a list, or the list has only one entry."""
    gaps = [file.text[file.line_start(start - 1) : start] for start in starts[1:-1]]
    return not gaps or any(not gap.strip() for gap in gaps)


def list_indent(file: SourceText, root: Node) -> int:
    """Return how far the hyphens of lists in a source are indented below their key."""
    node = root.get("body") if isinstance(root, MappingNode) else None
    return min(column(file, node.start), 2) if isinstance(node, SequenceNode) and not node.flow else 2


def reorder_blocks(file: SourceText, root: Node, edits: Sequence[Edit], order: Sequence[int]) -> str:
    """Return the text of a source with edits applied and the blocks of the body in a new order.

    Comments and insertions after a block move with the block; blank lines between blocks stay in place.
    """
    bounds = [*entry_starts(file, _list_node(root, BODY)), len(file.text)]
    edits_by_part: list[list[Edit]] = [[] for _ in bounds]
    for edit in edits:
        edits_by_part[bisect_left(bounds, edit.end)].append(edit)
    ranges = pairwise([0, *bounds])
    head, *parts, tail = (
        splice(file, part_edits, start, end) for part_edits, (start, end) in zip(edits_by_part, ranges, strict=True)
    )
    blank_lines = [part[len(part.rstrip("\r\n")) :] for part in parts if part]
    reordered_parts = [parts[index] for index in complete_order(order, len(parts)) if parts[index]]
    body = "".join(part.rstrip("\r\n") + blank for part, blank in zip(reordered_parts, blank_lines, strict=True))
    return head + body + tail


def complete_order(order: Sequence[int], count: int) -> list[int]:
    """Add the missing indices to an order of blocks; each missing block stays after the block before it."""
    complete_indices = list(order)
    for index in range(count):
        if index not in complete_indices:
            complete_indices.insert(complete_indices.index(index - 1) + 1 if index else 0, index)
    if sorted(complete_indices) != list(range(count)):
        raise ValueError("the order repeats a block or has an unknown block")
    return complete_indices


def rearranged_values(
    items: Sequence[Any], entries: Sequence[NewEntry], removed_indices: Container[int], order: Sequence[int] = ()
) -> list[Any]:
    """Return the plain values of a list after insertions, removals and reordering."""
    inserted_values: list[list[Any]] = [[] for _ in range(len(items) + 1)]
    for entry in entries:
        inserted_values[min(entry.index, len(items))].append(entry.value)
    values = list(inserted_values[0])
    for index in complete_order(order, len(items)):
        values += [*([] if index in removed_indices else [items[index]]), *inserted_values[index + 1]]
    return values


def _list_node(root: Node, keys: Keys) -> SequenceNode:
    node = node_at(root, keys)
    if not isinstance(node, SequenceNode):
        raise TypeError(f"{'.'.join(map(str, keys))} is not a list")
    if node.flow:
        raise ValueError(f"{'.'.join(map(str, keys))} is written in brackets")
    return node
