"""Ranges that run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.fault import Fault, Mark
from ipdocs.checks.passage import Passage
from ipdocs.values.slot import Slot
from ipdocs.values.types import Date, DateRange, TimeRange, Years

_YEAR = re.compile("[0-9]{4}|年")


def range_reversed(passage: Passage) -> Iterator[Fault]:
    """Find days, times and years whose end comes before their beginning."""
    for slot in passage.slots:
        if _runs_back(slot):
            yield Fault(f"{slot.surface} runs backwards", (Mark(passage, slot.start, slot.end),), "look which end is wrong")


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
