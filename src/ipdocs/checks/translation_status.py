"""The state of each translation: whether it is current, stale, a draft or missing, and whether a person confirmed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.source.basis import digest, meaning, source_language
from ipdocs.source.differences import mark_differences, shorten_marked
from ipdocs.source.draft_marks import MARK_START
from ipdocs.source.open import Source
from ipdocs.source.state import Basis
from ipdocs.source.texts import TextPlace, texts_by_block
from ipdocs.workspace import Workspace

TranslationState = Literal["confirmed", "current", "rewritten", "unrecorded", "stale", "draft", "missing"]
"""The state of a block in a language:

- confirmed: a person has confirmed that the translation matches the present source text
- current: the translation was made from the present source text, but no person has confirmed it
- rewritten: both the source text and the translation have changed
- unrecorded: the state file does not record the source text from which the translation was made
- stale: the source text has changed, but the translation has not
- draft: the translation has a draft mark
- missing: at least one text of the block is not translated
"""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the translation of a block in a language.

    Attributes:
        block: the id of the block.
        language: the code of the language.
        location: the location of the translation or, if it is missing, of the source text.
        by: the person who confirmed the translation; empty if no person has.
        on: the day on which the translation was recorded.
        difference: the changes of the source text since that day, with marks.
    """

    block: str
    language: str
    state: TranslationState
    location: Location | None
    by: str = ""
    on: str = ""
    difference: str = ""


def translation_statuses(source: Source) -> list[Status]:
    """Return the state of every block of a source in every language other than its source language."""
    return list(_statuses(source))


def stale_findings(source: Source) -> list[Finding]:
    """Return a finding for each block whose translation is stale."""
    return [
        Finding(
            "stale-translation",
            f"the {status.language} text of '{status.block}' translates an earlier version of the source: "
            f"“{shorten_marked(status.difference)}”",
            status.location,
            f"correct the translation, then run `ipdocs confirm {source.path} {status.block} --lang {status.language}`; "
            "or build with --draft",
        )
        for status in _statuses(source)
        if status.state == "stale"
    ]


def stale_texts(source: Source, code: str) -> set[str]:
    """Return the dotted names of the stale texts in a language: their source text has changed, but their translation has not."""
    return {
        place.name
        for block, places in texts_by_block(source.document).items()
        if (basis := source.state.bases.get((block, code)))
        for place in places
        if Text(code) in place.texts and basis.source in place.texts
        if any(is_unchanged for _, is_unchanged in _source_changes([place], code, basis, source.workspace))
    }


def _statuses(source: Source) -> Iterator[Status]:
    bases, workspace = source.state.bases, source.workspace
    for block, places in texts_by_block(source.document).items():
        for code in source.document.languages:
            translatable_places = [
                place for place in places if place.exists_in(code) and (len(place.texts) > 1 or code not in place.texts)
            ]
            if translatable_places and code != source_language(translatable_places):
                yield _status(block, str(code), translatable_places, bases.get((block, str(code))), workspace)


def _status(block: str, code: str, places: Sequence[TextPlace], basis: Basis | None, workspace: Workspace) -> Status:
    translations = [text for place in places if (text := place.texts.get(Text(code)))]
    location = translations[0].locate() if translations else next(iter(places[0].texts.values())).locate()
    if len(translations) < len(places):
        return Status(block, code, "missing", location)
    if any(MARK_START in text for text in translations):
        return Status(block, code, "draft", location)
    if basis is None:
        return Status(block, code, "unrecorded", location)
    source_changes = list(_source_changes(places, code, basis, workspace))
    if source_changes:
        state: TranslationState = "stale" if any(is_unchanged for _, is_unchanged in source_changes) else "rewritten"
        return Status(
            block, code, state, location, basis.by, basis.on, " … ".join(difference for difference, _ in source_changes)
        )
    return Status(block, code, "confirmed" if basis.by else "current", location, basis.by, basis.on)


def _source_changes(places: Sequence[TextPlace], code: str, basis: Basis, workspace: Workspace) -> Iterator[tuple[str, bool]]:
    """Yield the marked differences of each changed source text, and whether its translation is unchanged.

    Reordered and removed texts are not changes.
    """
    translated_meanings = {meaning(text, workspace) for text in basis.texts}
    for place in places:
        current = place.texts.get(Text(basis.source))
        if current is not None and meaning(current, workspace) not in translated_meanings:
            earlier_texts = get_close_matches(current, basis.texts, 1, 0.3)
            is_unchanged = not basis.digests or digest(place.texts[Text(code)], workspace) in basis.digests
            marked = mark_differences(
                earlier_texts[0] if earlier_texts else "", str(current), lambda word: meaning(word, workspace) or word
            )
            yield marked, is_unchanged
