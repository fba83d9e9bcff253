"""The day on which an imported release was issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.importing.document_draft import Draft
from ipdocs.locale.language import Language, language
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, RelativeDay, Weekday
from ipdocs.workspace import Workspace


def issue_date(
    drafts: dict[str, Draft], languages: list[str], workspace: Workspace, now: datetime, findings: list[Finding], path: Path
) -> tuple[str, Date | None]:
    """Return the date of issue in YAML notation, and as a value.

    A release that states no date of issue may state the day that it calls today, such as "today (January 22)". If it states
    neither, return today's date, and add a warning to `findings`.
    """
    for code in languages:
        for value_span in recognise(drafts[code].issued, language(code, workspace)):
            if isinstance(value_span.value, Date) and value_span.value.year and value_span.value.day:
                day = notation(value_span.value)
                issue_time = next((draft.issue_time for draft in drafts.values() if draft.issue_time), "")
                return (f"{day}T{issue_time}+08:00" if issue_time else day), value_span.value
    for code in languages:
        if day_called_today := _day_called_today(drafts[code], language(code, workspace), now.date()):
            return notation(day_called_today), day_called_today
    message = "this file has no date of issue, so today's date is used"
    findings.append(Finding("no-date", message, Location(path), "correct `issued:` in the source", "warning"))
    return now.date().isoformat(), Date(now.year, now.month, now.day)


def _day_called_today(draft: Draft, draft_language: Language, latest: date) -> Date | None:
    """Return the day that a draft calls today, from "today (January 22)" or "yesterday (January 21)"; None if there is none.

    A day without a year is taken as the last such day that is not after `latest`, and on which the weekdays that the draft states
    are right.
    """
    weekdays = list(_stated_weekdays(draft, draft_language))
    for text in _texts_with_brackets(draft):
        for relative, stated in pairwise(recognise(text, draft_language)):
            if (
                isinstance(relative.value, RelativeDay)
                and isinstance(stated.value, Date)
                and text[relative.end : stated.start].strip() in ("(", "（")
                and (day := _latest_day(stated.value, latest, weekdays))
            ):
                today = day - timedelta(days=relative.value.offset)
                return Date(today.year, today.month, today.day)
    return None


def _texts_with_brackets(draft: Draft) -> Iterator[str]:
    """Yield the text of each block that has brackets; to look for values in all of a long document takes time."""
    return (text for block in draft.blocks if "(" in (text := block.full_text) or "（" in text)


def _stated_weekdays(draft: Draft, draft_language: Language) -> Iterator[tuple[Date, int]]:
    """Yield each day without a year in a draft that has a weekday in brackets after it, with the number of the weekday."""
    for text in _texts_with_brackets(draft):
        for value_span in recognise(text, draft_language):
            bracket = value_span.surface.replace("（", "(").partition("(")[2]
            weekday = recognise(bracket, draft_language)[:1] if bracket else []
            match value_span.value, [span.value for span in weekday]:
                case Date(None, _, int()), [Weekday(number)]:
                    yield value_span.value, number


def _latest_day(stated: Date, latest: date, weekdays: Sequence[tuple[Date, int]]) -> date | None:
    """Return the last day of a stated date that is not after `latest`, or None if no such day exists.

    A year in which the weekdays are right is preferred.
    """
    days: list[date] = []
    for year in (stated.year,) if stated.year else range(latest.year, latest.year - 7, -1):
        try:
            day = date(year, stated.month or 0, stated.day or 0)
        except ValueError:
            continue
        if stated.year or day <= latest:
            days.append(day)
    fitting = [day for day in days if all(_falls_on(other, weekday, day) for other, weekday in weekdays)]
    return next(iter(fitting or days), None)


def _falls_on(stated: Date, weekday: int, issued: date) -> bool:
    """Whether a day without a year, near the day of issue, falls on a weekday."""
    candidates = []
    for year in (issued.year - 1, issued.year, issued.year + 1):
        try:
            candidates.append(date(year, stated.month, stated.day or 0))
        except ValueError:
            continue
    nearest = min(candidates, key=lambda day: abs((day - issued).days), default=None)
    return nearest is not None and nearest.weekday() == weekday
