"""Link the values in a unit's source text to the same values in its target text.

Facts are linked if they have the same name. Other values are linked if they are equal, and occur equally often in both
texts. Equal small numbers may be a coincidence, because idioms such as "tripartite" and 三方 contain numbers. So a link
between small numbers is a guess, unless both count the same measure (three hours, 三小時).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.types import Decimal, Integer, Ordinal, RelativeDay, Weekday

# In a single unit, equal numbers up to this limit may be a coincidence.
MAX_SMALL = 10
# Measures for which English and Chinese each have one unambiguous word.
MEASURES = {
    "second": (r"seconds?", "秒"),
    "minute": (r"minutes?", "分鐘"),
    "hour": (r"hours?", "個?小時|個?鐘頭"),
    "day": (r"days?", "日(?![程本報常用期])|天(?![氣文然])"),
    "week": (r"weeks?", "個?星期(?![一二三四五六日])|[周週](?![一二三四五六日年末])"),
    "month": (r"months?", "個月"),
    "year": (r"years?", "年(?![級度期代齡會報])"),
    "person": (r"people|persons?", "人(?![次士員民類足籃排制賽])"),
    "case": (r"cases?", "宗"),
    "country": (r"countries|country", "個?國家"),
    "city": (r"cities|city", "個?城市"),
    "metre": (r"metres?", "米"),
    "kilometre": (r"kilometres?", "公里"),
    "hectare": (r"hectares?", "公頃"),
    "tonne": (r"tonnes?", "公噸"),
    "seat": (r"seats?", "個?席位"),
}
_ENGLISH_MEASURES = {name: re.compile(rf"[ -](?:{english})\b") for name, (english, _) in MEASURES.items()}
_CHINESE_MEASURES = {name: re.compile(chinese) for name, (_, chinese) in MEASURES.items()}
# Words for a time relative to the day of issue, keyed by the unit of time and the number of units from the present one.
_RELATIVE_TIMES = {
    ("year", 0): (r"this year", "今年|本年(?!度報)"),
    ("year", -1): (r"last year|the (?:past|previous) year", "去年|上年|過去一年"),
    ("year", 1): (r"next year|the coming year", "明年|來年|下年"),
    ("month", 0): (r"this month", "本月|今個月"),
    ("month", -1): (r"last month", "上月|上個月"),
    ("month", 1): (r"next month", "下月|下個月"),
    ("week", 0): (r"this week", "本周|本週|今個星期|本星期"),
    ("week", -1): (r"last week", "上周|上週|上星期"),
    ("week", 1): (r"next week", "下周|下週|下星期"),
}
_VAGUE_NUMBERS = ("雙", "兩", "首", "半", "both", "twice", "half")
# Chinese often states the number of parties to a meeting, or of the places they come from, where English does not.
_PARTIES = re.compile("[方地](?![面向式法便位案針根圖區址下])")
_RELATIVE_PATTERNS = [re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE) for english, chinese in _RELATIVE_TIMES.values()]


@dataclass(frozen=True, slots=True)
class LinkedGroup:
    """Placeables of both texts that state the same value; if one is replaced, all are replaced.

    Attributes:
        source: indexes of placeables in the source text's `AnalysedText.placeables`.
        target: indexes of placeables in the target text's `AnalysedText.placeables`.
        by_name: whether the placeables are linked because they are facts with the same name.
        certain: whether the link is more than a guess.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    by_name: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Links:
    """The links between the two texts of a unit.

    Attributes:
        groups: the linked placeables.
        unlinked: indexes of the target placeables that are not linked.
        tied_to_issue_date: whether the translation is right only on the unit's day of issue.
    """

    groups: tuple[LinkedGroup, ...]
    unlinked: tuple[int, ...]
    tied_to_issue_date: bool


def link_texts(source: AnalysedText, target: AnalysedText) -> Links:
    """Return the links between two texts that translate each other."""
    groups = [*_groups_by_name(source, target)]
    groups += _groups_by_value(
        source,
        target,
        {index for group in groups for index in group.source},
        {index for group in groups for index in group.target},
    )
    linked = {index for group in groups for index in group.target}
    unlinked = tuple(index for index in range(len(target.placeables)) if index not in linked)
    return Links(tuple(groups), unlinked, _is_tied_to_issue_date(source, target, unlinked))


def _groups_by_name(source: AnalysedText, target: AnalysedText) -> Iterator[LinkedGroup]:
    target_facts = _facts_by_name(target)
    for name, indexes in _facts_by_name(source).items():
        if name in target_facts:
            yield LinkedGroup(tuple(indexes), tuple(target_facts[name]), by_name=True, certain=True)


def _facts_by_name(text: AnalysedText) -> dict[str, list[int]]:
    indexes: dict[str, list[int]] = defaultdict(list)
    for index, placeable in enumerate(text.placeables):
        if placeable.fact:
            indexes[placeable.fact.name].append(index)
    return indexes


MeasuredIndexes = list[tuple[int, str]]
"""Indexes of placeables, each with the name of the measure that its number counts, or an empty string."""


def _groups_by_value(
    source: AnalysedText, target: AnalysedText, linked_source: set[int], linked_target: set[int]
) -> Iterator[LinkedGroup]:
    """Yield groups of equal values among the placeables that are not linked yet: first numbers with the same measure."""
    source_values, target_values = _by_meaning(source, linked_source), _by_meaning(target, linked_target)
    for meaning, values in source_values.items():
        remaining = values
        for measure in {measure for _, measure in values if measure}:
            sources = _with_measure(remaining, measure)
            targets = _with_measure(target_values.get(meaning, []), measure)
            if len(sources) == len(targets):
                yield LinkedGroup(sources, targets, by_name=False, certain=True)
                remaining = [value for value in remaining if value[0] not in sources]
                target_values[meaning] = [value for value in target_values[meaning] if value[0] not in targets]
        remaining_targets = target_values.get(meaning, [])
        measures = {measure for _, measure in (*remaining, *remaining_targets) if measure}
        if remaining and len(remaining_targets) == len(remaining) and len(measures) <= 1:
            certain = not any(is_small(source.placeables[index]) for index, _ in remaining)
            yield LinkedGroup(_indexes(remaining), _indexes(remaining_targets), by_name=False, certain=certain)


def _by_meaning(text: AnalysedText, linked: set[int]) -> dict[tuple[str, object], MeasuredIndexes]:
    values: dict[tuple[str, object], MeasuredIndexes] = defaultdict(list)
    for index, placeable in enumerate(text.placeables):
        if index not in linked:
            values[placeable.meaning].append((index, measure_of(text, placeable)))
    return values


def _with_measure(values: MeasuredIndexes, measure: str) -> tuple[int, ...]:
    return tuple(index for index, name in values if name == measure)


def _indexes(values: MeasuredIndexes) -> tuple[int, ...]:
    return tuple(index for index, _ in values)


def measure_of(text: AnalysedText, placeable: Placeable) -> str:
    """Return the name in `MEASURES` of the measure that a number counts, or an empty string."""
    if placeable.meaning[0] != "number":
        return ""
    if not text.language.is_chinese and not text.language.is_english:
        return ""
    patterns = _CHINESE_MEASURES if text.language.is_chinese else _ENGLISH_MEASURES
    return next((name for name, pattern in patterns.items() if pattern.match(text.text, placeable.end)), "")


def is_small(placeable: Placeable) -> bool:
    """Whether a value is a number so small that both texts of a unit may contain it by coincidence."""
    return isinstance(placeable.value, Integer) and placeable.value.number <= MAX_SMALL


def may_stay_unlinked(text: AnalysedText, placeable: Placeable) -> bool:
    """Whether a placeable may stay unlinked: a proper name, or a number in an idiom such as 雙方, 一個, 三方 and 兩地."""
    if isinstance(placeable.value, ProperName):
        return True
    if placeable.fact or not isinstance(placeable.value, Integer | Decimal | Ordinal):
        return False
    if placeable.form is None:
        return placeable.surface in _VAGUE_NUMBERS
    if placeable.surface in ("一", "one", "One"):
        return True
    return is_small(placeable) and bool(_PARTIES.match(text.text, placeable.end))


def _is_tied_to_issue_date(source: AnalysedText, target: AnalysedText, unlinked: Sequence[int]) -> bool:
    """Whether only one of the texts refers to the day of issue, with words such as "yesterday" or 今年."""
    relative_types = (RelativeDay, Weekday)
    if any(isinstance(target.placeables[index].value, relative_types) for index in unlinked):
        return True
    if any(isinstance(placeable.value, relative_types) for placeable in source.placeables) and any(
        not may_stay_unlinked(target, target.placeables[index]) for index in unlinked
    ):
        return True
    return _relative_time_counts(source.text) != _relative_time_counts(target.text)


def _relative_time_counts(text: str) -> list[int]:
    return [len(pattern.findall(text)) for pattern in _RELATIVE_PATTERNS]
