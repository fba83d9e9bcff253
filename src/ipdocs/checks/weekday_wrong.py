"""Days of the week that do not match their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.cldr import weekday_names
from ipdocs.values.fields import WEEKDAYS
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, Weekday
from ipdocs.values.value_span import ValueSpan

_WEEKDAY_NAME = re.compile(rf"{'|'.join(WEEKDAYS)}|星期[一二三四五六日天]")


def weekday_wrong(passage: Passage) -> Iterator[Violation]:
    """Find weekdays beside a date that falls on a different day of the week.

    If a date has no year, the year that brings it nearest to the issue date is used.
    """
    for value_span in passage.value_spans:
        if isinstance(value_span.value, Date) and (match := _weekday_pattern(passage).search(value_span.surface)):
            value_spans = recognise(match[0], passage.value_context)
            yield from _check_weekday(
                passage, value_span, value_spans[0].value if value_spans else None, value_span.start + match.start(), match[0]
            )
    for first, second in pairwise(passage.value_spans):
        gap = passage.plain[first.end : second.start]
        if len(gap) > 3 or any(character.isalnum() for character in gap):
            continue
        weekday, day = (first, second) if isinstance(first.value, Weekday) else (second, first)
        if not isinstance(weekday.value, Weekday) or not isinstance(day.value, Date):
            continue
        yield from _check_weekday(passage, day, weekday.value, weekday.start, weekday.surface)


def _weekday_pattern(passage: Passage) -> re.Pattern[str]:
    """Return the pattern of the names of weekdays in the language of a passage."""
    if passage.language.is_english or passage.language.is_chinese:
        return _WEEKDAY_NAME
    style = passage.language_style
    return _pattern_of_names(tuple(style.weekdays) or tuple(name for name in weekday_names(style.cldr) if len(name) > 2))


@cache
def _pattern_of_names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))), re.IGNORECASE)


def _check_weekday(passage: Passage, day: ValueSpan, weekday: object, start: int, words: str) -> Iterator[Violation]:
    """Yield a violation if a date does not fall on the weekday beside it.

    `words` is the text of the weekday, which begins at `start`.
    """
    actual_weekday = _weekday(day.value) if isinstance(day.value, Date) else None
    if (
        isinstance(day.value, Date)
        and isinstance(weekday, Weekday)
        and actual_weekday is not None
        and actual_weekday != weekday.number
    ):
        message = f"{day.surface}{_missing_year(day.value, day.surface)} is a {WEEKDAYS[actual_weekday]}, not {words}"
        yield Violation(message, (Highlight(passage, start, start + len(words)),), "correct the date or the weekday")


def _weekday(day: Date) -> int | None:
    """Return the day of the week from 0 (Monday) to 6, or None if the date lacks a year or day or does not exist."""
    if day.year is None or day.day is None:
        return None
    try:
        return date(day.year, day.month, day.day).weekday()
    except ValueError:
        return None


def _missing_year(day: Date, surface: str) -> str:
    """Return the year in brackets if the text does not state it."""
    has_year = str(day.year) in surface or "年" in surface
    return "" if has_year else f" ({day.year})"
