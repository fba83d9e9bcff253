"""A source's missing texts from memory: shown, or written into the source as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.placing import write_atomically
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import Language, language, written_language
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.basis import basis_of
from ipdocs.source.file import read_text
from ipdocs.source.open import Source, open_source
from ipdocs.source.replacement import add_texts
from ipdocs.source.state import keep_bases
from ipdocs.source.template_text import content
from ipdocs.source.texts import TextPlace, blocks, texts
from ipdocs.source.validation import MAX_TEXT
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.draft_text import drafted, joined
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.lookup import Query, Segment, look_up
from ipdocs.translation.memory.segments import USUAL
from ipdocs.translation.memory.workspace_memory import open_memory
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text that lacks a translation: where it stands, and what the memory has for it, sentence by sentence if it must."""

    placed: TextPlace
    location: Location | None
    to: Language
    segments: tuple[Segment, ...]

    @property
    def draft(self) -> str | None:
        """The text to write into the source, with its mark; None where the memory has nothing."""
        return drafted(self.segments, chinese=self.to.is_chinese)


def suggest_translations(
    path: Path,
    to: str,
    *,
    cache: Path,
    source: str = "",
    least: float = 75,
    drafts: bool = False,
    told: Callable[[str], None] = lambda step: None,
) -> list[MissingText]:
    """Return what a source lacks in a language, each text with its matches in the workspace's memory.

    source is the language to translate from (by default the first in which the text is written); least the percentage
    from which a fuzzy match is offered; drafts takes part what nobody has approved.
    """
    workspace = find_workspace(path)
    opened = open_source(path, workspace, draft=True)
    target = written_language(to, workspace)
    if source:
        _check_apart(source, to, workspace)
    index = open_memory(workspace, cache, told)
    told("look up")
    try:
        return [_asked(one, opened, target, source, least, drafts, index) for one in _missing(opened.document, to, source)]
    finally:
        index.close()


def _check_apart(source: str, to: str, workspace: Workspace) -> None:
    if language(source, workspace) == language(to, workspace):
        raise IpdocsError(
            [Finding("same-language", f"from {source} to {to} there is nothing to translate", None, "name two languages")]
        )


def _missing(document: Document, to: str, source: str) -> Iterator[TextPlace]:
    for one in texts(document):
        if to not in one.texts and one.stands_in(to) and (not source or source in one.texts):
            yield one


def _asked(
    one: TextPlace, opened: Source, target: Language, source: str, least: float, drafts: bool, index: Index
) -> MissingText:
    short = source or next(iter(one.texts))
    text = one.texts[Text(short)]
    wording = language_context(opened, language(short, opened.workspace))
    side = AnalysedText(content(text, expression_renderer(wording)), wording.setting, opened.workspace)
    setting = language_context(opened, target).setting
    query = Query(side, setting, one.name, least, drafts)
    return MissingText(one, text.locate(), target, tuple(look_up(index, query)))


def translate_text(
    text: str, to: str, source: str, workspace: Workspace, *, cache: Path, least: float = 75, drafts: bool = False
) -> tuple[list[Segment], str]:
    """Return the matches for a paragraph that belongs to no source, and the draft made of them.

    sc and cn go by way of tc, converted there and back.
    """
    _check_apart(source, to, workspace)
    if not 0 < len(text.strip()) <= MAX_TEXT:
        message = f"this paragraph has {len(text.strip()):,} characters"
        raise IpdocsError([Finding("bad-length", message, None, f"give one of 1 to {MAX_TEXT:,}")])
    first, last = language(source, workspace), language(to, workspace)
    read, wanted = first.made_from or first.code, last.made_from or last.code
    asked = text if read == source else converter(source, read, workspace).convert(text)
    style = house_style(USUAL, workspace)
    line = ("" if first.is_chinese else " ").join(one.strip() for one in asked.strip().splitlines())
    side = AnalysedText((line,), Setting(language(read, workspace), style), workspace)
    index = open_memory(workspace, cache)
    try:
        segments = look_up(index, Query(side, Setting(language(wanted, workspace), style), least=least, drafts=drafts))
    finally:
        index.close()
    made = joined(segments, chinese=last.is_chinese)
    return segments, made if wanted == to else converter(wanted, to, workspace).convert(made)


def write(path: Path, to: str, asked: Sequence[MissingText]) -> int:
    """Write what memory has into a source as drafts, and note what each was made from; return the number of texts written.

    The source is replaced whole or not at all, and every character that is not new stays as it was.
    """
    drafts = {one.placed.keys: one.draft for one in asked if one.draft}
    if not drafts:
        return 0
    file = read_text(path)
    write_atomically(path, add_texts(file, drafts, to).encode())
    workspace = find_workspace(path)
    document = open_source(path, workspace, draft=True).document
    touched = {one.placed.block for one in asked if one.draft}
    keep_bases(
        path, {(block, to): basis_of(found, to, workspace) for block, found in blocks(document).items() if block in touched}
    )
    return len(drafts)
