"""Set, add, rename and remove the keys of mappings in a source, and replace the entries of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Lookup
from typing import Any

from ipdocs.source.edits import Edit
from ipdocs.source.file import SourceText
from ipdocs.source.kept import column, is_own_line, last_position, start_with_comments, trailing_end
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence, node_at
from ipdocs.source.yaml_lines import LineWriter, scalar

_KEY_ORDER = (
    *("id", "only", "absent", "restricted", "allow", "paragraph", "heading", "level", "term", "text", "list", "quotation", "by"),
    *("figure", "table", "definitions", "item", "decision", "action", "post-meeting-note", "footnotes"),
    *("intro", "style", "start", "after", "items", "file", "alt", "caption", "head", "columns", "rows"),
)
"""The order of keys in blocks, lists, pictures and tables; a new key is written before the keys that come after it."""

_HEAD_ORDER = (
    *("schema", "kind", "id", "style", "domains", "classification", "status", "languages", "issued", "embargo", "title"),
    *("organisation", "committee", "secretariat", "issuer", "paper", "reference", "on-behalf-of", "correction", "example"),
    *("allow", "meeting", "notice", "previous", "next", "facts", "offices", "attendance", "papers", "annexes", "body", "contact"),
)
"""The order of keys at the head of a source; a new key is written after the last of the keys that come before it."""


def value_edits(file: SourceText, root: Node, values: Lookup[Keys, Any], writer: LineWriter) -> Iterator[Edit]:
    """Yield the edits that give values to existing keys and list entries; see `additions` for new keys."""
    for keys, value in values.items():
        if (node := existing_node(root, keys)) is not None:
            yield from _replacement(file, root, keys, node, value, writer)


def additions(file: SourceText, root: Node, values: Lookup[Keys, Any], writer: LineWriter) -> Iterator[tuple[Keys, Edit]]:
    """Yield the edits that add new keys to mappings, each with the keys of its mapping."""
    for keys, value in values.items():
        if existing_node(root, keys) is None:
            yield keys[:-1], _addition(file, _mapping(root, keys[:-1]), str(keys[-1]), value, writer)


def rename_edits(root: Node, renames: Lookup[Keys, str]) -> Iterator[Edit]:
    """Yield the edits that rename keys of mappings."""
    for keys, name in renames.items():
        key, _ = _mapping(root, keys[:-1]).entries[str(keys[-1])]
        yield Edit(key.start, key.end, name)


def key_removals(file: SourceText, root: Node, removals: Iterable[Keys]) -> Iterator[Edit]:
    """Yield the edits that remove keys of mappings with their values and the comments directly above them."""
    names: dict[Keys, list[str]] = {}
    for keys in removals:
        names.setdefault(keys[:-1], []).append(str(keys[-1]))
    for parent, removed in names.items():
        mapping = _mapping(root, parent)
        if len(removed) == len(mapping.entries):
            raise ValueError(f"all keys of {'.'.join(map(str, parent))} would be removed")
        yield from _removals_in_brackets(mapping, removed) if mapping.flow else _removals_of_lines(file, mapping, removed)


def existing_node(root: Node, keys: Keys) -> Node | None:
    """Return the node that keys lead to, or None if there is none."""
    try:
        return node_at(root, keys)
    except KeyError:
        return None


def _mapping(root: Node, keys: Keys) -> Mapping:
    node = node_at(root, keys)
    if not isinstance(node, Mapping):
        raise TypeError(f"{'.'.join(map(str, keys))} is not a mapping")
    return node


def _removals_in_brackets(mapping: Mapping, names: list[str]) -> Iterator[Edit]:
    entries = list(mapping.entries.items())
    kept = [index for index, (name, _) in enumerate(entries) if name not in names]
    for index, (name, (key, value)) in enumerate(entries):
        if name in names:
            is_before_first = index < kept[0]
            start = key.start if is_before_first else entries[index - 1][1][1].end
            yield Edit(start, entries[index + 1][1][0].start if is_before_first else value.end, "")


def _removals_of_lines(file: SourceText, mapping: Mapping, names: list[str]) -> Iterator[Edit]:
    entries = list(mapping.entries.items())
    first_kept = next(index for index, (name, _) in enumerate(entries) if name not in names)
    if first_kept and not is_own_line(file, mapping.start):
        yield Edit(mapping.start, entries[first_kept][1][0].start, "")
    for index, (name, (key, value)) in enumerate(entries):
        if name in names and (index > first_kept or is_own_line(file, mapping.start)):
            lowest = file.next_line(last_position(entries[index - 1][1][1])) if index else file.start
            start = start_with_comments(file, file.line_start(key.start), lowest, column(file, key.start))
            yield Edit(max(start, file.start), file.next_line(max(last_position(value), key.end)), "")


def _addition(file: SourceText, mapping: Mapping, name: str, value: Any, writer: LineWriter) -> Edit:
    """Return the edit that adds a key to a mapping."""
    entries = list(mapping.entries.values())
    position = _position_of_new_key(mapping, name)
    if mapping.flow:
        if not isinstance(value, str):
            raise TypeError(f"{name} is no single value, so it cannot be written in brackets")
        text = f"{name}: {scalar(name, value)}"
        if position:
            return Edit(entries[position - 1][1].end, entries[position - 1][1].end, f", {text}")
        return Edit(mapping.start + 1, mapping.start + 1, f"{text}, " if entries else text)
    indent = " " * column(file, mapping.start)
    lines = writer.key_lines(name, value)
    if position == 0:
        return Edit(mapping.start, mapping.start, "".join(f"{line}{file.newline}{indent}" for line in lines))
    key, before = entries[position - 1]
    end = file.next_line(max(last_position(before), key.end))
    return Edit(end, end, "".join(f"{indent if line else ''}{line}{file.newline}" for line in lines))


def _position_of_new_key(mapping: Mapping, name: str) -> int:
    """Return the index at which a new key is written: before the first key that comes after it, or at the end."""
    if name in _HEAD_ORDER and "schema" in mapping.entries:
        before = _HEAD_ORDER[: _HEAD_ORDER.index(name)]
        return max((index for index, existing in enumerate(mapping.entries, 1) if existing in before), default=0)
    if name in _KEY_ORDER:
        rank = _KEY_ORDER.index(name)
        for index, existing in enumerate(mapping.entries):
            if existing in _KEY_ORDER and _KEY_ORDER.index(existing) > rank:
                return index
    return len(mapping.entries)


def _replacement(file: SourceText, root: Node, keys: Keys, node: Node, value: Any, writer: LineWriter) -> Iterator[Edit]:
    """Yield the edit that replaces a value; a comment behind a value on one line stays behind its key."""
    name = str(keys[-1]) if isinstance(keys[-1], str) else ""
    is_inline, lines = writer.value(value, name)
    was_inline = isinstance(node, Scalar) or node.flow
    parent = node_at(root, keys[:-1])
    if isinstance(parent, Sequence):
        indent = " " * column(file, node.start)
        end = node.end if was_inline and is_inline else trailing_end(file, node)
        comment = file.text[node.end : end].strip() if was_inline else ""
        rest = [f"{indent if line else ''}{line}" for line in lines[1:]]
        first = f"{comment}{file.newline}{indent}{lines[0]}" if comment and not is_inline else lines[0]
        yield Edit(node.start, end, file.newline.join([first, *rest]))
        return
    if not isinstance(parent, Mapping):
        raise TypeError("a value outside lists and mappings")
    key, _ = parent.entries[name]
    indent = " " * column(file, key.start)
    if is_inline and was_inline:
        yield Edit(node.start, node.end, file.newline.join([lines[0], *(f"{indent}{line}" for line in lines[1:])]))
    elif parent.flow:
        raise TypeError(f"{name} stands in brackets, so it cannot be replaced by lines")
    elif is_inline:
        yield Edit(
            key.end, trailing_end(file, node), file.newline.join([f": {lines[0]}", *(f"{indent}{line}" for line in lines[1:])])
        )
    else:
        inner = " " * (column(file, node.start) if not was_inline else len(indent) + _list_indent(lines, writer))
        text = file.newline.join(f"{inner if line else ''}{line}" for line in lines)
        if was_inline:
            end = trailing_end(file, node)
            comment = file.text[node.end : end].strip()
            yield Edit(key.end, end, f":{f' {comment}' if comment else ''}{file.newline}{text}")
        else:
            yield Edit(node.start, trailing_end(file, node), text.lstrip(" "))


def _list_indent(lines: list[str], writer: LineWriter) -> int:
    return writer.list_indent if lines[0].startswith("- ") else 2
