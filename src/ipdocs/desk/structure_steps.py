"""Steps of structure: blocks, items and texts are put in, moved, split, joined and removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.desk.change_values import Change, find_place, optional_text, text_at, value
from ipdocs.desk.dropped_pictures import dropped_picture
from ipdocs.desk.errors import bad_request, stale, text_conflict
from ipdocs.desk.offsets import character_offsets
from ipdocs.locale.language import language
from ipdocs.localisation.localise import language_context
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.text import Text
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.structure import blocks, figures, items, kinds, notes, recurring, splitting, tables
from ipdocs.source.structure.places import entry_keys, part_keys
from ipdocs.source.texts import Keys, block_ids


def insert(source: Source, change: Change) -> SourceChanges:
    """Put in a block after a row; after a row of the head, it becomes the first block."""
    index = index_after(source, optional_text(change, "after"))
    kind, content = value(change, "kind", str), change.get("value")
    if kind == "figure" and isinstance(content, Mapping):
        file = value(content, "file", str)
        return figures.insert_figure(source, index, file, dropped_picture(source, file), texts_in(change))
    return blocks.insert_block(source, index, kind, texts_in(change), content)


def index_after(source: Source, row: str | None) -> int:
    """Return the index of the body after a row; a row before the body, or none, gives its beginning."""
    body = block_ids(source.document)
    return body.index(row) + 1 if row in body else 0


def texts_in(change: Change) -> dict[str, str]:
    """Return the texts of a change, keyed by language; empty texts are left out."""
    texts = change.get("texts") or {}
    if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
        raise bad_request("texts must be texts keyed by language")
    return {str(language): str(text) for language, text in texts.items() if text.strip()}


def insert_item(source: Source, change: Change) -> SourceChanges:
    """Put an entry into a list, a quotation, definitions or footnotes."""
    keys = _keys(source, change)
    return items.insert_item(source, keys, value(change, "index", int), texts_in(change))


def delete(source: Source, change: Change) -> SourceChanges:
    """Remove a block."""
    return blocks.remove_block(source, _index(source, change))


def delete_item(source: Source, change: Change) -> SourceChanges:
    """Remove a list entry, or a footnote with its calls."""
    keys = _keys(source, change)
    if keys[2:3] == ("footnotes",):
        return notes.remove_note(source, keys)
    return items.remove_item(source, _entry(source, change))


def move(source: Source, change: Change) -> SourceChanges:
    """Move a block after another row."""
    after = index_after(source, optional_text(change, "after"))
    return blocks.move_block(source, _index(source, change), after - 1 if after else None)


def move_item(source: Source, change: Change) -> SourceChanges:
    """Move a list entry to another index of its list."""
    return items.move_item(source, _entry(source, change), value(change, "index", int))


def level(source: Source, change: Change) -> SourceChanges:
    """Move a list item one level in or out."""
    return items.change_level(source, _entry(source, change), value(change, "by", int))


def end_list(source: Source, change: Change) -> SourceChanges:
    """End a list at an item without words, which becomes a paragraph."""
    return items.end_list(source, _entry(source, change))


def kind(source: Source, change: Change) -> SourceChanges:
    """Make a block a block of another kind."""
    return kinds.change_kind(source, _index(source, change), value(change, "kind", str))


def split(source: Source, change: Change) -> SourceChanges:
    """Split a text in one language."""
    keys, language, text = cell_in(source, change)
    return splitting.split_text(source, keys, language, character_offsets(text)(value(change, "at", int)))


def join(source: Source, change: Change) -> SourceChanges:
    """Join a block or list entry with the one before it, in all languages."""
    return splitting.join_with_previous(source, _entry(source, change))


def set_value(source: Source, change: Change) -> SourceChanges:
    """Set what a block says besides its texts."""
    return blocks.set_value(source, _index(source, change), value(change, "key", str), change.get("value"))


def limit(source: Source, change: Change) -> SourceChanges:
    """Take a block out of a language, limit it to one, or lift these limits."""
    mode = value(change, "mode", str)
    if mode not in ("absent", "only", "all"):
        raise bad_request(f"there is no limit {mode!r:.40}")
    return blocks.limit_block(
        source, _index(source, change), value(change, "lang", str), mode, optional_text(change, "reason") or ""
    )


def note(source: Source, change: Change) -> SourceChanges:
    """Put a footnote into a text in one language."""
    keys, language, text = cell_in(source, change)
    at = character_offsets(text)(value(change, "at", int))
    return notes.insert_note(source, keys, language, at, texts_in(change))


def table(source: Source, change: Change) -> SourceChanges:
    """Add or remove a row or column of a table, or join or separate cells."""
    to = optional_text(change, "to")
    return tables.change_table(
        source, _entry(source, change), value(change, "action", str), entry_keys(source, to) if to else None
    )


def paste(source: Source, change: Change) -> SourceChanges:
    """Put in several blocks that were pasted, after a row; footnotes get names that the document does not have."""
    pasted = value(change, "blocks", list)
    kinds_allowed = BLOCKS.keys() - {"figure", "boilerplate"}
    for block in pasted:
        if not isinstance(block, Mapping) or len(block.keys() & kinds_allowed) != 1:
            raise bad_request("a pasted block is of no known kind")
    index = index_after(source, optional_text(change, "after"))
    return blocks.insert_blocks(source, index, notes.with_new_note_names(source, pasted))


def use_words(source: Source, change: Change) -> SourceChanges:
    """Put the blocks of recurring text in place of its name."""

    def translate(english: str, code: str) -> str | None:
        phrase = language_context(source, language(code, source.workspace)).catalog.phrase(Text(english))
        return phrase.text if phrase else None

    return recurring.use_words(source, _index(source, change), translate)


def cell_in(source: Source, change: Change) -> tuple[Keys, str, str]:
    """Return the keys of the text that a change refers to, its language and its words, which must be `before` if it is given."""
    name, language = value(change, "place", str), value(change, "lang", str)
    place = find_place(source, name)
    present = text_at(source, name, language)
    before = optional_text(change, "before")
    if place is None or present is None or (before is not None and before != present):
        raise text_conflict(name, language, None, present, before)
    return place.keys, language, present


def _index(source: Source, change: Change) -> int:
    row = value(change, "row", str)
    ids = block_ids(source.document)
    if row not in ids:
        raise stale()
    return ids.index(row)


def _keys(source: Source, change: Change) -> Keys:
    return part_keys(source, value(change, "place", str))


def _entry(source: Source, change: Change) -> Keys:
    return entry_keys(source, value(change, "place", str))


STRUCTURE_STEPS: Mapping[str, Any] = {
    "insert": insert,
    "insert-item": insert_item,
    "delete": delete,
    "delete-item": delete_item,
    "move": move,
    "move-item": move_item,
    "level": level,
    "end-list": end_list,
    "kind": kind,
    "split": split,
    "join": join,
    "set": set_value,
    "limit": limit,
    "note": note,
    "table": table,
    "paste": paste,
    "use-words": use_words,
}
"""The function for each type of change of structure."""
