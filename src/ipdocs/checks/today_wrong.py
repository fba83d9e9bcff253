"""The words yesterday, today and tomorrow beside a date that does not fit the issue date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.types import Date, RelativeDay


def today_wrong(passage: Passage) -> Iterator[Violation]:
    """Find relative days with a wrong date, such as "today (August 20)" in a document issued on August 21."""
    issued = passage.value_context.issued
    if issued is None or not issued.year or not issued.day:
        return
    for relative, day in pairwise(passage.value_spans):
        if not isinstance(relative.value, RelativeDay) or not isinstance(day.value, Date) or day.value.day is None:
            continue
        gap = passage.plain[relative.end : day.start]
        right_day = date(issued.year, issued.month, issued.day) + timedelta(days=relative.value.offset)
        if len(gap) <= 2 and not gap.strip(" (（,，") and (day.value.month, day.value.day) != (right_day.month, right_day.day):
            end = day.end + (passage.plain[day.end : day.end + 1] in ")）" and gap.strip(" ") != "")
            issue_date = f"{issued.year}-{issued.month:02}-{issued.day:02}"
            message = f"{relative.surface} is not {day.surface}, because the document is issued on {issue_date}"
            yield Violation(message, (Highlight(passage, relative.start, end),), "write the day as a fact: {{ day | today }}")
