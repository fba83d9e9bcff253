"""Put the words of recurring text into a document, in place of the name of its boilerplate section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os.path import relpath
from typing import Any

from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.file import read_text
from ipdocs.source.nodes import read_nodes
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.structure.blocks import with_ids
from ipdocs.source.structure.places import LIMITS, not_possible, plain
from ipdocs.source.texts import Keys

Translate = Callable[[str, str], str | None]
"""A function that returns the translation of an English text into a language, or None."""


def use_words(source: Source, index: int, translate: Translate) -> SourceChanges:
    """Return the changes that replace a boilerplate block by the blocks of its section, in the languages of the document.

    Args:
        source: the source.
        index: the index of the block.
        translate: returns the words of the catalogs.
    """
    block = plain(source, (*BODY, index))
    name = block.get("boilerplate")
    path = source.workspace.find(f"templates/boilerplate/{name}.yaml") if name else None
    nodes = read_nodes(read_text(path))[0] if path else None
    if nodes is None or path is None:
        raise not_possible(source, (*BODY, index), "this block is not recurring text")
    limits = {key: plain(source, (*BODY, index, key)) for key in LIMITS if key in block}
    languages = [str(language) for language in source.document.languages]
    folder = relpath(path.parent, source.path.parent)
    blocks = [_copied(value, languages, translate, folder) for value in nodes.data["body"]]
    facts = {str(key): _plain(fact) for key, fact in nodes.data.get("facts", {}).items()}
    known = source.nodes.data.get("facts", {})
    if clash := next((key for key, fact in facts.items() if key in known and known[key] != fact), None):
        message = f"the fact '{clash}' has another value in this document"
        raise not_possible(source, ("facts", clash), message, "rename the fact of the document first")
    new_facts = {key: fact for key, fact in facts.items() if key not in known}
    values: dict[Keys, Any] = {("facts", key): fact for key, fact in new_facts.items()} if known else {}
    if new_facts and not known:
        values = {("facts",): new_facts}
    named = with_ids(source, index, [{key: value for key, value in block.items() if key != "id"} for block in blocks])
    insertions = tuple(Insertion(BODY, index, {"id": new["id"], **limits, **new}) for new in named)
    return SourceChanges(insertions=insertions, removals=((*BODY, index),), values=values)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else str(value)


def _copied(value: Any, languages: list[str], translate: Translate, folder: str) -> Any:
    """Return a copy of a part of a section, with its texts in the languages of a document and the new paths of its pictures."""
    if isinstance(value, list):
        return [_copied(inner, languages, translate, folder) for inner in value]
    if not isinstance(value, Mapping):
        return str(value)
    if isinstance(value.get("en"), str):
        english = str(value["en"])
        texts = {code: value.get(code) or (english if code == "en" else translate(english, code)) for code in languages}
        return {code: str(text) for code, text in texts.items() if text} or {"en": english}
    copied = {str(key): _copied(inner, languages, translate, folder) for key, inner in value.items()}
    if isinstance(figure := copied.get("figure"), dict):
        figure["file"] = f"{folder}/{figure['file']}"
    return copied
