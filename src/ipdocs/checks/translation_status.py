"""Whether translations still say what they were made from: what is stale, what is open, and a person's word that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.source.basis import digest, meaning, source_language
from ipdocs.source.differences import mark_differences, shorten_marked
from ipdocs.source.draft_marks import OPEN
from ipdocs.source.open import Source
from ipdocs.source.state import Basis
from ipdocs.source.texts import TextPlace, texts_by_block
from ipdocs.workspace import Workspace

TranslationState = Literal["confirmed", "current", "rewritten", "unrecorded", "stale", "draft", "missing"]
"""How a block's text in a language stands to what it was made from:

confirmed by a person; current, made from what stands there but confirmed by nobody; rewritten since its source changed;
unrecorded, nothing is known of it; stale, made from other words; a draft; missing.
"""


@dataclass(frozen=True, slots=True)
class Status:
    """How one block stands in one language; by and on tell who confirmed it and when, difference what has changed since."""

    block: str
    language: str
    state: TranslationState
    location: Location | None
    by: str = ""
    on: str = ""
    difference: str = ""


def translation_statuses(source: Source) -> list[Status]:
    """Return how every block of a source stands in every language but the one it is first written in."""
    return list(_statuses(source))


def stale_findings(source: Source) -> list[Finding]:
    """Return a finding for each block whose translation was made from other words than stand there now."""
    return [
        Finding(
            "stale-translation",
            f"the {status.language} text of '{status.block}' was made from other words: {shorten_marked(status.difference)}",
            status.location,
            f"mend it, then `ipdocs confirm {source.path} {status.block} --lang {status.language}`; or build with --draft",
        )
        for status in _statuses(source)
        if status.state == "stale"
    ]


def _statuses(source: Source) -> Iterator[Status]:
    known, workspace = source.state.bases, source.workspace
    for block, places in texts_by_block(source.document).items():
        for code in source.document.languages:
            shown = [place for place in places if place.exists_in(code) and (len(place.texts) > 1 or code not in place.texts)]
            if shown and code != source_language(shown):
                yield _status(block, str(code), shown, known.get((block, str(code))), workspace)


def _status(block: str, code: str, places: Sequence[TextPlace], basis: Basis | None, workspace: Workspace) -> Status:
    here = [text for place in places if (text := place.texts.get(Text(code)))]
    location = here[0].locate() if here else next(iter(places[0].texts.values())).locate()
    if len(here) < len(places):
        return Status(block, code, "missing", location)
    if any(OPEN in text for text in here):
        return Status(block, code, "draft", location)
    if basis is None:
        return Status(block, code, "unrecorded", location)
    changes = list(_changes(places, code, basis, workspace))
    if changes:
        state: TranslationState = "stale" if any(stale for _, stale in changes) else "rewritten"
        return Status(block, code, state, location, basis.by, basis.on, " … ".join(difference for difference, _ in changes))
    return Status(block, code, "confirmed" if basis.by else "current", location, basis.by, basis.on)


def _changes(places: Sequence[TextPlace], code: str, basis: Basis, workspace: Workspace) -> Iterator[tuple[str, bool]]:
    """Yield what stands in a block's source that its translation was not made from, with marks, and whether that is as it was.

    The order of items is free, and items may go.
    """
    known = {meaning(text, workspace) for text in basis.texts}
    for place in places:
        now = place.texts.get(Text(basis.source))
        if now is not None and meaning(now, workspace) not in known:
            before = get_close_matches(now, basis.texts, 1, 0.3)
            stale = not basis.digests or digest(place.texts[Text(code)], workspace) in basis.digests
            marked = mark_differences(before[0] if before else "", str(now), lambda word: meaning(word, workspace) or word)
            yield marked, stale
