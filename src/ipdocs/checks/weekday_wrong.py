"""Days of the week that do not fit their date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ipdocs.checks.fault import Fault, Mark
from ipdocs.checks.passage import Passage
from ipdocs.values.fields import WEEKDAYS
from ipdocs.values.types import Date, Weekday


def weekday_wrong(passage: Passage) -> Iterator[Fault]:
    """Find a weekday beside a date that is another day of the week; a date without a year is the nearest to the day of issue."""
    for one, other in pairwise(passage.slots):
        gap = passage.plain[one.end : other.start]
        if len(gap) > 3 or any(character.isalnum() for character in gap):
            continue
        weekday, day = (one, other) if isinstance(one.value, Weekday) else (other, one)
        if not isinstance(weekday.value, Weekday) or not isinstance(day.value, Date):
            continue
        right = _weekday(day.value)
        if right is not None and right != weekday.value.number:
            message = f"{weekday.surface}: {day.surface}{_year(day.value, day.surface)} is a {WEEKDAYS[right]}"
            yield Fault(message, (Mark(passage, weekday.start, weekday.end),), "look which of the two is right")


def _weekday(day: Date) -> int | None:
    if day.year is None or day.day is None:
        return None
    try:
        return date(day.year, day.month, day.day).weekday()
    except ValueError:
        return None


def _year(day: Date, surface: str) -> str:
    said = str(day.year) in surface or "年" in surface
    return "" if said else f" ({day.year})"
