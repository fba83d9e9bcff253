"""Changes to a source as data: features describe them, and `source.update` applies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from ipdocs.findings import Finding, Location, in_order
from ipdocs.model.text import Text
from ipdocs.source.basis import source_language
from ipdocs.source.differences import mark_differences, shorten_marked
from ipdocs.source.edits import Edit
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys, TextPlace, texts_by_block


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirms a translation, and when (an ISO 8601 date); both are empty if it is not confirmed."""

    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text by language to insert into a list as a new entry; in the body it becomes a paragraph.

    Attributes:
        keys: the place of the list.
        index: the index of the entry before which it is inserted, or the length of the list.
        texts: the text by language code.
    """

    keys: Keys
    index: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Changes to a source and its state; keys and indices are those before any change.

    Attributes:
        texts: texts to replace or add, by the keys of their place and their language.
        insertions: entries to insert into lists.
        removals: the keys of list entries to remove: items, blocks.
        order: the indices of blocks in their new order; other blocks stay after their present predecessors.
        edits: further edits of the file's text.
        bases: translations, by block and language, of which the state records the source texts after the change.
    """

    texts: Mapping[tuple[Keys, str], str] = field(default_factory=dict)
    insertions: tuple[Insertion, ...] = ()
    removals: tuple[Keys, ...] = ()
    order: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    bases: Mapping[tuple[str, str], Confirmation] = field(default_factory=dict)


def combine_changes(changes: Sequence[SourceChanges]) -> SourceChanges:
    """Combine several changes; of two texts for one place, or of two orders, the last one counts."""
    return SourceChanges(
        texts={place: text for change in changes for place, text in change.texts.items()},
        insertions=tuple(insertion for change in changes for insertion in change.insertions),
        removals=tuple(dict.fromkeys(keys for change in changes for keys in change.removals)),
        order=next((change.order for change in reversed(changes) if change.order), ()),
        edits=tuple(edit for change in changes for edit in change.edits),
        bases={place: confirmation for change in changes for place, confirmation in change.bases.items()},
    )


def is_within(keys: Keys, entries: Iterable[Keys]) -> bool:
    """Whether a place is one of some list entries, or is within one of them."""
    return any(keys[: len(entry)] == entry for entry in entries)


def conflict_findings(source: Source, changes: Sequence[SourceChanges]) -> list[Finding]:
    """Return the conflicts between several changes.

    Two changes conflict if they give one text different words. They also conflict if one translates a text that the other
    rewrites, or changes an entry that the other removes.
    """
    places = {place.keys: place for block in texts_by_block(source.document).values() for place in block}
    originals = {name: source_language(block) for name, block in texts_by_block(source.document).items()}
    findings: list[Finding] = []
    for first, second in combinations(changes, 2):
        for (keys, language), text in first.texts.items():
            if (other := second.texts.get((keys, language), text)) != text:
                difference = shorten_marked(mark_differences(text, other))
                message = f"the {language} text of '{places[keys].name}' is changed in two ways: “{difference:.200}”"
                findings.append(_conflict(message, places[keys], language, "the last one counts"))
    for change, other_change in permutations(changes, 2):
        for keys, language in change.texts:
            place, original = places[keys], originals[places[keys].block]
            translated = original != language and (place.block, language) in change.bases
            if translated and (keys, original) in other_change.texts:
                message = f"'{place.name}' is translated into {language}, but its {original} text is changed, too"
                findings.append(_conflict(message, place, original, "both changes are made"))
            if is_within(keys, other_change.removals):
                message = f"the {language} text of '{place.name}' is both changed and removed"
                findings.append(_conflict(message, place, language, "it is removed"))
        for new in change.insertions:
            if is_within(new.keys, other_change.removals):
                message = f"“{next(iter(new.texts.values())):.60}” is inserted into a list that is removed"
                findings.append(_finding(message, source.nodes.place(new.keys), "it is removed"))
    return in_order(findings)


def _conflict(message: str, place: TextPlace, language: str, result: str) -> Finding:
    text = place.texts.get(Text(language)) or next(iter(place.texts.values()))
    return _finding(message, text.locate(), result)


def _finding(message: str, location: Location | None, result: str) -> Finding:
    hint = f"import the files one after another, or use --accept, so that {result}"
    return Finding("conflicting-texts", message, location, hint)
