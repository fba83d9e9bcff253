"""What of a unit is looked up: its texts as a whole, and their sentences where both languages have the same ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style, style_names
from ipdocs.source.template_text import content_between, fact_spans, strip_content
from ipdocs.translation.memory.adaptation import TranslationPair
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import IndexedText, IndexPart
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.translation.memory.segmentation import sentences
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.setting import Setting
from ipdocs.values.types import Integer
from ipdocs.workspace import Workspace

# The style by which text of no known style is read.
DEFAULT_STYLE = "gia"
# How far a sentence may be longer or shorter than its share of the text before it is taken for another.
_UNEVEN = 2.5


def analyse_unit(unit: MemoryUnit, short: str, workspace: Workspace) -> AnalysedText:
    """Return a unit's text in a language (by short name), read in the setting it was written in."""
    style = unit.style if unit.style in _styles(workspace) else DEFAULT_STYLE
    return AnalysedText(
        unit.texts[short], Setting(languages(workspace)[short], house_style(style, workspace), unit.issued), workspace
    )


@cache
def _styles(workspace: Workspace) -> frozenset[str]:
    return frozenset(style_names(workspace))


def memory_languages(workspace: Workspace) -> list[str]:
    """Return the languages a memory works in: those that people write; the others are made from them by conversion."""
    return [short for short, language in languages(workspace).items() if language.made_from is None]


def index_parts(unit: MemoryUnit, workspace: Workspace) -> list[IndexPart]:
    """Return a unit's whole and its sentences, each with the keys of its languages."""
    shorts = [short for short in memory_languages(workspace) if short in unit.texts]
    sides = {short: analyse_unit(unit, short, workspace) for short in shorts}
    found = [_part(0, sides)]
    if len(shorts) == 2:
        pair = TranslationPair(*(sides[short] for short in shorts))
        for number, (one, other) in enumerate(aligned_sentences(pair), 1):
            found.append(_part(number, dict(zip(shorts, (one, other), strict=True))))
    return found if len(shorts) > 1 else []


def _part(number: int, sides: dict[str, AnalysedText]) -> IndexPart:
    keyed = tuple(IndexedText(short, one.key, one.search_text) for short, one in sides.items())
    return IndexPart(number, {short: one.content for short, one in sides.items()}, keyed)


def split_sentences(one: AnalysedText) -> list[AnalysedText]:
    """Return the sentences of a text, each read by itself."""
    solid = [(start, end) for start, end, _ in fact_spans(one.content)]
    cuts = sentences(one.text, one.language.is_chinese, solid)
    return [
        AnalysedText(strip_content(content_between(one.content, start, end)), one.setting, one.workspace) for start, end in cuts
    ]


def aligned_sentences(pair: TranslationPair) -> Iterator[tuple[AnalysedText, AnalysedText]]:
    """Yield the sentences of two texts that translate each other, or nothing where their counts or facts disagree."""
    ours, theirs = split_sentences(pair.source), split_sentences(pair.target)
    if len(ours) != len(theirs) or len(ours) < 2:
        return
    share = len(pair.target.text) / len(pair.source.text)
    found = list(zip(ours, theirs, strict=True))
    if all(_agree(one, other, share) for one, other in found):
        yield from found


def _agree(one: AnalysedText, other: AnalysedText, share: float) -> bool:
    length = len(other.text) / (share * len(one.text))
    return 1 / _UNEVEN < length < _UNEVEN and _names(one) == _names(other) and _values(one) == _values(other)


def _names(one: AnalysedText) -> set[str]:
    return {placeable.fact.name for placeable in one.placeables if placeable.fact}


def _values(one: AnalysedText) -> Counter[tuple[str, object]]:
    """Return the values of a text's own words, less one and two: "the two sides" are 雙方, and 一個 may be "a"."""
    return Counter(
        placeable.meaning
        for placeable in one.placeables
        if not placeable.fact
        and not isinstance(placeable.value, ProperName)
        and not (isinstance(placeable.value, Integer) and placeable.value.number <= 2)
    )
