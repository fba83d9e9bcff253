"""Open minutes, and return the next meeting as a calendar file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from lxml import html

from ipdocs.findings import Finding, IpdocsError
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.minutes.calendar import CalendarEntry, calendar
from ipdocs.model.minutes import Minutes
from ipdocs.source.open import Source, inspect_source
from ipdocs.templating.template import render_fragment
from ipdocs.values.types import HONG_KONG, Date, Time


def open_minutes(path: Path, *, draft: bool = False) -> Source:
    """Open a source of minutes, even if it has gaps; callers decide whether to refuse the gaps.

    Raises:
        IpdocsError: the file cannot be opened, or is not a source of minutes.
    """
    source = inspect_source(path, draft=draft)
    minutes_of(source)
    return source


def minutes_of(source: Source) -> Minutes:
    """Return the minutes in a source.

    Raises:
        IpdocsError: the source is another kind of document.
    """
    document = source.document
    if isinstance(document, Minutes):
        return document
    hint = f"build this document with `ipdocs build {source.path}`"
    raise IpdocsError([Finding("no-minutes", "this source is not a set of minutes", document.id.locate(), hint)])


def next_meeting_calendar(localised: LocalisedDocument) -> bytes | None:
    """Return the next meeting as an iCalendar file in the language of the minutes, or None if no day is agreed.

    The entry is as long as this meeting, or an hour if the minutes do not state when the meeting ended. Without a start time, the
    entry takes the whole day.
    """
    next_meeting, meeting = localised.document.next, localised.document.meeting
    if next_meeting is None or next_meeting.date.day is None:
        return None
    invitation = html.fragment_fromstring(render_fragment(localised, "next-meeting.html"), create_parent=True)
    summary = " ".join(invitation.text_content().split())
    begins = _moment(next_meeting.date, next_meeting.begins) if next_meeting.begins else None
    length = _moment(meeting.date, meeting.ends) - _moment(meeting.date, meeting.begins) if meeting.ends else None
    entry = CalendarEntry(
        kind="VEVENT",
        uid=f"{localised.id}-next",
        summary=summary,
        stamp=_date(meeting.date),
        day=_date(next_meeting.date),
        begins=begins,
        length=length or timedelta(hours=1),
        place=str(next_meeting.venue or ""),
    )
    return calendar([entry])


def _date(value: Date) -> date:
    return date(value.year or 1, value.month, value.day or 1)


def _moment(day: Date, time: Time) -> datetime:
    return datetime(day.year or 1, day.month, day.day or 1, time.hour, time.minute, tzinfo=HONG_KONG)
