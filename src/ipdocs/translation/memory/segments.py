"""Split a unit into the parts to index: its whole texts, and its sentences if the sentences of both texts correspond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import log
from operator import itemgetter

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.locale.style_files import style_names
from ipdocs.source.template_text import content_between, fact_spans, strip_content
from ipdocs.translation.memory.adaptation import TranslationPair
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import IndexedText, IndexPart
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.translation.memory.segmentation import sentences
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Integer
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

# The house style in which a text is read if its own style is unknown.
DEFAULT_STYLE = "gia"
# A translated sentence may be this many times longer or shorter than the length ratio of the whole texts suggests.
_MAX_LENGTH_RATIO = 2.5
# In longer texts, sentences are not paired.
_MAX_PAIRED_SENTENCES = 12


def analyse_unit(unit: MemoryUnit, code: str, workspace: Workspace) -> AnalysedText:
    """Return the analysis of a unit's text in the language with the given code."""
    style = unit.style if unit.style in _styles(workspace) else DEFAULT_STYLE
    return AnalysedText(
        unit.texts[code], ValueContext(languages(workspace)[code], house_style(style, workspace), unit.issued), workspace
    )


@cache
def _styles(workspace: Workspace) -> frozenset[str]:
    return frozenset(style_names(workspace))


def memory_languages(workspace: Workspace) -> list[str]:
    """Return the codes of the languages in a memory: all languages that are not converted from another language."""
    return [code for code, language in languages(workspace).items() if language.converted_from is None]


def index_parts(unit: MemoryUnit, workspace: Workspace) -> list[IndexPart]:
    """Return the index parts of a unit: its whole texts and its sentences, or an empty list if it has only one language."""
    texts = {code: analyse_unit(unit, code, workspace) for code in memory_languages(workspace) if code in unit.texts}
    if len(texts) < 2:
        return []
    parts = [_index_part(0, texts)]
    if len(texts) == 2:
        pair = TranslationPair(*texts.values())
        for number, sentence_pair in enumerate(aligned_sentences(pair), 1):
            parts.append(_index_part(number, dict(zip(texts, sentence_pair, strict=True))))
    return parts


def _index_part(number: int, texts: dict[str, AnalysedText]) -> IndexPart:
    indexed_texts = tuple(IndexedText(code, text.key, text.search_text) for code, text in texts.items())
    return IndexPart(number, {code: text.content for code, text in texts.items()}, indexed_texts)


def sentence_spans(text: AnalysedText) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a text."""
    facts = [(start, end) for start, end, _ in fact_spans(text.content)]
    return sentences(text.text, text.language.is_east_asian, facts)


def split_sentences(text: AnalysedText) -> list[AnalysedText]:
    """Return the sentences of a text, each analysed by itself."""
    return [_between(text, start, end) for start, end in sentence_spans(text)]


def aligned_sentences(pair: TranslationPair) -> Iterator[tuple[AnalysedText, AnalysedText]]:
    """Yield the sentence pairs of two texts, or nothing if the number, lengths or values of the sentences do not correspond."""
    sources, targets = split_sentences(pair.source), split_sentences(pair.target)
    if len(sources) != len(targets) or len(sources) < 2:
        return
    expected_ratio = len(pair.target.text) / len(pair.source.text)
    pairs = list(zip(sources, targets, strict=True))
    if all(_correspond(source, target, expected_ratio) for source, target in pairs):
        yield from pairs


def paired_sentences(pair: TranslationPair) -> list[TranslationPair]:
    """Return the sentences of two texts in pairs, in which one sentence may translate two; an empty list if none fit.

    Of all ways to pair sentences with equal values, the one with the most even lengths is returned. It may be wrong.
    """
    sources, targets = sentence_spans(pair.source), sentence_spans(pair.target)
    if max(len(sources), len(targets)) > _MAX_PAIRED_SENTENCES or not sources or not targets:
        return []
    expected_ratio = len(pair.target.text) / len(pair.source.text)
    best: dict[tuple[int, int], tuple[float, list[TranslationPair]]] = {(0, 0): (0.0, [])}
    for source_end in range(1, len(sources) + 1):
        for target_end in range(1, len(targets) + 1):
            ways = []
            for source_count, target_count in ((1, 1), (1, 2), (2, 1)):
                earlier = best.get((source_end - source_count, target_end - target_count))
                if earlier is None:
                    continue
                source = _between(pair.source, sources[source_end - source_count][0], sources[source_end - 1][1])
                target = _between(pair.target, targets[target_end - target_count][0], targets[target_end - 1][1])
                if _correspond(source, target, expected_ratio):
                    deviation = abs(log(_deviation(source, target, expected_ratio)))
                    ways.append((earlier[0] + deviation, [*earlier[1], TranslationPair(source, target)]))
            if ways:
                best[source_end, target_end] = min(ways, key=itemgetter(0))
    return best.get((len(sources), len(targets)), (0.0, []))[1]


def _between(text: AnalysedText, start: int, end: int) -> AnalysedText:
    return replace(text, content=strip_content(content_between(text.content, start, end)))


def _deviation(source: AnalysedText, target: AnalysedText, expected_ratio: float) -> float:
    return len(target.text) / (expected_ratio * len(source.text))


def _correspond(source: AnalysedText, target: AnalysedText, expected_ratio: float) -> bool:
    deviation = _deviation(source, target, expected_ratio)
    if not 1 / _MAX_LENGTH_RATIO < deviation < _MAX_LENGTH_RATIO:
        return False
    return _fact_names(source) == _fact_names(target) and _values(source) == _values(target)


def _fact_names(text: AnalysedText) -> set[str]:
    return {placeable.fact.name for placeable in text.placeables if placeable.fact}


def _values(text: AnalysedText) -> Counter[tuple[str, object]]:
    """Count the values in a text, except facts, names, and numbers up to 2, which occur in idioms such as 雙方 and 一個."""
    return Counter(
        placeable.meaning
        for placeable in text.placeables
        if not placeable.fact
        and not isinstance(placeable.value, ProperName)
        and not (isinstance(placeable.value, Integer) and placeable.value.number <= 2)
    )
