"""The plain values that a source must have after a set of changes; the changed file must read back as these values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ipdocs.source.changes import SourceChanges
from ipdocs.source.fact_edits import with_facts
from ipdocs.source.kept import plain_value, value_at
from ipdocs.source.rearrangement import BODY, NewEntry, rearranged_values
from ipdocs.source.texts import Keys


def intended_values(data: Any, changes: SourceChanges, entries: Sequence[NewEntry]) -> Any:
    """Return the plain values that a source must have after changes.

    Args:
        data: the plain values of the unchanged source.
        changes: the changes.
        entries: the list entries that `changes` inserts.
    """
    before, data = data, plain_value(data, data)
    removed_entries = [keys for keys in changes.removals if isinstance(keys[-1], int)]
    keys_of_changed_lists = {
        *(entry.keys for entry in entries),
        *(keys[:-1] for keys in removed_entries),
        *([BODY] if changes.order else []),
    }
    # All keys refer to the unchanged source, so lists and mappings are looked up before the first change.
    lists = {keys: value_at(data, keys) for keys in keys_of_changed_lists}
    parents = {keys: value_at(data, keys[:-1]) for keys in (*changes.values, *changes.renames, *changes.removals)}
    texts = {keys: value_at(data, keys) for keys, _ in changes.texts}
    for (keys, language), text in changes.texts.items():
        if language not in texts[keys] and language not in data["languages"]:
            data["languages"].append(language)
        texts[keys][language] = text
    for keys, value in changes.values.items():
        parents[keys][keys[-1]] = plain_value(value, before)
    for keys in changes.removals:
        if isinstance(keys[-1], str):
            del parents[keys][keys[-1]]
    for keys, name in changes.renames.items():
        parents[keys][name] = parents[keys].pop(str(keys[-1]))
    for keys, items in lists.items():
        new_entries = [NewEntry(keys, entry.index, plain_value(entry.value, before)) for entry in entries if entry.keys == keys]
        removed_indices = [int(removal[-1]) for removal in removed_entries if removal[:-1] == keys]
        items[:] = rearranged_values(items, new_entries, removed_indices, changes.order if keys == BODY else ())
    return with_facts(data, changes.facts, changes.fact_names)


def changed_lists(changes: SourceChanges, entries: Sequence[NewEntry]) -> set[Keys]:
    """Return the keys of the lists and mappings whose lines the changes need; in brackets, only single values can change."""
    return {
        *(entry.keys for entry in entries),
        *(keys[:-1] for keys in changes.removals if isinstance(keys[-1], int)),
        *(keys[:-1] for keys, value in changes.values.items() if not isinstance(value, str)),
        *([BODY] if changes.order else []),
    }
