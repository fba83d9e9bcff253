"""Put footnotes into a text, and remove them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.name_checks import defined_names
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.spans import find_spans
from ipdocs.source.structure.blocks import new_note_name, remove_block, texts_without_notes, with_ids
from ipdocs.source.structure.places import PLACEHOLDER, plain
from ipdocs.source.texts import Keys


def insert_note(source: Source, keys: Keys, language: str, at: int, texts: Mapping[str, str] | None = None) -> SourceChanges:
    """Return the changes that put a footnote at a place of a text in one language, with its call.

    Args:
        source: the source.
        keys: the keys that lead to the text.
        language: the language of the text.
        at: the position in the text, in characters; within a fact or another part that is whole, the call comes after it.
        texts: the text of the footnote in one or more languages; by default, a placeholder in the language of the text.
    """
    text = str(plain(source, keys)[language])
    for span in find_spans(text):
        is_whole = span.is_atom or span.kind in ("gap", "escape", "verbatim")
        if span.start < at < span.end and (is_whole or not span.inner_start <= at <= span.inner_end):
            at = span.end
    name = new_note_name(source)
    words = dict(texts or {}) or {language: PLACEHOLDER}
    calls = {(keys, language): f"{text[:at]}[^{name}]{text[at:]}"}
    body = source.nodes.data["body"]
    index = next((index for index in reversed(range(len(body))) if "footnotes" in body[index]), None)
    if index is not None:
        return SourceChanges(texts=calls, values={(*BODY, index, "footnotes", name): words})
    (block,) = with_ids(source, len(body), [{"footnotes": {name: words}}])
    return SourceChanges(texts=calls, insertions=(Insertion(BODY, len(body), block),))


def remove_note(source: Source, keys: Keys) -> SourceChanges:
    """Return the changes that remove a footnote and all its calls.

    Args:
        source: the source.
        keys: the keys that lead to the footnote.
    """
    if len(plain(source, keys[:-1])) == 1:
        return remove_block(source, int(keys[1]))
    return SourceChanges(texts_without_notes(source, {str(keys[-1])}), removals=(keys,))


def with_new_note_names(source: Source, blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks, given as plain values, in which footnotes have names that a document does not have yet."""
    known = defined_names(source.nodes).notes
    pasted = [str(name) for block in blocks for name in block.get("footnotes", ())]
    fresh = (name for name in (f"note-{number}" for number in count(1)) if name not in known)
    names = {name: next(fresh) for name in pasted}

    def renamed(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {
                names.get(str(name), str(name)) if key == "footnotes" else str(name): renamed(inner, str(name))
                for name, inner in value.items()
            }
        if isinstance(value, list):
            return [renamed(inner) for inner in value]
        return _CALL.sub(lambda match: f"[^{names[match[1]]}]" if match[1] in names else "", str(value))

    return [renamed(block) for block in blocks]


_CALL = re.compile(r"\[\^([^\]]+)\]")
