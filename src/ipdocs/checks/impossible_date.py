"""Dates and times that do not exist."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.fields import MONTHS
from ipdocs.values.types import Date, DateRange

_MONTH = "|".join(MONTHS)
_IMPOSSIBLE = re.compile(
    rf"\b(?:{_MONTH}) (?:3[2-9]|[4-9][0-9])\b(?!,? ?[0-9])|\b(?:3[2-9]|[4-9][0-9]) (?:{_MONTH})\b"
    r"|(?<![0-9])(?:1[3-9]|[2-9][0-9])月[0-9]{1,2}日|十[三四五六七八九]月[一二三四五六七八九十]+日"
    r"|月(?:3[2-9]|[4-9][0-9]|三十[二三四五六七八九]|[四五六七八九]十[一二三四五六七八九]?)日"
    r"|(?<![0-9:.])(?:2[5-9]|[3-9][0-9]):[0-5][0-9](?![0-9:])|(?<![0-9:.])(?:[01]?[0-9]|2[0-3]):[6-9][0-9](?![0-9:])"
    r"|(?<![0-9.:])(?:1[3-9]|2[0-9])(?:\.[0-5][0-9])?[ap]m\b|(?:上午|下午)(?:1[3-9]|2[0-9]|十[三四五六七八九]|二十[一二三四]?)[時时]"
)


def impossible_date(passage: Passage) -> Iterator[Violation]:
    """Find days beyond the end of their month, months after December, and times such as 25:00."""
    for value_span in passage.value_spans:
        days = [value_span.value.first, value_span.value.last] if isinstance(value_span.value, DateRange) else [value_span.value]
        for day in days:
            if isinstance(day, Date) and day.day and day.day > _days_in_month(day):
                yield Violation(
                    f"{value_span.surface} does not exist",
                    (Highlight(passage, value_span.start, value_span.end),),
                    "correct the date",
                )
                break
    for match in _IMPOSSIBLE.finditer(passage.plain):
        yield Violation(f"{match[0]} does not exist", (Highlight(passage, *match.span()),), "correct the date or time")


def _days_in_month(day: Date) -> int:
    """Return the number of days in the month of a date; a February without a year has 29."""
    return monthrange(day.year or 2024, day.month)[1] if 1 <= day.month <= 12 else 0
