"""Describe changes to a source as data, which `source.update` applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Any

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Finding, Location, sort_findings
from ipdocs.locale.conversion.choice import Choice
from ipdocs.model.text import Text
from ipdocs.source.basis import source_language
from ipdocs.source.differences import mark_differences, shorten_marked
from ipdocs.source.edits import Edit
from ipdocs.source.open import Source
from ipdocs.source.state_entries import Approval, Reading, Remark
from ipdocs.source.texts import Keys, TextPlace, texts_by_block


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The person who confirms a translation, and the date in ISO 8601 format; both are empty if nobody confirms it."""

    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A new list entry.

    Attributes:
        keys: the keys that lead to the list.
        index: the index at which to insert the entry; the length of the list appends it.
        value: the plain value of the entry, of which parts may be `Kept`. In the body, a text, keyed by language code, becomes
            a paragraph with a new id.
    """

    keys: Keys
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Changes to a source and its state; all keys and indices refer to the unchanged source.

    Attributes:
        texts: texts to replace or add, keyed by (keys of the place, language).
        insertions: entries to insert into lists.
        removals: the keys of the list entries and of the keys of mappings to remove, such as items, blocks or texts.
        order: the indices of blocks in their new order; a block that is not listed stays after the block before it.
        edits: other edits to the text of the file, whose result is not compared with intended values.
        bases: a confirmation for each translation whose source texts the state must store, keyed by (block, language).
        facts: the type and notation of each fact to add or change, keyed by name; None removes the fact.
        fact_names: the new name of each fact to rename, keyed by its present name; `texts` must have the new expressions.
        same_words: whether the changed texts print the same words as before, so that their translations stay confirmed.
        choices: choices for conversion between the Chinese scripts, which the state must store.
        approvals: approvals that the state must store.
        readings: readings that the state must store.
        remarks: remarks that the state must store; one that was settled replaces the open one.
        inherited: the values with which facts were taken over from an earlier document, keyed by name; None removes the entry.
        values: plain values to set, of which parts may be `Kept`, keyed by the keys that lead to them; a key that its mapping
            does not have is added.
        renames: the new names of keys of mappings, keyed by the keys that lead to them.
        pictures: new pictures, keyed by their paths relative to the folder of the source, where they are written.
    """

    texts: Mapping[tuple[Keys, str], str] = field(default_factory=dict)
    insertions: tuple[Insertion, ...] = ()
    removals: tuple[Keys, ...] = ()
    order: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    bases: Mapping[tuple[str, str], Confirmation] = field(default_factory=dict)
    facts: Mapping[str, tuple[str, str] | None] = field(default_factory=dict)
    fact_names: Mapping[str, str] = field(default_factory=dict)
    same_words: bool = False
    choices: tuple[Choice, ...] = ()
    approvals: tuple[Approval, ...] = ()
    readings: tuple[Reading, ...] = ()
    remarks: tuple[Remark, ...] = ()
    inherited: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[Keys, Any] = field(default_factory=dict)
    renames: Mapping[Keys, str] = field(default_factory=dict)
    pictures: Mapping[str, CleanPicture] = field(default_factory=dict)


def combine_changes(changes: Sequence[SourceChanges]) -> SourceChanges:
    """Combine several changes; if two changes set the same text or value, or both set the order, the later change wins."""
    return SourceChanges(
        texts={key: text for change in changes for key, text in change.texts.items()},
        insertions=tuple(insertion for change in changes for insertion in change.insertions),
        removals=tuple(dict.fromkeys(keys for change in changes for keys in change.removals)),
        order=next((change.order for change in reversed(changes) if change.order), ()),
        edits=tuple(edit for change in changes for edit in change.edits),
        bases={key: confirmation for change in changes for key, confirmation in change.bases.items()},
        facts={name: fact for change in changes for name, fact in change.facts.items()},
        fact_names={name: new_name for change in changes for name, new_name in change.fact_names.items()},
        same_words=bool(changes) and all(change.same_words for change in changes if change.texts),
        choices=tuple(choice for change in changes for choice in change.choices),
        approvals=tuple(approval for change in changes for approval in change.approvals),
        readings=tuple(reading for change in changes for reading in change.readings),
        remarks=tuple(remark for change in changes for remark in change.remarks),
        inherited={name: value for change in changes for name, value in change.inherited.items()},
        values={keys: value for change in changes for keys, value in change.values.items()},
        renames={keys: name for change in changes for keys, name in change.renames.items()},
        pictures={name: picture for change in changes for name, picture in change.pictures.items()},
    )


def is_within(keys: Keys, entries: Iterable[Keys]) -> bool:
    """Whether the keys lead to one of the list entries, or to a place inside one of the entries."""
    return any(keys[: len(entry)] == entry for entry in entries)


def conflict_findings(source: Source, changes: Sequence[SourceChanges]) -> list[Finding]:
    """Return the conflicts between several changes.

    Two changes conflict if they replace the same text by different texts. They also conflict if one of them translates a text
    that the other rewrites, or changes an entry that the other removes.
    """
    places = {place.keys: place for block in texts_by_block(source.document).values() for place in block}
    original_languages = {block_id: source_language(block) for block_id, block in texts_by_block(source.document).items()}
    findings: list[Finding] = []
    for first, second in combinations(changes, 2):
        for (keys, language), text in first.texts.items():
            if (other_text := second.texts.get((keys, language), text)) != text:
                difference = shorten_marked(mark_differences(text, other_text))
                message = f"the {language} text of '{places[keys].name}' is changed in two ways: “{difference:.200}”"
                findings.append(_text_conflict_finding(message, places[keys], language, "the last file wins"))
    for change, other_change in permutations(changes, 2):
        for keys, language in change.texts:
            place, original_language = places[keys], original_languages[places[keys].block]
            is_translation = original_language != language and (place.block, language) in change.bases
            if is_translation and (keys, original_language) in other_change.texts:
                message = f"'{place.name}' is translated into {language}, but its {original_language} text is also changed"
                findings.append(_text_conflict_finding(message, place, original_language, "both changes are made"))
            if is_within(keys, other_change.removals):
                message = f"the {language} text of '{place.name}' is both changed and removed"
                findings.append(_text_conflict_finding(message, place, language, "it is removed"))
        for insertion in change.insertions:
            if is_within(insertion.keys, other_change.removals):
                message = f"“{_words(insertion.value):.60}” is inserted into a list that is removed"
                findings.append(_conflict_finding(message, source.nodes.locate(insertion.keys), "it is removed"))
    return sort_findings(findings)


def _text_conflict_finding(message: str, place: TextPlace, language: str, result: str) -> Finding:
    text = place.texts.get(Text(language)) or next(iter(place.texts.values()))
    return _conflict_finding(message, text.locate(), result)


def _conflict_finding(message: str, location: Location | None, result: str) -> Finding:
    hint = f"import the files one after another; or use --accept, and {result}"
    return Finding("conflicting-texts", message, location, hint)


def _words(value: Any) -> str:
    """Return the first text of a plain value."""
    while isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return str(value)
