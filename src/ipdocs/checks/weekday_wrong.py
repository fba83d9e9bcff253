"""Days of the week that do not fit their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.fields import WEEKDAYS
from ipdocs.values.recognise import recognise
from ipdocs.values.slot import Slot
from ipdocs.values.types import Date, Weekday

_NAMED = re.compile(rf"{'|'.join(WEEKDAYS)}|星期[一二三四五六日天]")


def weekday_wrong(passage: Passage) -> Iterator[Violation]:
    """Find a weekday beside a date that is another day of the week; a date without a year is the nearest to the day of issue."""
    for slot in passage.slots:
        if isinstance(slot.value, Date) and (match := _NAMED.search(slot.surface)):
            named = recognise(match[0], passage.setting)
            yield from _compared(passage, slot, named[0].value if named else None, slot.start + match.start(), match[0])
    for one, other in pairwise(passage.slots):
        gap = passage.plain[one.end : other.start]
        if len(gap) > 3 or any(character.isalnum() for character in gap):
            continue
        weekday, day = (one, other) if isinstance(one.value, Weekday) else (other, one)
        if not isinstance(weekday.value, Weekday) or not isinstance(day.value, Date):
            continue
        yield from _compared(passage, day, weekday.value, weekday.start, weekday.surface)


def _compared(passage: Passage, day: Slot, weekday: object, start: int, words: str) -> Iterator[Violation]:
    """Yield a fault when a date is another day of the week than the one beside it."""
    right = _weekday(day.value) if isinstance(day.value, Date) else None
    if isinstance(day.value, Date) and isinstance(weekday, Weekday) and right is not None and right != weekday.number:
        message = f"{words}: {day.surface}{_year(day.value, day.surface)} is a {WEEKDAYS[right]}"
        yield Violation(message, (Highlight(passage, start, start + len(words)),), "look which of the two is right")


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
