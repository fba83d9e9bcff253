"""Ranges that end before they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.types import Date, DateRange, TimeRange, Years
from ipdocs.values.value_span import ValueSpan

_YEAR = re.compile("[0-9]{4}|年")
_YEARS = re.compile(r"(?<![0-9])(?P<first>(?:19|20)[0-9]{2})(?: ?[-–] ?| to |至)(?P<last>(?:19|20)[0-9]{2})(?![0-9])")
_CHINESE_YEARS = re.compile(
    "(?<![一二三四五六七八九○零〇])(?P<first>[一二][一二三四五六七八九○零〇]{3})年?至(?P<last>[一二][一二三四五六七八九○零〇]{3})年"
)
_DIGITS = str.maketrans("一二三四五六七八九○零〇", "123456789000")


def range_reversed(passage: Passage) -> Iterator[Violation]:
    """Find ranges of days, times and years that end before they begin."""
    spans = [(value_span.start, value_span.end) for value_span in passage.value_spans if _is_reversed(value_span)]
    for pattern in (_YEARS, _CHINESE_YEARS):
        matches = pattern.finditer(passage.plain)
        spans += [match.span() for match in matches if match["first"].translate(_DIGITS) > match["last"].translate(_DIGITS)]
    for start, end in spans:
        yield Violation(
            f"{passage.plain[start:end]} ends before it begins",
            (Highlight(passage, start, end),),
            "correct the beginning or the end",
        )


def _is_reversed(value_span: ValueSpan) -> bool:
    match value_span.value:
        case DateRange(Date(year, month, day), Date(last_year, last_month, last_day)) if day and last_day:
            if month == last_month and year == last_year:
                return day > last_day
            return bool(
                year and last_year and _YEAR.search(value_span.surface) and (year, month, day) > (last_year, last_month, last_day)
            )
        case TimeRange(first, last) as times:
            return first > last and not times.is_overnight and not re.search("[翌次]日", value_span.surface)
        case Years(first, last):
            return first > last
    return False
