"""A source's missing texts from memory: shown, or written into the source as drafts."""

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
from ipdocs.source.texts import TextPlace, texts
from ipdocs.source.update import write_changes
from ipdocs.source.validation import MAX_TEXT
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.draft_text import draft_text, join_matches
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.lookup import MatchedSegment, Query, look_up
from ipdocs.translation.memory.segments import DEFAULT_STYLE
from ipdocs.translation.memory.workspace_memory import open_memory
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text that lacks a translation: its place, and what the memory has for it, sentence by sentence if it must."""

    place: TextPlace
    location: Location | None
    target: Language
    segments: tuple[MatchedSegment, ...]

    @property
    def draft(self) -> str | None:
        """The text to write into the source, with its mark; None where the memory has nothing."""
        return draft_text(self.segments, chinese=self.target.is_chinese)


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
    """Return what a source lacks in a language, each text with its matches in the workspace's memory.

    Args:
        source: the source.
        to: the language to translate into, by its code.
        cache: the folder of the memory's index.
        source_language: the language to translate from; by default the first in which each text is written.
        min_percent: the percentage from which a fuzzy match is offered.
        drafts: whether what nobody has approved is offered, too.
        on_progress: told each step.
    """
    target = written_language(to, source.workspace)
    if source_language:
        _check_apart(source_language, to, source.workspace)
    index = open_memory(source.workspace, cache, on_progress)
    on_progress("look up")
    try:
        return [
            _missing_text(place, source, target, source_language, min_percent, drafts, index)
            for place in _missing(source.document, target.code, source_language)
        ]
    finally:
        index.close()


def _check_apart(source: str, to: str, workspace: Workspace) -> None:
    if language(source, workspace) == language(to, workspace):
        raise IpdocsError(
            [Finding("same-language", f"from {source} to {to} there is nothing to translate", None, "name two languages")]
        )


def _missing(document: Document, to: str, source_language: str) -> Iterator[TextPlace]:
    for place in texts(document):
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
    text = place.texts[Text(code)]
    context = language_context(source, language(code, source.workspace))
    analysed = AnalysedText(split_facts(text, expression_renderer(context)), context.setting, source.workspace)
    setting = language_context(source, target).setting
    query = Query(analysed, setting, place.name, min_percent, drafts)
    return MissingText(place, text.locate(), target, tuple(look_up(index, query)))


def translate_text(
    text: str, to: str, source_language: str, workspace: Workspace, *, cache: Path, min_percent: float = 75, drafts: bool = False
) -> tuple[list[MatchedSegment], str]:
    """Return the matches for a paragraph that belongs to no source, and the draft made of them.

    sc and cn go by way of tc, converted there and back.
    """
    _check_apart(source_language, to, workspace)
    if not 0 < len(text.strip()) <= MAX_TEXT:
        message = f"this paragraph has {len(text.strip()):,} characters"
        raise IpdocsError([Finding("bad-length", message, None, f"give one of 1 to {MAX_TEXT:,}")])
    first, last = language(source_language, workspace), language(to, workspace)
    read, wanted = first.made_from or first.code, last.made_from or last.code
    written = text if read == source_language else converter(source_language, read, workspace).convert(text)
    style = house_style(DEFAULT_STYLE, workspace)
    paragraph = ("" if first.is_chinese else " ").join(line.strip() for line in written.strip().splitlines())
    analysed = AnalysedText((paragraph,), Setting(language(read, workspace), style), workspace)
    setting = Setting(language(wanted, workspace), style)
    index = open_memory(workspace, cache)
    try:
        segments = look_up(index, Query(analysed, setting, min_percent=min_percent, drafts=drafts))
    finally:
        index.close()
    draft = join_matches(segments, chinese=last.is_chinese)
    return segments, draft if wanted == to else converter(wanted, to, workspace).convert(draft)


def write_drafts(source: Source, missing: Sequence[MissingText]) -> int:
    """Write what memory has into a source as drafts, and note what each was made from; return the number of texts written."""
    drafts = {(text.place.keys, text.target.code): draft for text in missing if (draft := text.draft)}
    bases = {
        (text.place.block, text.target.code): Confirmation() for text in missing if (text.place.keys, text.target.code) in drafts
    }
    write_changes(source, SourceChanges(drafts, bases=bases))
    return len(drafts)
