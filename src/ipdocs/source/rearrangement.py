"""Insert, remove and reorder list entries in a source as whole lines, and leave all other characters unchanged."""

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
    """A list entry to insert.

    Attributes:
        keys: the keys that lead to the list.
        index: the index in the unchanged list at which to insert the entry; the length of the list appends it.
        value: the plain value: a mapping from languages to texts, or a paragraph block with an id.
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
    """Return the edits that insert `entries` into lists and remove the entries whose keys are in `removals`.

    Raises:
        IpdocsError: a list is written on one line, or would become empty.
    """
    edits: list[Edit] = []
    for keys in dict.fromkeys(removal[:-1] for removal in removals):
        node = _list_node(file, root, keys)
        starts, removed_indices = _entry_starts(file, node), [int(removal[-1]) for removal in removals if removal[:-1] == keys]
        if len(removed_indices) == len(node.items) and not any(entry.keys == keys for entry in entries):
            message, hint = "the change would remove all entries of this list", "remove the list from the source instead"
            raise IpdocsError([Finding("empty-list", message, file.locate(node.start), hint)])
        edits += [Edit(starts[index], starts[index + 1], "") for index in removed_indices]
    insertions: dict[int, list[str]] = {}
    # Where two lists end on the same line, the entry of the nested list comes first.
    for entry in sorted(entries, key=lambda entry: -len(entry.keys)):
        node = _list_node(file, root, entry.keys)
        position = _entry_starts(file, node)[min(entry.index, len(node.items))]
        insertions.setdefault(position, []).append(_entry_text(file, node, entry))
    for position, texts in insertions.items():
        is_line_start = file.text[:position].endswith(("\n", "\r"))
        edits.append(Edit(position, position, ("" if is_line_start else file.newline) + "".join(texts)))
    return edits


def _entry_text(file: SourceText, node: SequenceNode, entry: NewEntry) -> str:
    """Return the YAML of a new entry, with a blank line between it and a neighbouring block."""
    indent = " " * (node.start - file.line_start(node.start))
    text = "".join(f"{indent}{line}{file.newline}" for line in entry.lines)
    if entry.keys != BODY:
        return text
    return text + file.newline if entry.index < len(node.items) else file.newline + text


def reorder_blocks(file: SourceText, root: Node, edits: Sequence[Edit], order: Sequence[int]) -> str:
    """Return the text of a source with edits applied and the blocks of the body in a new order.

    Comments and insertions after a block move with the block; blank lines between blocks stay in place.
    """
    bounds = [*_entry_starts(file, _list_node(file, root, BODY)), len(file.text)]
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


def _list_node(file: SourceText, root: Node, keys: Keys) -> SequenceNode:
    node = node_at(root, keys)
    if not isinstance(node, SequenceNode):
        raise TypeError(f"{'.'.join(map(str, keys))} is not a list")
    if node.flow:
        message = "this list is written on one line, so its entries cannot be changed"
        hint = "write each entry on its own line, beginning with -"
        raise IpdocsError([Finding("one-line-list", message, file.locate(node.start), hint)])
    return node


def _entry_starts(file: SourceText, node: SequenceNode) -> list[int]:
    """Return the positions at which the lines of each entry begin, and the position after the lines of the last entry."""
    starts = [_entry_start(file, node, item) for item in node.items]
    last_item = node.items[-1]
    end = max(last_item.end - 1, last_item.start) if isinstance(last_item, Scalar) else last_item.end
    return [*starts, file.next_line(max(end, starts[-1]))]


def _entry_start(file: SourceText, node: SequenceNode, item: Node) -> int:
    """Return the start of the line with the hyphen of an entry; this line may be above the line of the value."""
    column = node.start - file.line_start(node.start)
    start = file.line_start(item.start)
    while start > node.start and file.text[start + column] != "-":
        start = file.line_start(start - 1)
    return start
