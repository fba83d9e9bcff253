"""A document on its way to a translator and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ipdocs.checks.translation_status import TranslationState, translation_statuses
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, language, written_language
from ipdocs.localisation.language_context import RenderExpression, expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.disclosure import open_texts, withheld_texts
from ipdocs.source.draft_marks import MARK
from ipdocs.source.open import Source
from ipdocs.source.segment import ReturnedSegment, Segment, segment
from ipdocs.source.template_text import template_source as content_written
from ipdocs.source.texts import TextPlace
from ipdocs.translation.suggestions import suggest_translations
from ipdocs.workspace import Workspace

UnitState = Literal["initial", "draft", "stale", "translated", "reviewed"]
"""The state of a translation: not there, a draft of memory or machine, made from other words, written, confirmed by a person."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the memory has for a text: its words, how alike what they translate is in per cent, and where they come from."""

    target: Segment
    percent: float
    origin: str


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One text: its place ("lead.paragraph"), its words and their translation, if there is one."""

    name: str
    source: Segment
    target: Segment | None
    state: UnitState
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """The texts of a document in two languages, by the tags of BCP 47."""

    document: str
    source_tag: str
    target_tag: str
    units: tuple[TranslationUnit, ...]


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """A text that came back, with the line (or row) of the file where it begins; done says that it is no longer a draft.

    source is None where a format does not carry it.
    """

    name: str
    source: ReturnedSegment | None
    target: ReturnedSegment | None
    line: int = 0
    is_final: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that came back: for which document it is and in which languages, as far as it says so."""

    document: str
    target_tag: str
    units: tuple[ReturnedUnit, ...]


_STATES: dict[TranslationState, UnitState] = {
    "confirmed": "reviewed",
    "current": "translated",
    "rewritten": "translated",
    "unrecorded": "translated",
    "stale": "stale",
    "draft": "translated",
    "missing": "translated",
}
"""The state of a text, by that of its block: a draft, and what is missing, are seen on the text itself."""


def translation_job(source: Source, to: str, *, source_language: str = "", cache: Path | None = None) -> TranslationJob:
    """Return the texts of a source that are to be read in a language, each with its translation as far as there is one.

    Texts that are not open are left out.

    Args:
        source: the source.
        to: the language to translate into, by its code.
        source_language: the language to translate from; by default the first in which the source is written.
        cache: the folder of the memory's index; with it each text that lacks a translation has what the memory offers.
    """
    workspace, document = source.workspace, source.document
    target = written_language(to, workspace)
    original = (
        written_language(source_language, workspace) if source_language else default_source_language(document, target, workspace)
    )
    states = {(status.block, status.language): status.state for status in translation_statuses(source)}
    renderers = {one.code: expression_renderer(language_context(source, one)) for one in (original, target)}
    offers = _offers(source, target.code, original.code, cache, renderers[target.code]) if cache else {}
    units = tuple(
        _unit(place, original.code, target.code, states.get((place.block, target.code), "unrecorded"), renderers, offers)
        for place in open_texts(document)
        if _is_translated(place, original, target)
    )
    return TranslationJob(str(document.id), original.tag, target.tag, units)


def _is_translated(place: TextPlace, original: Language, target: Language) -> bool:
    """Whether a text is to be read in both languages, and is written in the first."""
    return original.code in place.texts and place.exists_in(target.code) and place.exists_in(original.code)


def withheld_places(source: Source, to: str, *, source_language: str = "", missing: bool = False) -> list[TextPlace]:
    """Return the texts that `translation_job` leaves out because they are not open; with `missing` those without translation."""
    target = written_language(to, source.workspace)
    original = (
        written_language(source_language, source.workspace)
        if source_language
        else default_source_language(source.document, target, source.workspace)
    )
    return [
        place
        for place in withheld_texts(source.document)
        if _is_translated(place, original, target) and not (missing and target.code in place.texts)
    ]


def withheld_note(places: Sequence[TextPlace]) -> str:
    """Return a sentence on texts that are held back: how many, and in which blocks, but none of their words."""
    blocks = ", ".join(dict.fromkeys(place.block for place in places))
    return f"{len(places)} text{' is' if len(places) == 1 else 's are'} not open and held back: {blocks}"


def default_source_language(document: Document, target: Language, workspace: Workspace) -> Language:
    """Return the first language in which a document is written and into which it is not to be translated."""
    for name in document.languages:
        if name != target.code and not (found := language(name, workspace)).made_from:
            return found
    hint = f"it is written in {', '.join(document.languages)}"
    raise IpdocsError([Finding("nothing-to-translate", f"there is no language to translate into {target.code} from", None, hint)])


def _unit(
    place: TextPlace,
    source: str,
    target: str,
    block_state: TranslationState,
    renderers: Mapping[str, RenderExpression],
    offers: Mapping[str, tuple[Offer, ...]],
) -> TranslationUnit:
    text = place.texts.get(Text(target))
    mark = MARK.match(text) if text else None
    words = text[mark.end() :] if text and mark else text
    state: UnitState = "initial" if text is None else "draft" if mark else _STATES[block_state]
    notes = ("Made from other words than stand here now.",) if state == "stale" else ()
    translation = segment(words, renderers[target]) if words else None
    original = segment(place.texts[Text(source)], renderers[source])
    return TranslationUnit(place.name, original, translation, state, notes, offers.get(place.name, ()))


def _offers(
    source: Source, to: str, source_language: str, cache: Path, render_expression: RenderExpression
) -> dict[str, tuple[Offer, ...]]:
    """Return what the memory has for whole texts that are missing."""
    offers: dict[str, tuple[Offer, ...]] = {}
    for missing in suggest_translations(source, to, source_language=source_language, cache=cache):
        matches = [one.match for one in missing.segments]
        if len(matches) == 1 and (match := matches[0]):
            target = segment(content_written(match.target), render_expression)
            offers[missing.place.name] = (Offer(target, float(match.percent), match.unit.name),)
    return offers
