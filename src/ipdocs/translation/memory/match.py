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
from ipdocs.translation.memory.code_resolution import (
    has_codes,
    has_numbered_codes,
    loses_codes,
    resolve_codes,
    words_only,
)
from ipdocs.translation.memory.index import Index, IndexHit
from ipdocs.translation.memory.links import may_stay_unlinked
from ipdocs.translation.memory.opposites import reversal
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.translation.memory.segments import analyse_unit
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import LinkValue
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
# The highest percentage of a match of which one text states a value that the other lacks.
_MAX_OTHER_VALUES_PERCENT = 94.0
# The lowest percentage of a match with the same words and other formatting.
SAME_WORDS_PERCENT = 97.0
# The lowest similarity of texts that may have the same words: a fact shows words that other codes do not.
_MIN_CANDIDATE_PERCENT = 50.0
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
    if certain_match := _best_certain_match(query, hits):
        return certain_match
    min_candidate = min(query.min_percent, _MIN_CANDIDATE_PERCENT)
    similar = [
        (min(percent, _MAX_FUZZY_PERCENT), hit)
        for percent, hit in index.similar(source.language.code, source.search_text, min_candidate, _MAX_SIMILAR)
        if is_usable(hit, query)
    ]
    with_facts = [hit for _, hit in similar if _states_the_facts(hit, query)]
    if certain_match := _best_certain_match(query, with_facts):
        return certain_match
    return _best_fuzzy_match(query, _by_words(query, [*((_MAX_FUZZY_PERCENT, hit) for hit in hits), *similar]))


def all_matches(index: Index, query: Query, limit: int) -> list[MemoryMatch]:
    """Return the matches for a text as a whole, best first, each translation once.

    Args:
        index: the index of the memory.
        query: the text to look up.
        limit: the number of matches at most.
    """
    source = query.source
    hits = _usable_hits(index.with_key(source.language.code, source.key, source.search_text), query)
    similar = [
        (min(percent, _MAX_FUZZY_PERCENT), hit)
        for percent, hit in index.similar(source.language.code, source.search_text, query.min_percent, _MAX_SIMILAR)
        if is_usable(hit, query)
    ]
    certain = [
        *_adapted_matches(query, hits),
        *_adapted_matches(query, [hit for _, hit in similar if _states_the_facts(hit, query)]),
    ]
    fuzzy: list[MemoryMatch] = []
    for similarity, hit in _by_words(query, [*((_MAX_FUZZY_PERCENT, hit) for hit in hits), *similar]):
        pair = stored_pair(hit, query)
        percent, reason = doubted_percent(similarity, query, pair)
        if percent >= query.min_percent:
            fuzzy.append(fuzzy_match(query, percent, hit, pair, reason))
    matches = [*sorted(certain, key=lambda match: KINDS.index(match.kind)), *sorted(fuzzy, key=lambda match: -match.percent)]
    by_target = {template_source(match.target): match for match in reversed(matches)}
    return sorted(by_target.values(), key=matches.index)[:limit]


def _best_certain_match(query: Query, hits: Sequence[IndexHit]) -> MemoryMatch | None:
    return min(_adapted_matches(query, hits), key=lambda match: KINDS.index(match.kind), default=None)


def _states_the_facts(hit: IndexHit, query: Query) -> bool:
    """Whether a hit has expressions without values, and is the text of the query."""
    stored = hit.unit.texts[query.source.language.code]
    return has_codes(stored) and not has_numbered_codes(stored) and stored_pair(hit, query).source.key == query.source.key


def _by_words(query: Query, hits: Sequence[tuple[float, IndexHit]]) -> list[tuple[float, IndexHit]]:
    """Return hits that are similar enough, best first; a text that differs from the query only in its codes comes early."""
    workspace = query.source.workspace
    words = words_only(query.source.content, workspace)
    hits = [
        (max(percent, SAME_WORDS_PERCENT), hit)
        if percent < SAME_WORDS_PERCENT and words and words_only(stored_pair(hit, query).source.content, workspace) == words
        else (percent, hit)
        for percent, hit in hits
    ]
    return sorted((hit for hit in hits if hit[0] >= query.min_percent), key=lambda hit: -hit[0])


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
        percent, reason = doubted_percent(percent, query, pair)
        if percent >= query.min_percent and (best is None or int(percent) > best.percent):
            best = fuzzy_match(query, percent, hit, pair, reason)
    return best


def doubted_percent(percent: float, query: Query, pair: TranslationPair) -> tuple[float, str]:
    """Return the percentage of a fuzzy match, lower if the stored text may say something else, and the reason."""
    if reason := reversal(pair.source, query.source):
        return min(percent, MAX_UNSURE_PERCENT), reason
    if reason := _other_values(query.source, pair.source):
        return min(percent, _MAX_OTHER_VALUES_PERCENT), reason
    return percent, ""


def _other_values(query: AnalysedText, stored: AnalysedText) -> str:
    """Return the reason why the translation would lose or invent a value: one text states a value that the other lacks."""
    queried_values, stored_values = _values(query), _values(stored)
    if len(queried_values) == len(stored_values):
        return ""
    is_lost = len(queried_values) > len(stored_values)
    longer, shorter = (queried_values, stored_values) if is_lost else (stored_values, queried_values)
    known = {placeable.meaning for placeable in shorter}
    extra = next((placeable for placeable in longer if placeable.meaning not in known), longer[-1])
    return f"“{extra.surface}” is stated only in {'this' if is_lost else 'the stored'} text"


def _values(text: AnalysedText) -> list[Placeable]:
    """Return the values and facts of a text; names and addresses are words, unless they are facts."""
    return [
        placeable for placeable in text.placeables if placeable.fact or not isinstance(placeable.value, ProperName | LinkValue)
    ]


def _usable_hits(hits: Sequence[IndexHit], query: Query) -> list[IndexHit]:
    """Return the hits that can be offered: first hits from the query's place in a document, then the latest."""
    usable_hits = [hit for hit in hits if is_usable(hit, query)]
    return sorted(usable_hits, key=lambda hit: (hit.unit.place == query.place, hit.unit.on), reverse=True)


def is_usable(hit: IndexHit, query: Query) -> bool:
    """Whether a unit has the target language of a query, and is approved unless the query accepts drafts."""
    target = query.value_context.language.code
    return target in hit.unit.texts and (query.drafts or hit.unit.state == "approved")


def stored_pair(hit: IndexHit, query: Query) -> TranslationPair:
    """Return the stored texts of a hit in the languages of a query, with the codes of the query for codes of other tools."""
    source, target = query.source.language.code, query.value_context.language.code
    workspace = query.source.workspace
    unit = resolve_codes(hit.unit, source, query.source.content)
    return TranslationPair(analyse_unit(unit, source, workspace), analyse_unit(unit, target, workspace))


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
        else:
            reason = _code_reason(hit, query)
    elif not reason and (_code_reason(hit, query) or percent == SAME_WORDS_PERCENT):
        reason = "its codes differ"
    difference = _difference(template_source(pair.source.content), template_source(query.source.content), query)
    draft = fuzzy_draft(pair, query.source)
    return MemoryMatch("fuzzy", int(percent), draft, hit.unit, pair.source.content, difference, reason)


def _code_reason(hit: IndexHit, query: Query) -> str:
    """Return what happened to the numbered codes of another tool, or an empty string if there are none."""
    stored = hit.unit.texts[query.source.language.code]
    if not has_numbered_codes(stored):
        return ""
    return "its codes differ" if loses_codes(stored, query.source.content) else "its codes were matched by their order"


def _difference(stored: str, queried: str, query: Query) -> str:
    """Return a queried text with its differences from a stored text marked; house spelling makes no difference."""
    known_spellings = spellings(query.source.workspace)
    marked = mark_differences(stored, queried, lambda word: fold(word, known_spellings) or word)
    return "" if marked == queried else marked


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
