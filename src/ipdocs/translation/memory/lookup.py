"""What a memory offers for a text: proved translations first, then similar ones with what differs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ipdocs.locale.folding import folded, spellings, spelt
from ipdocs.source.differences import mark_differences
from ipdocs.source.template_text import Content, RenderedFact, template_source
from ipdocs.translation.memory.adaptation import NotAdaptable, TranslationPair, adapt, evidence_from
from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.index import Index, IndexHit
from ipdocs.translation.memory.links import is_weak
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.translation.memory.segments import analyse_unit, split_sentences
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.setting import Setting

MatchKind = Literal["same", "exact", "facts", "spelling", "fuzzy"]
KINDS: tuple[MatchKind, ...] = ("same", "exact", "facts", "spelling", "fuzzy")
"""The kinds of match, best first: all but the last are right as they stand."""

# A text that is not proved is never called a full match.
_MOST = 99.0
# Similar texts that are looked at for one that may be offered: others are drafts, or lack the language.
_SIMILAR = 20


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A translation from memory: its kind and percentage, the target, the unit it comes from.

    For a fuzzy match the target has ⟦…⟧ around what the query does not state, difference shows where the query differs
    from the stored source, and reason why an equal text could not be proved.
    """

    kind: MatchKind
    percent: int
    target: Content
    unit: MemoryUnit
    difference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MatchedSegment:
    """A text or sentence that was asked for, and its best match, or none."""

    source: Content
    match: MemoryMatch | None


@dataclass(frozen=True)
class Query:
    """What is asked of a memory.

    Attributes:
        side: the text.
        setting: that of its translation.
        place: where the text stands.
        min_percent: the percentage from which a fuzzy match is offered.
        drafts: whether what nobody has approved is offered, too.
    """

    source: AnalysedText
    setting: Setting
    place: str = ""
    min_percent: float = 75.0
    drafts: bool = False


def look_up(index: Index, query: Query) -> list[MatchedSegment]:
    """Return the matches for a text: one for the whole, or one for each sentence where that proves more of it."""
    whole = best_match(index, query)
    if whole and whole.kind != "fuzzy":
        return [MatchedSegment(query.source.content, whole)]
    sentences = split_sentences(query.source)
    if len(sentences) > 1:
        found = [MatchedSegment(one.content, best_match(index, replace(query, source=one))) for one in sentences]
        if any(one.match and one.match.kind != "fuzzy" for one in found):
            return found
    return [MatchedSegment(query.source.content, whole)]


def best_match(index: Index, query: Query) -> MemoryMatch | None:
    """Return the best match for a text as a whole, or None."""
    language = query.source.language.code
    equal = _usable(index.with_key(language, query.source.key, query.source.search_text), query)
    exact = min(_proved(query, equal), key=lambda match: KINDS.index(match.kind), default=None)
    if exact:
        return exact
    if equal:
        return _fuzzy(query, _MOST, equal[0])
    similar = index.similar(language, query.source.search_text, query.min_percent, _SIMILAR)
    return next((_fuzzy(query, min(score, _MOST), found) for score, found in similar if _fits(found, query)), None)


def _usable(found: Sequence[IndexHit], query: Query) -> list[IndexHit]:
    """Return what serves a query, first from its own place, then the latest."""
    fit = [one for one in found if _fits(one, query)]
    return sorted(fit, key=lambda one: (one.unit.place == query.place, one.unit.on), reverse=True)


def _fits(found: IndexHit, query: Query) -> bool:
    target = query.setting.language.code
    return target in found.unit.texts and (query.drafts or found.unit.state == "approved")


def _pair(found: IndexHit, query: Query) -> TranslationPair:
    target = query.setting.language.code
    one = query.source
    return TranslationPair(
        analyse_unit(found.unit, one.language.code, one.workspace), analyse_unit(found.unit, target, one.workspace)
    )


def _proved(query: Query, equal: Sequence[IndexHit]) -> Iterator[MemoryMatch]:
    pairs = [_pair(found, query) for found in equal]
    for found, pair in zip(equal, pairs, strict=True):
        try:
            target, changed = adapt(pair, query.source, query.setting, evidence_from(pair, pairs))
        except NotAdaptable:
            continue
        yield MemoryMatch(_kind(query, found.unit, pair, changed), 100, _in_house_spelling(target, query.setting), found.unit)


def _kind(query: Query, unit: MemoryUnit, pair: TranslationPair, changed: bool) -> MatchKind:
    if query.source.pattern != pair.source.pattern:
        return "spelling"
    if changed:
        return "facts"
    return "same" if unit.place == query.place and unit.place else "exact"


def _in_house_spelling(target: Content, setting: Setting) -> Content:
    if setting.language.is_chinese:
        return target
    return tuple(part if isinstance(part, RenderedFact) else spelt(part, setting.section) for part in target)


def _fuzzy(query: Query, score: float, found: IndexHit) -> MemoryMatch:
    pair = _pair(found, query)
    reason = ""
    if query.source.key == pair.source.key:
        try:
            adapt(pair, query.source, query.setting)
        except NotAdaptable as problem:
            reason = str(problem)
    known = spellings(query.source.workspace)
    before, after = template_source(pair.source.content), template_source(query.source.content)
    difference = mark_differences(before, after, lambda word: folded(word, known) or word)
    return MemoryMatch("fuzzy", int(score), fuzzy_draft(pair, query.source), found.unit, difference, reason)


def fuzzy_draft(pair: TranslationPair, query: AnalysedText) -> Content:
    """Return a stored target as a draft for another text: ⟦…⟧ stands around each fact that the query does not state."""
    target = pair.target
    words = target.words_around(target.placeables)
    mentioned = proper_names(query.workspace).mentions(query.text, query.language.code)
    parts: list[str | RenderedFact] = [words[0]]
    for one, after in zip(target.placeables, words[1:], strict=True):
        parts += [_stated(target, one, query.placeables, mentioned), after]
    return tuple(part for part in parts if part != "")


def _stated(target: AnalysedText, one: Placeable, asked: Sequence[Placeable], mentioned: set[ProperName]) -> str | RenderedFact:
    for other in asked:
        if one.fact and other.fact and one.fact.name == other.fact.name:
            return RenderedFact(one.fact.expression, other.surface)
    for other in asked:
        if one.meaning == other.meaning:
            return RenderedFact(other.fact.expression, other.surface) if other.fact else one.surface
    known = one.value in mentioned if isinstance(one.value, ProperName) else is_weak(target, one)
    return one.surface if known or not one.varies else f"⟦{one.surface}⟧"
