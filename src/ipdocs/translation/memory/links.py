"""What belongs together in the two texts of a unit: the facts of one, and where the other says them.

A fact is linked by its name where both texts come from one source, else by its value: as often in one text as in the
other. Small numbers are everywhere ("tripartite" and 三方 hold one each), so a link by a small value alone is a guess,
unless both stand before the same measure (three hours, 三小時).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.types import Decimal, Integer, Ordinal, RelativeDay, Weekday

# A number up to this one, linked by value in one unit alone, may be a coincidence.
SMALL = 10
# What is counted, where English and Chinese each have one word for it that means nothing else.
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
_ENGLISH = {name: re.compile(rf"[ -](?:{english})\b") for name, (english, _) in MEASURES.items()}
_CHINESE = {name: re.compile(chinese) for name, (_, chinese) in MEASURES.items()}
# Words that say a time from where the writer stands, by unit and distance.
_SEEN_FROM_NOW = {
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
_WORDED = ("雙", "兩", "首", "半", "both", "twice", "half")
# What Chinese likes to count although nobody asked how many: those who meet, and where.
_PARTIES = re.compile("[方地](?![面向式法便位案針根圖區址下])")
_NOW = [re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE) for english, chinese in _SEEN_FROM_NOW.values()]


@dataclass(frozen=True, slots=True)
class LinkedGroup:
    """Placeables of both texts, by their positions in AnalysedText.placeables, that say one thing and change only together.

    certain tells that this is no guess: they are one fact by name, or a value that no coincidence brings twice.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    by_name: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Links:
    """The groups of a unit; what of its target is linked to nothing; and whether it holds on its day of issue alone."""

    groups: tuple[LinkedGroup, ...]
    unlinked: tuple[int, ...]
    tied_to_issue_date: bool


def link_texts(source: AnalysedText, target: AnalysedText) -> Links:
    """Return what belongs together in two texts that translate each other."""
    groups = [*_named(source, target)]
    taken = {index for group in groups for index in group.source}, {index for group in groups for index in group.target}
    groups += _by_value(source, target, *taken)
    linked = {index for group in groups for index in group.target}
    loose = tuple(index for index in range(len(target.placeables)) if index not in linked)
    return Links(tuple(groups), loose, _is_bound(source, target, loose))


def _named(source: AnalysedText, target: AnalysedText) -> Iterator[LinkedGroup]:
    names = _by_name(target)
    for name, indexes in _by_name(source).items():
        if name in names:
            yield LinkedGroup(tuple(indexes), tuple(names[name]), by_name=True, certain=True)


def _by_name(side: AnalysedText) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(side.placeables):
        if one.fact:
            found[one.fact.name].append(index)
    return found


def _by_value(source: AnalysedText, target: AnalysedText, done: set[int], reached: set[int]) -> Iterator[LinkedGroup]:
    """Yield the groups of equal values: first of what counts the same measure, then of what is left."""
    wanted, found = _meanings(source, done), _meanings(target, reached)
    for meaning, indexes in wanted.items():
        for counted in {name for _, name in indexes if name}:
            ours, theirs = _counting(indexes, counted), _counting(found.get(meaning, []), counted)
            if len(ours) == len(theirs):
                yield LinkedGroup(ours, theirs, by_name=False, certain=True)
                indexes = [one for one in indexes if one[0] not in ours]
                found[meaning] = [one for one in found[meaning] if one[0] not in theirs]
        others = found.get(meaning, [])
        if indexes and len(others) == len(indexes) and len({name for _, name in (*indexes, *others) if name}) <= 1:
            certain = not any(is_small(source.placeables[index]) for index, _ in indexes)
            yield LinkedGroup(_positions(indexes), _positions(others), by_name=False, certain=certain)


Counted = list[tuple[int, str]]


def _meanings(side: AnalysedText, without: set[int]) -> dict[tuple[str, object], Counted]:
    found: dict[tuple[str, object], Counted] = defaultdict(list)
    for index, one in enumerate(side.placeables):
        if index not in without:
            found[one.meaning].append((index, measure(side, one)))
    return found


def _counting(indexes: Counted, counted: str) -> tuple[int, ...]:
    return tuple(index for index, name in indexes if name == counted)


def _positions(indexes: Counted) -> tuple[int, ...]:
    return tuple(index for index, _ in indexes)


def measure(side: AnalysedText, one: Placeable) -> str:
    """Return what a number counts where MEASURES has it, else an empty string."""
    if one.meaning[0] != "number":
        return ""
    table = _CHINESE if side.language.is_chinese else _ENGLISH
    return next((name for name, pattern in table.items() if pattern.match(side.text, one.end)), "")


def is_small(one: Placeable) -> bool:
    """Whether a value is a number so small that it may stand in two texts for two reasons."""
    return isinstance(one.value, Integer) and one.value.number <= SMALL


def is_weak(side: AnalysedText, one: Placeable) -> bool:
    """Whether what a target alone says is nothing that a fact could change: 雙方, 一個, 三方, 兩地."""
    if isinstance(one.value, ProperName):
        return True
    if one.fact or not isinstance(one.value, Integer | Decimal | Ordinal):
        return False
    if one.form is None:
        return one.surface in _WORDED
    return one.surface in ("一", "one", "One") or (is_small(one) and bool(_PARTIES.match(side.text, one.end)))


def _is_bound(source: AnalysedText, target: AnalysedText, loose: Sequence[int]) -> bool:
    """Whether one text says a day or year that the other leaves to the day of issue: "yesterday", 今年."""
    seen = (RelativeDay, Weekday)
    spoken = any(isinstance(target.placeables[index].value, seen) for index in loose)
    unlinked = any(isinstance(one.value, seen) for one in source.placeables) and any(
        not is_weak(target, target.placeables[index]) for index in loose
    )
    return spoken or unlinked or _deictic(source.text) != _deictic(target.text)


def _deictic(text: str) -> list[int]:
    return [len(pattern.findall(text)) for pattern in _NOW]
