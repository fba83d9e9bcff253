"""Changes to a source, as data: features say what is to change, and `source.update` makes it so."""

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
    """Who confirms a translation, and when (an ISO 8601 date); nobody, if both are empty."""

    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text by language that is put into a list as an entry of its own; in the body it becomes a paragraph.

    Attributes:
        keys: where the list stands.
        index: that of the entry before which it is put in; at the end if there is none.
        texts: the text by the codes of its languages.
    """

    keys: Keys
    index: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """What is to change in a source and its state; keys and indices are those before any change.

    Attributes:
        texts: texts by the keys of their place and their language, in the place of those that are there or beside the others.
        insertions: what is put into lists.
        removals: the keys of entries that are taken out of lists: items, blocks.
        order: the indices of blocks in their new order; others stay behind the ones they stand behind.
        edits: new text for parts of the file, apart from all of the above.
        bases: by block and language, translations to note as made from what stands in the block after the change.
    """

    texts: Mapping[tuple[Keys, str], str] = field(default_factory=dict)
    insertions: tuple[Insertion, ...] = ()
    removals: tuple[Keys, ...] = ()
    order: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    bases: Mapping[tuple[str, str], Confirmation] = field(default_factory=dict)


def combine_changes(changes: Sequence[SourceChanges]) -> SourceChanges:
    """Return several changes as one; of two texts for one place, or two orders, the last counts."""
    return SourceChanges(
        texts={place: text for change in changes for place, text in change.texts.items()},
        insertions=tuple(insertion for change in changes for insertion in change.insertions),
        removals=tuple(dict.fromkeys(keys for change in changes for keys in change.removals)),
        order=next((change.order for change in reversed(changes) if change.order), ()),
        edits=tuple(edit for change in changes for edit in change.edits),
        bases={place: confirmation for change in changes for place, confirmation in change.bases.items()},
    )


def is_within(keys: Keys, entries: Iterable[Keys]) -> bool:
    """Whether a place is one of some entries of lists, or stands in one of them."""
    return any(keys[: len(entry)] == entry for entry in entries)


def conflict_findings(source: Source, changes: Sequence[SourceChanges]) -> list[Finding]:
    """Return what several changes disagree on.

    That is a text to which two of them give different words, a translation in one whose original another rewrites, and
    what one changes in an entry that another takes out.
    """
    places = {place.keys: place for block in texts_by_block(source.document).values() for place in block}
    originals = {name: source_language(block) for name, block in texts_by_block(source.document).items()}
    findings: list[Finding] = []
    for first, second in combinations(changes, 2):
        for (keys, language), text in first.texts.items():
            if (other := second.texts.get((keys, language), text)) != text:
                difference = shorten_marked(mark_differences(text, other))
                message = f"the {language} text of '{places[keys].name}' is changed in two ways: {difference:.200}"
                findings.append(_conflict(message, places[keys], language, "the last one counts"))
    for change, other_change in permutations(changes, 2):
        for keys, language in change.texts:
            place, original = places[keys], originals[places[keys].block]
            translated = original != language and (place.block, language) in change.bases
            if translated and (keys, original) in other_change.texts:
                message = f"'{place.name}' is translated into {language}, and its {original} text is changed, too"
                findings.append(_conflict(message, place, original, "both are taken"))
            if is_within(keys, other_change.removals):
                message = f"the {language} text of '{place.name}' is changed, and is taken out, too"
                findings.append(_conflict(message, place, language, "it is taken out"))
        for new in change.insertions:
            if is_within(new.keys, other_change.removals):
                message = f"“{next(iter(new.texts.values())):.60}” is put into a list that is taken out, too"
                findings.append(_finding(message, source.nodes.place(new.keys), "it is taken out"))
    return in_order(findings)


def _conflict(message: str, place: TextPlace, language: str, otherwise: str) -> Finding:
    text = place.texts.get(Text(language)) or next(iter(place.texts.values()))
    return _finding(message, text.locate(), otherwise)


def _finding(message: str, location: Location | None, otherwise: str) -> Finding:
    hint = f"import the files one after another; with --accept {otherwise}"
    return Finding("conflicting-texts", message, location, hint)
