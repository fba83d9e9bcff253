"""Ranges that run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.slot import Slot
from ipdocs.values.types import Date, DateRange, TimeRange, Years

_YEAR = re.compile("[0-9]{4}|年")


_YEARS = re.compile(r"(?<![0-9])(?P<a>(?:19|20)[0-9]{2})(?: ?[-–] ?| to |至)(?P<b>(?:19|20)[0-9]{2})(?![0-9])")
_CHINESE_YEARS = re.compile(
    "(?<![一二三四五六七八九○零〇])(?P<a>[一二][一二三四五六七八九○零〇]{3})年?至(?P<b>[一二][一二三四五六七八九○零〇]{3})年"
)
_DIGITS = str.maketrans("一二三四五六七八九○零〇", "123456789000")


def range_reversed(passage: Passage) -> Iterator[Violation]:
    """Find days, times and years whose end comes before their beginning."""
    spans = [(slot.start, slot.end) for slot in passage.slots if _runs_back(slot)]
    for pattern in (_YEARS, _CHINESE_YEARS):
        found = pattern.finditer(passage.plain)
        spans += [match.span() for match in found if match["a"].translate(_DIGITS) > match["b"].translate(_DIGITS)]
    for start, end in spans:
        yield Violation(
            f"{passage.plain[start:end]} runs backwards", (Highlight(passage, start, end),), "look which end is wrong"
        )


def _runs_back(slot: Slot) -> bool:
    match slot.value:
        case DateRange(Date(year, month, day), Date(year_too, month_too, day_too)) if day and day_too:
            if month == month_too and year == year_too:
                return day > day_too
            return bool(year and year_too and _YEAR.search(slot.surface) and (year, month, day) > (year_too, month_too, day_too))
        case TimeRange(first, last):
            return (first.hour, first.minute) > (last.hour, last.minute) and last.hour > 5
        case Years(first, last):
            return first > last
    return False
