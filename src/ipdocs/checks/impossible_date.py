"""Dates and times that no calendar or clock has."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.fields import MONTHS
from ipdocs.values.types import Date, DateRange

_MONTH = "|".join(MONTHS)
_BEYOND = re.compile(
    rf"\b(?:{_MONTH}) (?:3[2-9]|[4-9][0-9])\b(?!,? ?[0-9])|\b(?:3[2-9]|[4-9][0-9]) (?:{_MONTH})\b"
    r"|(?<![0-9])(?:1[3-9]|[2-9][0-9])月[0-9]{1,2}日|十[三四五六七八九]月[一二三四五六七八九十]+日"
    r"|月(?:3[2-9]|[4-9][0-9]|三十[二三四五六七八九]|[四五六七八九]十[一二三四五六七八九]?)日"
    r"|(?<![0-9:.])(?:2[5-9]|[3-9][0-9]):[0-5][0-9](?![0-9:])|(?<![0-9:.])(?:[01]?[0-9]|2[0-3]):[6-9][0-9](?![0-9:])"
    r"|\b(?:1[3-9]|2[0-9])(?:\.[0-5][0-9])?[ap]m\b|(?:上午|下午)(?:1[3-9]|2[0-9]|十[三四五六七八九]|二十[一二三四]?)[時时]"
)


def impossible_date(passage: Passage) -> Iterator[Violation]:
    """Find days that their month does not have, months beyond twelve, and hours that no clock shows."""
    for slot in passage.slots:
        days = [slot.value.first, slot.value.last] if isinstance(slot.value, DateRange) else [slot.value]
        for day in days:
            if isinstance(day, Date) and day.day and day.day > _length(day):
                yield Violation(
                    f"there is no {slot.surface}", (Highlight(passage, slot.start, slot.end),), "look which day was meant"
                )
                break
    for match in _BEYOND.finditer(passage.plain):
        yield Violation(f"there is no {match[0]}", (Highlight(passage, *match.span()),), "look which was meant")


def _length(day: Date) -> int:
    """Return how many days a month has; February of no year has twenty-nine."""
    return monthrange(day.year or 2024, day.month)[1] if 1 <= day.month <= 12 else 0
