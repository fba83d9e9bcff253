"""Translation jobs: the texts of a document for translators, and the texts read from a returned file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ipdocs.checks.translation_status import TranslationState, translation_statuses
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.locale.language import Language, language, written_language
from ipdocs.localisation.language_context import RenderExpression, expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.disclosure import open_texts, withheld_texts
from ipdocs.source.draft_marks import DRAFT_MARK
from ipdocs.source.open import Source
from ipdocs.source.segment import ReturnedSegment, Segment, codes, segment, to_source_text
from ipdocs.source.template_text import Content, RenderedFact, split_facts, template_source
from ipdocs.source.texts import TextPlace, iter_texts
from ipdocs.translation.memory.lookup import MatchedSegment, joint_percent
from ipdocs.translation.refused_texts import Remarks
from ipdocs.translation.suggestions import suggest_translations
from ipdocs.workspace import Workspace

UnitState = Literal["initial", "draft", "stale", "translated", "reviewed"]
"""The state of a translation: missing, a draft, made from an earlier source text, written, or confirmed."""


ReturnedState = Literal["unstated", "finished", "unfinished", "unconfirmed"]
"""What a returned file says about a translation:

- unstated: nothing; a changed translation counts as finished
- finished: a person has finished the translation
- unfinished: a person has not finished the translation, or has rejected it
- unconfirmed: a program wrote or marked the translation, and no person has confirmed it since
"""

STALE_NOTE = "Translates an earlier version of the source."
"""The note of a text in the state "stale"."""

LEAST_FINISHED_FIRST: tuple[ReturnedState, ...] = ("unfinished", "unconfirmed", "unstated", "finished")
"""The states of segments, in the order in which they decide the state of their text."""


class NothingToTranslate(IpdocsError):
    """A document is written only in the target language."""


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A match from the memory for a text to translate.

    Attributes:
        source: the stored text, which may differ from the text to translate.
        target: the stored translation, adapted to the text if possible.
        percent: the similarity of the text and the stored source text.
        origin: the name of the memory unit that the match comes from.
        is_assembled: whether the match is made of matches for parts of the text, which follow it in the list of matches.
        part: the part of the text that the match is for; empty if it is for the whole text.
        part_percent: the similarity of this part and the stored source text.
    """

    source: Segment
    target: Segment
    percent: float
    origin: str
    is_assembled: bool = False
    part: Segment = ()
    part_percent: float = 0


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text to translate.

    Attributes:
        name: the dotted name of the text, such as "lead.paragraph".
        source: the text in the source language.
        target: the present translation, if there is any.
        state: the state of the translation.
        notes: remarks for the translator.
        matches: matches from the memory.
    """

    name: str
    source: Segment
    target: Segment | None
    state: UnitState
    notes: tuple[str, ...] = ()
    matches: tuple[UnitMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """The texts of a document in a source and a target language.

    Attributes:
        document: the id of the document.
        source_tag: the BCP 47 tag of the source language.
        target_tag: the BCP 47 tag of the target language.
        units: the texts.
    """

    document: str
    source_tag: str
    target_tag: str
    units: tuple[TranslationUnit, ...]


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """A text of a returned file.

    Attributes:
        name: the dotted name of the text, such as "lead.paragraph".
        source: the text in the source language; None if the file format has no source texts.
        target: the translation; None if it is missing. Its references may have the display text that the file gives them.
        line: the line or row of the file where the text begins.
        state: what the file says about the translation.
        notes: the notes of translators and reviewers; notes that ipdocs exported with the text may be among them.
        segment_count: the number of segments into which a tool split the text.
        missing_count: the number of segments without a translation; `target` has their source text in ⟦ and ⟧.
        document: the id of the document, if the file states it for each text.
    """

    name: str
    source: ReturnedSegment | None
    target: ReturnedSegment | None
    line: int = 0
    state: ReturnedState = "unstated"
    notes: tuple[str, ...] = ()
    segment_count: int = 1
    missing_count: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class FileNote:
    """A note of a translator or reviewer that belongs to no text, with its line or row in the file."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """The content of a returned file.

    Attributes:
        document: the id of the document, or an empty string if the file does not state it.
        target_tag: the tag of the target language as the file writes it, or an empty string if the file does not state it.
        units: the texts.
        notes: the notes that belong to no text.
        findings: the problems of the file, such as cells that cannot be read.
        unreadable: the names of the texts that have such problems, and so are not among the units.
    """

    document: str
    target_tag: str
    units: tuple[ReturnedUnit, ...]
    notes: tuple[FileNote, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: tuple[str, ...] = ()


_STATES: dict[TranslationState, UnitState] = {
    "confirmed": "reviewed",
    "current": "translated",
    "rewritten": "translated",
    "unrecorded": "translated",
    "stale": "stale",
    "draft": "translated",
    "missing": "translated",
}
"""The state of a text, keyed by the state of its block. Drafts and missing texts are recognised by the text itself."""


def translation_job(source: Source, to: str, *, source_language: str = "", cache: Path | None = None) -> TranslationJob:
    """Return the texts to translate: the open texts of a source, each with its present translation if there is any.

    Args:
        source: the source to translate.
        to: the code of the target language.
        source_language: the code of the language to translate from; by default the first language of the document.
        cache: the folder of the memory's index; without this folder, there are no matches from the memory.

    Raises:
        NothingToTranslate: the document is written only in the target language.
        IpdocsError: a language is unknown or is converted from another language.
    """
    original, target = _languages(source, to, source_language)
    states = {(status.block, status.language): status.state for status in translation_statuses(source)}
    renderers = {language.code: expression_renderer(language_context(source, language)) for language in (original, target)}
    matches = _unit_matches(source, target, original, cache, renderers[target.code]) if cache else {}
    units = tuple(
        _unit(place, original.code, target.code, states.get((place.block, target.code), "unrecorded"), renderers, matches)
        for place in open_texts(source.document)
        if _is_translatable(place, original, target)
    )
    return TranslationJob(str(source.document.id), original.tag, target.tag, units)


def selected_names(source: Source, selection: Sequence[str]) -> set[str]:
    """Return the names of the texts that a selection names, either by their own names or by the ids of their blocks.

    Raises:
        IpdocsError: the source has no text or block with a name in the selection.
    """
    places = list(iter_texts(source.document))
    known = list(dict.fromkeys(name for place in places for name in (place.block, place.name)))
    if unknown := [name for name in selection if name not in known]:
        raise IpdocsError(_unknown_text_finding(name, known, source.path) for name in unknown)
    return {place.name for place in places if place.name in selection or place.block in selection}


def with_remarks(job: TranslationJob, remarks: Remarks) -> TranslationJob:
    """Return a job in which remarks about refused translations follow the notes of their texts."""
    return replace(job, units=tuple(replace(unit, notes=(*unit.notes, *remarks.get(unit.name, ()))) for unit in job.units))


def _unknown_text_finding(name: str, known: Sequence[str], path: Path) -> Finding:
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else "`ipdocs status` lists the ids of the blocks"
    return Finding("unknown-text", f"the source has no text '{name:.80}'", Location(path), hint)


def _languages(source: Source, to: str, source_language: str) -> tuple[Language, Language]:
    """Return the source and target languages of a job."""
    target = written_language(to, source.workspace)
    if source_language:
        return written_language(source_language, source.workspace), target
    return default_source_language(source.document, target, source.workspace), target


def _is_translatable(place: TextPlace, original: Language, target: Language) -> bool:
    """Whether a text is written in the source language, and its block exists in both languages."""
    return original.code in place.texts and place.exists_in(target.code) and place.exists_in(original.code)


def withheld_places(source: Source, to: str, *, source_language: str = "", only_missing: bool = False) -> list[TextPlace]:
    """Return the texts that `translation_job` leaves out because they are not open.

    If `only_missing` is true, texts that have a translation are left out.
    """
    original, target = _languages(source, to, source_language)
    return [
        place
        for place in withheld_texts(source.document)
        if _is_translatable(place, original, target) and not (only_missing and target.code in place.texts)
    ]


def withheld_note(places: Sequence[TextPlace]) -> str:
    """Return a sentence that states the number of withheld texts and the ids of their blocks, but quotes no text."""
    blocks = ", ".join(dict.fromkeys(place.block for place in places))
    return f"{len(places)} text{' is' if len(places) == 1 else 's are'} not open and not included: {blocks}"


def default_source_language(document: Document, target: Language, workspace: Workspace) -> Language:
    """Return the first language other than the target in which a document is written.

    Raises:
        NothingToTranslate: the document is written only in the target language.
    """
    for code in document.languages:
        if code != target.code and not (candidate := language(code, workspace)).converted_from:
            return candidate
    message = f"the document cannot be translated into {target.code}, because it is only in {', '.join(document.languages)}"
    hint = "choose another target language, or add a language to the document"
    raise NothingToTranslate([Finding("nothing-to-translate", message, None, hint)])


def _unit(
    place: TextPlace,
    source_code: str,
    target_code: str,
    block_state: TranslationState,
    renderers: Mapping[str, RenderExpression],
    matches: Mapping[str, tuple[UnitMatch, ...]],
) -> TranslationUnit:
    text = place.texts.get(Text(target_code))
    mark = DRAFT_MARK.match(text) if text else None
    unmarked_text = text[mark.end() :] if text and mark else text
    state: UnitState = "initial" if text is None else "draft" if mark else _STATES[block_state]
    notes = (STALE_NOTE,) if state == "stale" else ()
    translation = segment(unmarked_text, renderers[target_code]) if unmarked_text else None
    original = segment(place.texts[Text(source_code)], renderers[source_code])
    return TranslationUnit(place.name, original, translation, state, notes, matches.get(place.name, ()))


def _unit_matches(
    source: Source, target: Language, original: Language, cache: Path, render_expression: RenderExpression
) -> dict[str, tuple[UnitMatch, ...]]:
    """Return the memory's matches for missing texts, keyed by the dotted name of the text."""
    missing_texts = suggest_translations(source, target.code, source_language=original.code, cache=cache)
    return {
        missing.place.name: tuple(_text_matches(missing.segments, original, target, render_expression))
        for missing in missing_texts
    }


def _text_matches(
    parts: Sequence[MatchedSegment], original: Language, target: Language, render_expression: RenderExpression
) -> Iterator[UnitMatch]:
    """Yield the match for a text or, if it has matches for its parts, one match assembled of them, and then each of them.

    The percentage of the match for a part is its share in the similarity of the whole text.
    """
    matches = [part.match for part in parts if part.match]
    if matches and len(parts) > 1:
        stored = _join([match.stored_source for match in matches], original)
        translation = _join([part.match.target if part.match else ("⟦", *part.source, "⟧") for part in parts], target)
        origin = " + ".join(dict.fromkeys(match.unit.name for match in matches))
        adapted = segment(template_source(translation), render_expression)
        yield UnitMatch(_stored_segment(stored), adapted, float(joint_percent(parts)), origin, is_assembled=True)
    for part in parts:
        if match := part.match:
            percent = joint_percent([other if other is part else replace(other, match=None) for other in parts])
            adapted = segment(template_source(match.target), render_expression)
            source_part = segment(template_source(part.source)) if len(parts) > 1 else ()
            yield UnitMatch(
                source=_stored_segment(match.stored_source),
                target=adapted,
                percent=float(percent),
                origin=match.unit.name,
                part=source_part,
                part_percent=float(match.percent),
            )


def with_displays(text: Segment) -> Content:
    """Return a text in which facts show what they display; other codes are plain text."""
    displays = {code.data: code.display for code in codes(text)}
    return tuple(split_facts(to_source_text(text), lambda expression, following: displays.get(expression, "")))


def _join(contents: Sequence[Content], language: Language) -> Content:
    """Return sentences as one text."""
    space = () if language.is_east_asian else (" ",)
    return tuple(part for index, content in enumerate(contents) for part in (*(space if index else ()), *content))


def _stored_segment(content: Content) -> Segment:
    """Return a stored text as a segment; its facts show the values of the stored text."""
    surfaces = {f"{{{{ {part.expression} }}}}": part.surface for part in content if isinstance(part, RenderedFact)}
    return segment(template_source(content), lambda expression, following: surfaces.get(expression, ""))
