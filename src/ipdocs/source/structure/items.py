"""Put entries into lists, move and remove them, and change their level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.kept import Kept
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.structure.blocks import remove_block, with_ids
from ipdocs.source.structure.places import LIMITS, not_possible, placeholder, plain
from ipdocs.source.texts import Keys


def insert_item(source: Source, keys: Keys, index: int, texts: Mapping[str, str]) -> SourceChanges:
    """Return the changes that put an entry into a list, a quotation or definitions.

    Args:
        source: the source.
        keys: the keys that lead to the list.
        index: the index at which to insert the entry.
        texts: its text in one or more languages, or nothing; of a definition, the term.
    """
    entries = plain(source, keys)
    if isinstance(entries, dict):  # footnotes
        name = next(name for name in (f"note-{number}" for number in range(1, len(entries) + 2)) if name not in entries)
        return SourceChanges(values={(*keys, name): dict(texts) or placeholder(source)})
    words = dict(texts) or placeholder(source)
    value: Any = {"term": words, "text": placeholder(source)} if keys[-1] == "definitions" else words
    return SourceChanges(insertions=(Insertion(keys, index, value),))


def remove_item(source: Source, keys: Keys) -> SourceChanges:
    """Return the changes that remove a list entry with its comments; a list without entries goes, too."""
    list_keys = keys[:-1]
    entries = plain(source, list_keys)
    if len(entries) > 1:
        return SourceChanges(removals=(keys,))
    if list_keys[-2:] == ("list", "items"):
        owner = list_keys[:-2]
        intro = plain(source, list_keys[:-1]).get("intro")
        if len(owner) == 2:
            if intro is None:
                return remove_block(source, int(owner[1]))
            list_value = (*owner, "list")
            return SourceChanges(renames={list_value: "paragraph"}, values={list_value: Kept((*list_value, "intro"))})
        if intro is not None:
            raise not_possible(source, keys, "the words before this list would be left without a list", "delete the words first")
        return SourceChanges(values={owner: Kept((*owner, "text"))})
    return remove_block(source, int(list_keys[1]))


def move_item(source: Source, keys: Keys, index: int) -> SourceChanges:
    """Return the changes that move a list entry to another index in its list."""
    list_keys, old = keys[:-1], int(keys[-1])
    index = max(0, min(index, len(plain(source, list_keys)) - 1))
    if index == old:
        return SourceChanges()
    target = index + 1 if index > old else index
    return SourceChanges(insertions=(Insertion(list_keys, target, Kept(keys)),), removals=(keys,))


def change_level(source: Source, keys: Keys, by: int) -> SourceChanges:
    """Return the changes that move a list item one level in (1) or out (-1).

    An item moves in as the last one below the item before it. An item that moves out takes the items after it along, below it.

    Raises:
        IpdocsError: the item cannot move further.
    """
    list_keys, index = keys[:-1], int(keys[-1])
    if list_keys[-2:] != ("list", "items"):
        raise not_possible(source, keys, "only the items of a list have levels")
    return _inwards(source, list_keys, index) if by > 0 else _outwards(source, list_keys, index)


def _inwards(source: Source, list_keys: Keys, index: int) -> SourceChanges:
    keys, before = (*list_keys, index), (*list_keys, index - 1)
    if index == 0:
        raise not_possible(source, keys, "the first item of a list has no item above it", "move it down first")
    above = plain(source, before)
    if "list" in above:
        inner = (*before, "list", "items")
        return SourceChanges(insertions=(Insertion(inner, len(plain(source, inner)), Kept(keys)),), removals=(keys,))
    return SourceChanges(values={before: {"text": Kept(before), "list": {"items": [Kept(keys)]}}}, removals=(keys,))


def _outwards(source: Source, list_keys: Keys, index: int) -> SourceChanges:
    keys, owner = (*list_keys, index), list_keys[:-2]
    if len(owner) == 2:
        raise not_possible(source, keys, "this item is on the first level already", "make the list a paragraph to end it")
    entries = plain(source, list_keys)
    following = [(*list_keys, other) for other in range(index + 1, len(entries))]
    outer = owner[:-1]
    target = int(owner[-1]) + 1
    value: Any = Kept(keys)
    if following:
        item = entries[index]
        inner = [(*keys, "list", "items", other) for other in range(len(item["list"]["items"]))] if "list" in item else []
        content = {key: Kept((*keys, "list", key)) for key in item["list"] if key != "items"} if "list" in item else {}
        value = {
            "text": Kept((*keys, "text") if "list" in item else keys),
            "list": {**content, "items": [Kept(other) for other in (*inner, *following)]},
        }
    insertion = Insertion(outer, target, value)
    if index > 0:
        return SourceChanges(insertions=(insertion,), removals=(keys, *following))
    if plain(source, list_keys[:-1]).get("intro") is not None:
        raise not_possible(source, keys, "the words before this list would be left without a list", "delete the words first")
    return SourceChanges(insertions=(insertion,), values={owner: Kept((*owner, "text"))})


def end_list(source: Source, keys: Keys) -> SourceChanges:
    """Return the changes that end a list at an item without words: it becomes a paragraph, those after it a list.

    Raises:
        IpdocsError: the item is not on the first level of a list, or has a list below it.
    """
    list_keys, index = keys[:-1], int(keys[-1])
    entries = plain(source, list_keys)
    is_outer = len(keys) == 5 and list_keys[-2:] == ("list", "items")
    if not is_outer or "list" in entries[index] or (index == 0 and "intro" in plain(source, list_keys[:-1])):
        raise not_possible(source, keys, "the list cannot end here", "move the item one level out first")
    block = int(keys[1])
    following = [Kept((*list_keys, other)) for other in range(index + 1, len(entries))]
    content = {key: Kept((*list_keys[:-1], key)) for key in plain(source, list_keys[:-1]) if key == "style"}
    parts: list[dict[str, Any]] = [{"paragraph": Kept(keys)}]
    parts += [{"list": {**content, "items": following}}] if following else []
    limits = {name: plain(source, (*keys[:2], name)) for name in LIMITS if name in plain(source, keys[:2])}
    named = with_ids(source, block + 1, parts)
    insertions = tuple(Insertion(BODY, block + 1, {"id": part["id"], **limits, **part}) for part in named)
    if index == 0:
        return SourceChanges(insertions=insertions, removals=(keys[:2],))
    removals = tuple((*list_keys, other) for other in range(index, len(entries)))
    return SourceChanges(insertions=insertions, removals=removals)
