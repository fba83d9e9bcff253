"""Look up a text in a memory: as a whole, sentence by sentence, or in parts of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipdocs.source.template_text import Content, content_between, rendered_text, strip_content
from ipdocs.translation.memory.adaptation import NotAdaptable, TranslationPair, adapt
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import Index, IndexHit
from ipdocs.translation.memory.match import (
    MAX_UNSURE_PERCENT,
    MemoryMatch,
    Query,
    best_match,
    doubted_percent,
    fuzzy_match,
    is_usable,
    stored_pair,
)
from ipdocs.translation.memory.opposites import reversal
from ipdocs.translation.memory.segments import paired_sentences, sentence_spans

# Origins of units whose texts are sentences, unlike terms and labels.
_SENTENCE_ORIGINS = ("memory", "boilerplate")
# The minimum length of a part in characters, with an alphabet and in Chinese; shorter parts occur by chance.
_MIN_PART, _MIN_CHINESE_PART = 20, 7
# The highest length of words between two parts, such as "and" or 並, that belong to the part after them.
_MAX_JOINT, _MAX_CHINESE_JOINT = 12, 3
# The lowest similarity of a text with a part of a longer text, and the number of such texts to try.
_MIN_OVERLAP_PERCENT = 80.0
_MAX_OVERLAPPING = 12
_PUNCTUATION = " ,.;:!?，。；：、！？"
_PART_REASON = "the text is only a part of the stored text"
_PAIRED_REASON = "the stored sentences were paired by length"


@dataclass(frozen=True, slots=True)
class MatchedSegment:
    """A text, a sentence or a part of a sentence to translate, and its best match if there is any."""

    source: Content
    match: MemoryMatch | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a query from `start` to `end`, with its match; the match is None for words between two parts."""

    start: int
    end: int
    match: MemoryMatch | None


def look_up(index: Index, query: Query) -> list[MatchedSegment]:
    """Return one segment for the whole text, or one for each sentence or part.

    The text is split if its parts have better matches than the whole. Neighbouring sentences that have a match only together
    are one segment, and so is a sentence of the memory that is only a part of a sentence here.
    """
    whole = best_match(index, query)
    if whole and whole.kind != "fuzzy":
        return [MatchedSegment(query.source.content, whole)]
    spans = [_Span(start, end, None) for start, end in sentence_spans(query.source)]
    if len(spans) > 1:
        spans = [replace(span, match=best_match(index, _part_of(query, span))) for span in spans]
        spans = _joined_neighbours(index, query, spans)
        if _has_certain_match(spans) or not whole:
            spans = [part for span in spans for part in _span_or_parts(index, query, span)]
    elif not whole:
        spans = _span_or_parts(index, query, _Span(0, len(query.source.text), None))
    if any(span.match for span in spans) and (_has_certain_match(spans) or not whole or _percent(spans) > whole.percent):
        return [MatchedSegment(_part_of(query, span).source.content, span.match) for span in spans]
    return [MatchedSegment(query.source.content, whole)]


def joint_percent(segments: Sequence[MatchedSegment]) -> int:
    """Return the similarity of several segments together, weighted by their lengths."""
    lengths = [len(rendered_text(segment.source)) for segment in segments]
    percents = [segment.match.percent if segment.match else 0 for segment in segments]
    return sum(length * percent for length, percent in zip(lengths, percents, strict=True)) // max(sum(lengths), 1)


def _percent(spans: Sequence[_Span]) -> float:
    lengths = [span.end - span.start for span in spans]
    percents = [span.match.percent if span.match else 0 for span in spans]
    return sum(length * percent for length, percent in zip(lengths, percents, strict=True)) / sum(lengths)


def _has_certain_match(spans: Sequence[_Span]) -> bool:
    return any(span.match and span.match.kind != "fuzzy" for span in spans)


def _part_of(query: Query, span: _Span) -> Query:
    """Return the query for a part of the text of another query."""
    source = query.source
    content = strip_content(content_between(source.content, span.start, span.end))
    return replace(query, source=replace(source, content=content))


def _joined_neighbours(index: Index, query: Query, spans: Sequence[_Span]) -> list[_Span]:
    """Join two neighbouring sentences without a match if the memory has both as one sentence."""
    joined: list[_Span] = []
    for span in spans:
        if joined and not span.match and not joined[-1].match:
            both = _Span(joined[-1].start, span.end, None)
            if match := best_match(index, _part_of(query, both)):
                joined[-1] = replace(both, match=match)
                continue
        joined.append(span)
    return joined


def _span_or_parts(index: Index, query: Query, span: _Span) -> list[_Span]:
    """Return a sentence with its match or, if it has none, the parts of it that the memory has."""
    part = _part_of(query, span)
    if span.match or len(part.source.text) < _min_length(part.source):
        return [span]
    inner, outer = _overlapping(index, part)
    found = _without_overlaps(inner)
    if found and (not outer or _percent(_complete(found, part.source)) >= MAX_UNSURE_PERCENT):
        offset = span.start + query.source.text[span.start : span.end].index(part.source.text)
        return [replace(piece, start=piece.start + offset, end=piece.end + offset) for piece in _complete(found, part.source)]
    return [replace(span, match=outer)]


def _overlapping(index: Index, query: Query) -> tuple[list[_Span], MemoryMatch | None]:
    """Return the parts of a sentence that are texts of the memory, and a match with a text that contains the sentence."""
    from rapidfuzz import fuzz

    inner: list[_Span] = []
    outer: MemoryMatch | None = None
    source = query.source
    code, text = source.language.code, source.search_text
    hits = index.overlapping(code, text, _MIN_OVERLAP_PERCENT, _min_length(source), _MAX_OVERLAPPING)
    for hit in hits:
        if not is_usable(hit, query) or hit.unit.origin not in _SENTENCE_ORIGINS:
            continue
        pair = stored_pair(hit, query)
        place = fuzz.partial_ratio_alignment(source.text, pair.source.text)
        if place is None:
            continue
        if len(pair.source.text) < len(source.text):
            inner += _inner_part(query, hit, pair, place.src_start, place.src_end)
        elif outer is None:
            outer = _outer_match(query, hit, pair, place.score, place.dest_start, place.dest_end)
    return inner, outer


def _min_length(text: AnalysedText) -> int:
    return _MIN_CHINESE_PART if text.language.is_east_asian else _MIN_PART


def _max_joint(text: AnalysedText) -> int:
    return _MAX_CHINESE_JOINT if text.language.is_east_asian else _MAX_JOINT


def _inner_part(query: Query, hit: IndexHit, pair: TranslationPair, start: int, end: int) -> Iterator[_Span]:
    """Yield the part of a sentence that is similar to a stored text, if it is similar enough."""
    from rapidfuzz import fuzz

    span = _Span(*_whole_words(query.source, start, end), None)
    part = _part_of(query, span)
    similarity = min(fuzz.ratio(part.source.search_text, pair.source.search_text), 99.0)
    percent, reason = doubted_percent(similarity, part, pair)
    if percent >= query.min_percent:
        match = fuzzy_match(part, percent, hit, pair, reason)
        adapted = _adapted_target(part, pair) if not reason else None
        yield replace(span, match=replace(match, target=adapted) if adapted else match)


def _adapted_target(query: Query, pair: TranslationPair) -> Content | None:
    """Return a stored translation with the values of a part, or None if they have other words or cannot be replaced.

    The start and end of the part may differ: "and ferries call at 4pm" has the words of "Ferries call at 3pm."
    """
    text, stored = query.source.text, pair.source.text
    start = text.lower().find(stored.lower()[: stored.find(" ") if stored.find(" ") > 0 else 2])
    if not 0 <= start <= _max_joint(query.source):
        return None
    content = content_between(query.source.content, start, len(text.rstrip(_PUNCTUATION)))
    first = content[0] if content else None
    if not isinstance(first, str) or first[0].lower() != stored[0].lower():
        return None
    sentence = replace(query.source, content=(stored[0] + first[1:], *content[1:], stored[len(stored.rstrip(_PUNCTUATION)) :]))
    if sentence.key != pair.source.key:
        return None
    try:
        return adapt(pair, sentence, query.value_context)[0]
    except NotAdaptable:
        return None


def _outer_match(query: Query, hit: IndexHit, pair: TranslationPair, score: float, start: int, end: int) -> MemoryMatch | None:
    """Return the match of a sentence with a longer stored text, which says more than the sentence."""
    if min(score, MAX_UNSURE_PERCENT) < query.min_percent:
        return None
    start, end = _whole_words(pair.source, start, end)
    stored_part = replace(pair.source, content=content_between(pair.source.content, start, end))
    reasons = [_PART_REASON, reversal(stored_part, query.source)]
    sentences = [paired for paired in paired_sentences(pair) if stored_part.text.strip() in paired.source.text]
    if sentences and sentences[0].source.text != pair.source.text:
        pair = sentences[0]
        reasons[0] = _PAIRED_REASON
    return fuzzy_match(query, min(score, MAX_UNSURE_PERCENT), hit, pair, "; ".join(filter(None, reasons)))


def _whole_words(text: AnalysedText, start: int, end: int) -> tuple[int, int]:
    """Return a range of a text, extended so that it divides no word, value or fact, and without punctuation at its start."""
    words = text.text
    for placeable in text.placeables:
        if placeable.start < start < placeable.end:
            start = placeable.start
        if placeable.start < end < placeable.end:
            end = placeable.end
    if not text.language.is_east_asian:
        while 0 < start < len(words) and words[start].isalnum() and words[start - 1].isalnum():
            start -= 1
        while 0 < end < len(words) and words[end - 1].isalnum() and words[end].isalnum():
            end += 1
    while start < end and words[start] in _PUNCTUATION:
        start += 1
    while end < len(words) and words[end] in _PUNCTUATION.strip():
        end += 1
    return start, end


def _without_overlaps(spans: Sequence[_Span]) -> list[_Span]:
    """Return the best of the spans, in the order of the text; a span that shares words with a better one is left out."""
    chosen: list[_Span] = []
    for span in sorted(spans, key=lambda span: -(span.end - span.start) * (span.match.percent if span.match else 0)):
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def _complete(spans: Sequence[_Span], text: AnalysedText) -> list[_Span]:
    """Return the spans with all words between them; words that only join two spans belong to the span after them."""
    max_joint = _max_joint(text)
    complete: list[_Span] = []
    end = 0
    for span in spans:
        between = text.text[end : span.start].strip(_PUNCTUATION)
        if len(between) > max_joint:
            complete.append(_Span(end, span.start, None))
            end = span.start
        complete.append(replace(span, start=end))
        end = span.end
    if len(text.text[end:].strip(_PUNCTUATION)) > max_joint:
        complete.append(_Span(end, len(text.text), None))
    else:
        complete[-1] = replace(complete[-1], end=len(text.text))
    return complete
