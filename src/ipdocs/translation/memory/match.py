"""Match a text with a memory: find a translation that is certainly right, or else the translation of a similar text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ipdocs.locale.folding import fold, respell, spellings
from ipdocs.source.differences import mark_differences
from ipdocs.source.template_text import Content, RenderedFact, rendered_text, template_source
from ipdocs.translation.memory.adaptation import NotAdaptable, TranslationPair, adapt, evidence_from
from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.index import Index, IndexHit
from ipdocs.translation.memory.links import may_stay_unlinked
from ipdocs.translation.memory.opposites import reversal
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.translation.memory.segments import analyse_unit
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.value_context import ValueContext

MatchKind = Literal["same", "exact", "facts", "spelling", "fuzzy"]
KINDS: tuple[MatchKind, ...] = ("same", "exact", "facts", "spelling", "fuzzy")
"""The kinds of match, best first; all except "fuzzy" are certainly right.

The stored text is the same text at the same place ("same"), the same text elsewhere ("exact"), the text with other values
("facts"), the text in another spelling ("spelling"), or a similar text ("fuzzy").
"""

# The highest percentage of a fuzzy match: 100 % is reserved for matches that are certainly right.
_MAX_FUZZY_PERCENT = 99.0
# The highest percentage of a match whose stored source says the opposite, or more than the query.
MAX_UNSURE_PERCENT = 75.0
# Number of similar texts to try. One is not enough, because some are drafts or lack the target language.
_MAX_SIMILAR = 20


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A translation from memory.

    Attributes:
        kind: how the match was found.
        percent: the similarity, 100 for all kinds except "fuzzy".
        target: the translation; in a fuzzy match ⟦…⟧ encloses each value that the query does not state.
        unit: the unit that the translation comes from.
        stored_source: the stored text of which `target` was the translation, in the language of the query.
        difference: the query with its differences from the stored source marked; empty if there are none but spelling.
        reason: for a fuzzy match, why the unit may say the opposite, or cannot be adapted although it has the same key.
    """

    kind: MatchKind
    percent: int
    target: Content
    unit: MemoryUnit
    stored_source: Content
    difference: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Query:
    """A text to look up.

    Attributes:
        source: the text.
        value_context: language, house style and day of issue of its translation.
        place: the dotted name of the text in its document, such as "lead.paragraph".
        min_percent: the lowest percentage at which a fuzzy match is offered.
        drafts: whether unapproved units are offered, too.
    """

    source: AnalysedText
    value_context: ValueContext
    place: str = ""
    min_percent: float = 75.0
    drafts: bool = False


def best_match(index: Index, query: Query) -> MemoryMatch | None:
    """Return the best match for a text as a whole, or None."""
    source = query.source
    hits = _usable_hits(index.with_key(source.language.code, source.key, source.search_text), query)
    certain_match = min(_adapted_matches(query, hits), key=lambda match: KINDS.index(match.kind), default=None)
    if certain_match:
        return certain_match
    return _best_fuzzy_match(query, _similar_hits(index, query, hits))


def _similar_hits(index: Index, query: Query, hits: Sequence[IndexHit]) -> Iterator[tuple[float, IndexHit]]:
    """Yield the hits with the key of a query, then the usable similar texts, best first, each with its percentage."""
    yield from ((_MAX_FUZZY_PERCENT, hit) for hit in hits)
    source = query.source
    for percent, hit in index.similar(source.language.code, source.search_text, query.min_percent, _MAX_SIMILAR):
        if is_usable(hit, query):
            yield min(percent, _MAX_FUZZY_PERCENT), hit


def _best_fuzzy_match(query: Query, hits: Iterable[tuple[float, IndexHit]]) -> MemoryMatch | None:
    """Return the first match, unless its stored source says the opposite and a later match is better for that reason.

    Args:
        query: the text to look up.
        hits: the similar texts, best first, each with its percentage.
    """
    best: MemoryMatch | None = None
    for percent, hit in hits:
        if best and int(percent) <= best.percent:
            break
        pair = stored_pair(hit, query)
        reason = reversal(pair.source, query.source)
        if reason:
            percent = min(percent, MAX_UNSURE_PERCENT)
        if percent >= query.min_percent and (best is None or int(percent) > best.percent):
            best = fuzzy_match(query, percent, hit, pair, reason)
    return best


def _usable_hits(hits: Sequence[IndexHit], query: Query) -> list[IndexHit]:
    """Return the hits that can be offered: first hits from the query's place in a document, then the latest."""
    usable_hits = [hit for hit in hits if is_usable(hit, query)]
    return sorted(usable_hits, key=lambda hit: (hit.unit.place == query.place, hit.unit.on), reverse=True)


def is_usable(hit: IndexHit, query: Query) -> bool:
    """Whether a unit has the target language of a query, and is approved unless the query accepts drafts."""
    target = query.value_context.language.code
    return target in hit.unit.texts and (query.drafts or hit.unit.state == "approved")


def stored_pair(hit: IndexHit, query: Query) -> TranslationPair:
    """Return the stored texts of a hit in the languages of a query."""
    source, target = query.source.language.code, query.value_context.language.code
    workspace = query.source.workspace
    return TranslationPair(analyse_unit(hit.unit, source, workspace), analyse_unit(hit.unit, target, workspace))


def _adapted_matches(query: Query, hits: Sequence[IndexHit]) -> Iterator[MemoryMatch]:
    pairs = [stored_pair(hit, query) for hit in hits]
    for hit, pair in zip(hits, pairs, strict=True):
        try:
            target, changed = adapt(pair, query.source, query.value_context, evidence_from(pair, pairs))
        except NotAdaptable:
            continue
        kind = _match_kind(query, hit.unit, pair, changed)
        stored, queried = rendered_text(pair.source.content), rendered_text(query.source.content)
        difference = _difference(stored, queried, query) if changed else ""
        yield MemoryMatch(kind, 100, _in_house_spelling(target, query.value_context), hit.unit, pair.source.content, difference)


def _match_kind(query: Query, unit: MemoryUnit, pair: TranslationPair, changed: bool) -> MatchKind:
    if query.source.pattern != pair.source.pattern:
        return "spelling"
    if changed:
        return "facts"
    return "same" if unit.place == query.place and unit.place else "exact"


def _in_house_spelling(target: Content, value_context: ValueContext) -> Content:
    if not value_context.language.is_english:
        return target
    return tuple(part if isinstance(part, RenderedFact) else respell(part, value_context.language_style) for part in target)


def fuzzy_match(query: Query, percent: float, hit: IndexHit, pair: TranslationPair, reason: str) -> MemoryMatch:
    """Return the fuzzy match of a query with a stored pair of texts; `reason` says why it may not fit, if that is known."""
    if query.source.key == pair.source.key and not reason:
        try:
            adapt(pair, query.source, query.value_context)
        except NotAdaptable as problem:
            reason = str(problem)
    difference = _difference(template_source(pair.source.content), template_source(query.source.content), query)
    draft = fuzzy_draft(pair, query.source)
    return MemoryMatch("fuzzy", int(percent), draft, hit.unit, pair.source.content, difference, reason)


def _difference(stored: str, queried: str, query: Query) -> str:
    """Return a queried text with its differences from a stored text marked; house spelling makes no difference."""
    known_spellings = spellings(query.source.workspace)
    return mark_differences(stored, queried, lambda word: fold(word, known_spellings) or word)


def fuzzy_draft(pair: TranslationPair, query: AnalysedText) -> Content:
    """Return the target text of a pair as a draft, with ⟦…⟧ around each value that the query does not state."""
    target = pair.target
    words = target.words_around(target.placeables)
    mentioned = proper_names(query.workspace).mentions(query.text, query.language.code)
    parts: list[str | RenderedFact] = [words[0]]
    for placeable, following in zip(target.placeables, words[1:], strict=True):
        parts += [_draft_part(target, placeable, query.placeables, mentioned), following]
    return tuple(part for part in parts if part != "")


def _draft_part(
    target: AnalysedText, placeable: Placeable, queried: Sequence[Placeable], mentioned: set[ProperName]
) -> str | RenderedFact:
    for other in queried:
        if placeable.fact and other.fact and placeable.fact.name == other.fact.name:
            return RenderedFact(placeable.fact.expression, other.surface)
    for other in queried:
        if placeable.meaning == other.meaning:
            return RenderedFact(other.fact.expression, other.surface) if other.fact else placeable.surface
    is_stated = placeable.value in mentioned if isinstance(placeable.value, ProperName) else may_stay_unlinked(target, placeable)
    return placeable.surface if is_stated or not placeable.is_replaceable else f"⟦{placeable.surface}⟧"
