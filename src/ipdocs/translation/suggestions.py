"""Suggest matches from the memory for the missing texts of a source, and write them into the source as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import Language, language, written_language
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.template_text import split_facts
from ipdocs.source.texts import TextPlace, iter_texts
from ipdocs.source.update import write_changes
from ipdocs.source.validation import MAX_TEXT
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.draft_text import draft_text, join_matches
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.lookup import MatchedSegment, look_up
from ipdocs.translation.memory.match import MemoryMatch, Query, all_matches
from ipdocs.translation.memory.segments import DEFAULT_STYLE
from ipdocs.translation.memory.workspace_memory import open_memory
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text without a translation.

    Attributes:
        place: the text in its document.
        location: the location of the text in the source file.
        target: the target language.
        segments: the whole text, or each of its sentences, with the best match if there is any.
    """

    place: TextPlace
    location: Location | None
    target: Language
    segments: tuple[MatchedSegment, ...]

    @property
    def draft(self) -> str | None:
        """The draft translation with its draft mark, or None if the memory has no match."""
        return draft_text(self.segments, chinese=self.target.is_east_asian)


def suggest_translations(
    source: Source,
    to: str,
    *,
    cache: Path,
    source_language: str = "",
    min_percent: float = 75,
    drafts: bool = False,
    on_progress: Callable[[str], None] = lambda step: None,
) -> list[MissingText]:
    """Return the texts of a source that lack a translation, each with its matches from the workspace's memory.

    Args:
        source: the source to translate.
        to: the code of the target language.
        cache: the folder of the memory's index.
        source_language: the code of the language to translate from; by default the first language of each text.
        min_percent: the lowest percentage at which a fuzzy match is offered.
        drafts: whether unapproved units are offered, too.
        on_progress: called with the name of each step.

    Raises:
        IpdocsError: a language is unknown, the target language is converted from another language, both languages are the same,
            or the memory cannot be read.
    """
    target = written_language(to, source.workspace)
    if source_language:
        _refuse_same_language(source_language, to, source.workspace)
    index = open_memory(source.workspace, cache, on_progress)
    on_progress("look up")
    try:
        return [
            _missing_text(place, source, target, source_language, min_percent, drafts, index)
            for place in _missing_places(source.document, target.code, source_language)
        ]
    finally:
        index.close()


def suggest_for_text(
    source: Source, place: TextPlace, to: str, *, cache: Path, min_percent: float = 75, limit: int = 5
) -> tuple[MissingText, list[MemoryMatch]]:
    """Return the suggestion for one text of a source, and all its matches as a whole; it may have a translation already.

    Args:
        source: the source.
        place: the place of the text.
        to: the code of the target language.
        cache: the folder of the memory's index.
        min_percent: the lowest percentage at which a fuzzy match is offered.
        limit: the number of matches at most.

    Raises:
        IpdocsError: the language is unknown or converted from another language, or the memory cannot be read.
    """
    target = written_language(to, source.workspace)
    index = open_memory(source.workspace, cache)
    code = next(code for code in map(str, place.texts) if code != target.code)
    try:
        suggestion = _missing_text(place, source, target, code, min_percent, False, index)
        return suggestion, all_matches(index, _query(place, source, target, code, min_percent, False), limit)
    finally:
        index.close()


def _refuse_same_language(source: str, to: str, workspace: Workspace) -> None:
    if language(source, workspace) == language(to, workspace):
        message = f"the source language {source} and the target language {to} are the same"
        raise IpdocsError([Finding("same-language", message, None, "choose two different languages")])


def _missing_places(document: Document, to: str, source_language: str) -> Iterator[TextPlace]:
    for place in iter_texts(document):
        if to not in place.texts and place.exists_in(to) and (not source_language or source_language in place.texts):
            yield place


def _missing_text(
    place: TextPlace,
    source: Source,
    target: Language,
    source_language: str,
    min_percent: float,
    drafts: bool,
    index: Index,
) -> MissingText:
    code = source_language or next(iter(place.texts))
    query = _query(place, source, target, code, min_percent, drafts)
    return MissingText(place, place.texts[Text(code)].locate(), target, tuple(look_up(index, query)))


def _query(place: TextPlace, source: Source, target: Language, code: str, min_percent: float, drafts: bool) -> Query:
    """Return the query for the text of a place in one language."""
    context = language_context(source, language(code, source.workspace))
    content = split_facts(place.texts[Text(code)], expression_renderer(context))
    analysed = AnalysedText(content, context.value_context, source.workspace)
    return Query(analysed, language_context(source, target).value_context, place.name, min_percent, drafts)


def translate_text(
    text: str, to: str, source_language: str, workspace: Workspace, *, cache: Path, min_percent: float = 75, drafts: bool = False
) -> tuple[list[MatchedSegment], str]:
    """Return the matches for a paragraph that is not from a source, and the draft translation made from these matches.

    The memory has no sc or cn texts. So a paragraph in sc or cn is converted to tc before the look-up, and a draft for sc or
    cn is converted from tc.

    Args:
        text: the paragraph; lines are joined.
        to: the code of the target language.
        source_language: the code of the paragraph's language.
        workspace: the workspace of the memory.
        cache: the folder of the memory's index.
        min_percent: the lowest percentage at which a fuzzy match is offered.
        drafts: whether unapproved units are offered, too.

    Raises:
        IpdocsError: the paragraph is empty or too long, a language is unknown, both languages are the same, or the memory
            cannot be read.
    """
    _refuse_same_language(source_language, to, workspace)
    if not 0 < len(text.strip()) <= MAX_TEXT:
        message = f"this paragraph has {len(text.strip()):,} characters"
        raise IpdocsError([Finding("bad-length", message, None, f"enter 1 to {MAX_TEXT:,} characters")])
    original, target = language(source_language, workspace), language(to, workspace)
    memory_source, memory_target = original.converted_from or original.code, target.converted_from or target.code
    if memory_source != source_language:
        text = converter(source_language, memory_source, workspace).convert(text)
    style = house_style(DEFAULT_STYLE, workspace)
    paragraph = ("" if original.is_east_asian else " ").join(line.strip() for line in text.strip().splitlines())
    analysed = AnalysedText((paragraph,), ValueContext(language(memory_source, workspace), style), workspace)
    value_context = ValueContext(language(memory_target, workspace), style)
    index = open_memory(workspace, cache)
    try:
        segments = look_up(index, Query(analysed, value_context, min_percent=min_percent, drafts=drafts))
    finally:
        index.close()
    draft = join_matches(segments, chinese=target.is_east_asian)
    return segments, draft if memory_target == to else converter(memory_target, to, workspace).convert(draft)


def draft_changes(missing: Sequence[MissingText]) -> SourceChanges:
    """Return the changes that write the draft of each missing text into its source.

    The present source texts are recorded as the basis of the drafts.
    """
    drafts = {(text.place.keys, text.target.code): draft for text in missing if (draft := text.draft)}
    bases = {
        (text.place.block, text.target.code): Confirmation() for text in missing if (text.place.keys, text.target.code) in drafts
    }
    return SourceChanges(drafts, bases=bases)


def write_drafts(source: Source, missing: Sequence[MissingText]) -> int:
    """Write the draft of each missing text into a source, and return the number of drafts; see `draft_changes`."""
    changes = draft_changes(missing)
    write_changes(source, changes)
    return len(changes.texts)
