"""A document on its way to a translator and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ipdocs.checks.translation_status import TranslationState, translation_statuses
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, language, written_language
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.draft_marks import MARK
from ipdocs.source.open import open_source
from ipdocs.source.segment import Raw, Segment, segment
from ipdocs.source.template_text import written as content_written
from ipdocs.source.texts import TextPlace, texts
from ipdocs.translation.suggestions import suggest_translations
from ipdocs.workspace import Workspace

State = Literal["initial", "draft", "stale", "translated", "reviewed"]
"""How a translation stands: not there, a draft of memory or machine, made from other words, written, confirmed by a person."""


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
    state: State
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """The texts of a document in two languages, by the tags of BCP 47."""

    document: str
    source: str
    target: str
    units: tuple[TranslationUnit, ...]


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """A text that came back, with the line (or row) of the file where it begins; done says that it is no longer a draft.

    source is None where a format does not carry it.
    """

    name: str
    source: Raw | None
    target: Raw | None
    line: int = 0
    done: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back: for which document it is and in which languages, as far as it says so."""

    document: str
    target: str
    units: tuple[ReturnedUnit, ...]


_STATES: dict[TranslationState, State] = {
    "confirmed": "reviewed",
    "current": "translated",
    "unrecorded": "translated",
    "stale": "stale",
    "draft": "translated",
    "missing": "translated",
}
"""How a text stands of a block that stands so: a draft, and what is missing, are seen on the text itself."""


def translation_job(path: Path, to: str, *, source: str = "", cache: Path | None = None) -> TranslationJob:
    """Return the texts of a source that are to be read in a language, each with its translation as far as there is one.

    What is restricted stays at home. source is the language to translate from (by default the first in which the source
    is written). With a folder for the memory's index each text that lacks a translation has what the memory offers.
    """
    opened = open_source(path, draft=True)
    workspace, document = opened.workspace, opened.document
    target = written_language(to, workspace)
    first = written_language(source, workspace) if source else default_source_language(document, target, workspace)
    standing = {(one.block, one.language): one.state for one in translation_statuses(opened)}
    say = {one.code: expression_renderer(language_context(opened, one)) for one in (first, target)}
    offers = _offers(path, target.code, first.code, cache, say[target.code]) if cache else {}
    units = tuple(
        _unit(one, first.code, target.code, standing.get((one.block, target.code), "unrecorded"), say, offers)
        for one in texts(document)
        if first.code in one.texts and not one.restricted and one.stands_in(target.code) and one.stands_in(first.code)
    )
    return TranslationJob(str(document.id), first.tag, target.tag, units)


def default_source_language(document: Document, target: Language, workspace: Workspace) -> Language:
    """Return the first language in which a document is written and into which it is not to be translated."""
    for name in document.languages:
        if name != target.code and not (found := language(name, workspace)).made_from:
            return found
    hint = f"it is written in {', '.join(document.languages)}"
    raise IpdocsError([Finding("nothing-to-translate", f"there is no language to translate into {target.code} from", None, hint)])


def _unit(
    one: TextPlace,
    source: str,
    target: str,
    standing: TranslationState,
    say: Mapping[str, Callable[[str], str]],
    offers: Mapping[str, tuple[Offer, ...]],
) -> TranslationUnit:
    text = one.texts.get(Text(target))
    mark = MARK.match(text) if text else None
    words = text[mark.end() :] if text and mark else text
    state: State = "initial" if text is None else "draft" if mark else _STATES[standing]
    notes = ("Made from other words than stand here now.",) if state == "stale" else ()
    back = segment(words, say[target]) if words else None
    return TranslationUnit(one.name, segment(one.texts[Text(source)], say[source]), back, state, notes, offers.get(one.name, ()))


def _offers(path: Path, to: str, source: str, cache: Path, say: Callable[[str], str]) -> dict[str, tuple[Offer, ...]]:
    """Return what the memory has for whole texts that are missing."""
    found: dict[str, tuple[Offer, ...]] = {}
    for asked in suggest_translations(path, to, source=source, cache=cache):
        matches = [one.match for one in asked.segments]
        if len(matches) == 1 and (match := matches[0]):
            found[asked.placed.name] = (
                Offer(segment(content_written(match.target), say), float(match.percent), match.unit.name),
            )
    return found
