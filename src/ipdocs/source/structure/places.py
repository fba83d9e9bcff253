"""Find the parts of a source by their dotted names, and say why a part cannot be changed."""

from __future__ import annotations

from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.text import RESTRICTED
from ipdocs.source.kept import value_at
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.texts import Keys, block_ids

PLACEHOLDER = "⟦…⟧"
"""The text of a new block in its first language, and the last text of an emptied block."""

LIMITS = ("only", "absent", "restricted", "allow")
"""The keys of a block that say where it appears and which checks apply to it."""


def block_index(source: Source, row: str) -> int:
    """Return the index in the body of a block with an id; a block without one is called block-3, as in the names of its texts.

    Raises:
        IpdocsError: there is no such block.
    """
    ids = block_ids(source.document)
    if row in ids:
        return ids.index(row)
    raise not_possible(source, (), f"there is no block '{row}'")


def part_keys(source: Source, name: str) -> Keys:
    """Return the keys that lead to a part of a block, given its dotted name, such as "areas.list.items.2".

    Raises:
        IpdocsError: there is no such part.
    """
    row, *parts = name.split(".")
    keys: Keys = (*BODY, block_index(source, row))
    value = value_at(source.nodes.data, keys)
    for part in parts:
        known = dict(enumerate(value)) if isinstance(value, list) else value if isinstance(value, dict) else {}
        step: str | int = int(part) if isinstance(value, list) and part.isdigit() else part
        if step not in known:
            raise not_possible(source, keys, f"there is no part '{name}'")
        value, keys = known[step], (*keys, step)
    return keys


def entry_keys(source: Source, name: str) -> Keys:
    """Return the keys that lead to a list entry, given the name of the entry or of a text in it.

    Raises:
        IpdocsError: there is no such entry.
    """
    keys = part_keys(source, name)
    while keys and not isinstance(keys[-1], int):
        keys = keys[:-1]
    return keys


def plain(source: Source, keys: Keys) -> Any:
    """Return the plain value that keys lead to in a source."""
    return value_at(source.nodes.data, keys)


def kind_of(block: Any) -> str:
    """Return the kind of a block, given its plain value."""
    return next(kind for kind in BLOCKS if kind in block)


def texts_of(value: Any) -> dict[str, str]:
    """Return the texts of a plain value, keyed by language; for an item with an inner list or a cell, those of its own text."""
    texts = value["text"] if isinstance(value.get("text"), dict) else value
    return {str(language): str(text) for language, text in texts.items() if language != RESTRICTED}


def is_restricted(value: Any) -> bool:
    """Whether a text, or the text of an item or cell, has the mark `restricted`."""
    return RESTRICTED in value or (isinstance(value.get("text"), dict) and RESTRICTED in value["text"])


def first_language(source: Source) -> str:
    """Return the first language of a document."""
    return str(source.document.languages[0])


def placeholder(source: Source) -> dict[str, str]:
    """Return the texts of a new part that nobody has written yet."""
    return {first_language(source): PLACEHOLDER}


def not_possible(source: Source, keys: Keys, message: str, hint: str = "choose another place") -> IpdocsError:
    """Return the error for a change of structure that cannot be made, with the location that `keys` lead to."""
    return IpdocsError([Finding("not-possible", message, source.nodes.locate(keys), hint)])
