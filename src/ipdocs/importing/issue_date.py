"""The day on which an imported release was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from ipdocs.files.ledger import LeftOutReason
from ipdocs.findings import Finding, Location
from ipdocs.importing.document_draft import Draft
from ipdocs.locale.language import Language, language
from ipdocs.source.segment import to_display_text
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, RelativeDay, Weekday, Years
from ipdocs.values.value_span import ValueSpan
from ipdocs.workspace import Workspace


def issue_date(
    drafts: dict[str, Draft],
    languages: list[str],
    workspace: Workspace,
    now: datetime,
    findings: list[Finding],
    paths: Mapping[str, Path],
) -> tuple[str, Date | None]:
    """Return the date of issue in YAML notation, and as a value.

    A release that states no date of issue may state the day that it calls today, such as "today (January 22)". If it states
    neither, return today's date, and add a warning to `findings`. Files that state different days or times also give a warning.

    Args:
        drafts: the draft in each language, keyed by language code.
        languages: the language codes; the first file that states the day or the time decides.
        workspace: the workspace.
        now: the current time in Hong Kong.
        findings: the list to which warnings are added.
        paths: the path of the file with each language.
    """
    days: dict[str, Date] = {}
    for code in languages:
        own_language = language(code, workspace)
        for value_span in recognise(drafts[code].issued, own_language):
            if isinstance(value_span.value, Date) and (day := _issued(value_span, drafts[code], own_language, now.date())):
                days.setdefault(code, day)
    times = {code: drafts[code].issue_time for code in languages if drafts[code].issue_time}
    if days:
        findings += _differences("day", {code: notation(day) for code, day in days.items()}, drafts, paths)
        findings += _differences("time", times, drafts, paths)
        day, issue_time = next(iter(days.values())), next(iter(times.values()), "")
        return (f"{notation(day)}T{issue_time}+08:00" if issue_time else notation(day)), day
    for code in languages:
        if day_called_today := _day_called_today(drafts[code], language(code, workspace), now.date()):
            return notation(day_called_today), day_called_today
    message = "this file has no date of issue, so today's date is used"
    location = Location(next(iter(paths.values())))
    findings.append(Finding("no-date", message, location, "correct `issued:` in the source", "warning"))
    return now.date().isoformat(), Date(now.year, now.month, now.day)


def _differences(
    kind: Literal["day", "time"], stated: Mapping[str, str], drafts: Mapping[str, Draft], paths: Mapping[str, Path]
) -> Iterator[Finding]:
    """Yield a warning for each language that states another day or time of issue than the first one.

    Its line is that of the day, or the last line that the template writes, which has the time.
    """
    for code, value in stated.items():
        first_code, first = next(iter(stated.items()))
        if value != first:
            draft = drafts[code]
            lines = [entry for entry in draft.left_out if entry.reason is LeftOutReason.TEMPLATE_WRITES_IT]
            with_day = [entry.line for entry in lines if kind == "day" and draft.issued in entry.text]
            line = next(iter(with_day), max((entry.line for entry in lines), default=1))
            message = f"the {kind} of issue is {value} in {code}, but {first} in {first_code}"
            hint = f"correct `issued:` in the source if {value} is right"
            yield Finding("issue-dates-differ", message, Location(paths[code], line), hint, "warning")


def _issued(value_span: ValueSpan, draft: Draft, draft_language: Language, latest: date) -> Date | None:
    """Return the day of a line with the date of issue; the text decides on a year that the line does not state."""
    value = value_span.value
    if not isinstance(value, Date) or not value.day:
        return None
    if value.year:
        return value
    stated = _stated_days(draft, draft_language)
    weekdays = [*stated.weekdays, *_weekday(value_span, draft_language)]
    day = _likeliest_day(value, latest, replace(stated, weekdays=weekdays))
    return Date(day.year, day.month, day.day) if day else None


_BEFORE_DAY = re.compile(r"\s*[(（](?:[^()（）]{1,12}[時时][間间])?\s*")
"""What stands between "today" and its day; in Chinese, the place whose time it is may come first."""


def _day_called_today(draft: Draft, draft_language: Language, latest: date) -> Date | None:
    """Return the day that a draft calls today, from "today (January 22)" or "yesterday (January 21)"; None if there is none.

    A day without a year is taken as such a day that is not after `latest`, on which the weekdays that the draft states are right,
    and which is nearest to the dates with a year.
    """
    stated = None
    for text in _texts_with_brackets(draft):
        for relative, called in pairwise(recognise(text, draft_language)):
            if (
                isinstance(relative.value, RelativeDay)
                and isinstance(called.value, Date)
                and _BEFORE_DAY.fullmatch(text[relative.end : called.start])
            ):
                stated = stated or _stated_days(draft, draft_language)
                if day := _likeliest_day(called.value, latest, stated):
                    today = day - timedelta(days=relative.value.offset)
                    return Date(today.year, today.month, today.day)
    return None


def _texts_with_brackets(draft: Draft) -> Iterator[str]:
    """Yield the text of each block that has brackets; to look for values in all of a long document takes time."""
    return (text for block in draft.blocks if "(" in (text := block.full_text) or "（" in text)


@dataclass(frozen=True, slots=True)
class _StatedDays:
    """What a draft states about its year.

    Attributes:
        weekdays: the days without a year that have a weekday in brackets after them, each with the number of the weekday.
        months: the months with a year, counted from the year 0.
        years: all years.
    """

    weekdays: Sequence[tuple[Date, int]]
    months: Sequence[int]
    years: Sequence[int]


def _stated_days(draft: Draft, draft_language: Language) -> _StatedDays:
    weekdays: list[tuple[Date, int]] = []
    months: list[int] = []
    years: list[int] = []
    for text in (to_display_text(draft.title or ()), *(block.full_text for block in draft.blocks)):
        for value_span in recognise(text, draft_language):
            weekdays += _weekday(value_span, draft_language)
            match value_span.value:
                case Date(int() as year, month, _):
                    years.append(year)
                    months += [12 * year + month] if month else []
                case Years(first, last):
                    years += [first, last]
    return _StatedDays(weekdays, months, years)


def _weekday(value_span: ValueSpan, draft_language: Language) -> Iterator[tuple[Date, int]]:
    """Yield the day of a date without a year and the number of the weekday that is written with it, if there is one."""
    if isinstance(value_span.value, Date) and value_span.value.year is None and value_span.value.day:
        words = re.split(r"[\s,，()（）]+", value_span.surface)
        spans = (span for word in words for span in recognise(word, draft_language) if isinstance(span.value, Weekday))
        if weekday := next(spans, None):
            yield value_span.value, cast("Weekday", weekday.value).number


def _likeliest_day(called: Date, latest: date, stated: _StatedDays) -> date | None:
    """Return the day of a date that is likeliest to be that of issue, or None if no such day exists.

    The day is not after `latest`, and the weekdays that the text states are right on it. Of several such days it is the last one
    near a month that the text states with its year. If there is none, it is the last one, or, if all years of the text are long
    past, the one nearest to them.
    """
    days: list[date] = []
    for year in (called.year,) if called.year else range(latest.year, latest.year - _YEARS_BACK, -1):
        try:
            day = date(year, called.month or 0, called.day or 0)
        except ValueError:
            continue
        if called.year or day <= latest:
            days.append(day)
    fitting = [day for day in days if all(_falls_on(other, weekday, day) for other, weekday in stated.weekdays)]
    recent = [day for day in fitting if day.year > latest.year - _YEARS_OF_WEEKDAYS] if stated.weekdays else fitting
    days = recent or fitting or days
    near = [day for day in days if any(-_MONTHS_BEFORE <= month - _month(day) <= _MONTHS_AFTER for month in stated.months)]
    if near or not days or not stated.years or max(stated.years) >= days[0].year - _LONG_PAST:
        return max(near or days, default=None)
    return min(days, key=lambda day: (min(abs(year - day.year) for year in stated.years), day))


_MONTHS_BEFORE, _MONTHS_AFTER = 3, 2
"""How far a month that a release states may be from its issue, to decide on the year: figures are of months before it."""

_LONG_PAST = 6
"""A release is taken to be old if the last year that it states is so many years before the last possible day."""

_YEARS_BACK = 40
_YEARS_OF_WEEKDAYS = 7
"""The number of years after which the weekdays of a year come again, apart from leap years."""


def _month(day: date) -> int:
    return 12 * day.year + day.month


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
