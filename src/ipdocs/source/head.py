"""Change the fields of the head of a source: times, references, languages, the contact, and records such as papers."""

from __future__ import annotations

from typing import Any

from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys


def head_value(source: Source, keys: Keys) -> Any:
    """Return the plain value that keys lead to, or None if the source has no such value."""
    value = source.nodes.data
    for key in keys:
        if isinstance(value, dict) and str(key) in value:
            value = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            return None
    return value


def set_head(source: Source, keys: Keys, value: Any) -> SourceChanges:
    """Return the changes that give a field of the head a value.

    Lists and mappings around the field are added where they are missing. A list to which one entry is added, or from which one
    is removed, keeps the lines of its other entries.

    Args:
        source: the source.
        keys: the keys that lead to the field.
        value: the plain value; None removes the field, and the mappings that would be empty without it.
    """
    present = head_value(source, keys)
    if value == present:
        return SourceChanges()
    if value is None:
        return SourceChanges(removals=(_with_empty_parents(source, keys),))
    if isinstance(value, list) and isinstance(present, list):
        if present and value[: len(present)] == present and len(value) == len(present) + 1:
            return SourceChanges(insertions=(Insertion(keys, len(present), value[-1]),))
        removed = [index for index in range(len(present)) if [*present[:index], *present[index + 1 :]] == value]
        if removed and value:
            return SourceChanges(removals=((*keys, removed[0]),))
    while len(keys) > 1 and not isinstance(head_value(source, keys[:-1]), dict | list):
        keys, value = keys[:-1], {str(keys[-1]): value}
    return SourceChanges(values={keys: value})


def _with_empty_parents(source: Source, keys: Keys) -> Keys:
    """Return the keys of the outermost mapping that has nothing but the field, or of the field itself."""
    while len(keys) > 1 and len(head_value(source, keys[:-1])) == 1:
        keys = keys[:-1]
    return keys
