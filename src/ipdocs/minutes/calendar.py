"""iCalendar files (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

MAX_LINE_BYTES = 75
"""The maximum length of a line in bytes; a longer line continues on the next line, after a space (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A meeting (VEVENT) or a task (VTODO).

    Attributes:
        kind: VEVENT for a meeting, VTODO for a task.
        uid: the identifier by which calendars recognise later versions of the entry.
        summary: the title.
        stamp: the day on which the entry was made.
        day: the day of a whole-day meeting, or the day on which a task is due; ignored if `begins` is given.
        begins: the start time.
        length: the duration, used only with `begins`.
        place: the venue.
        description: other details.
        confidential: whether to hide the entry from people with whom the calendar is shared.
    """

    kind: Literal["VEVENT", "VTODO"]
    uid: str
    summary: str
    stamp: date
    day: date | None = None
    begins: datetime | None = None
    length: timedelta | None = None
    place: str = ""
    description: str = ""
    confidential: bool = False


def calendar(entries: Iterable[CalendarEntry]) -> bytes:
    """Return an iCalendar file with the given entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ipdocs//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += [f"BEGIN:{entry.kind}", *_property_lines(entry), f"END:{entry.kind}"]
    return "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _property_lines(entry: CalendarEntry) -> Iterator[str]:
    yield f"UID:{_escape(entry.uid)}"
    yield f"DTSTAMP:{entry.stamp:%Y%m%d}T000000Z"
    if entry.begins:
        yield f"DTSTART:{entry.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        if entry.length:
            yield f"DURATION:PT{int(entry.length.total_seconds()) // 60}M"
    elif entry.day:
        yield f"{'DUE' if entry.kind == 'VTODO' else 'DTSTART'};VALUE=DATE:{entry.day:%Y%m%d}"
    if entry.confidential:
        yield "CLASS:CONFIDENTIAL"
    yield f"SUMMARY:{_escape(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{_escape(entry.place)}"
    if entry.description:
        yield f"DESCRIPTION:{_escape(entry.description)}"


def _escape(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\r", "").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Split a long line into folded lines, without splitting a character."""
    parts, size = [""], 0
    for character in line:
        byte_count = len(character.encode())
        if size + byte_count > MAX_LINE_BYTES:
            parts.append("")
            size = 1
        parts[-1] += character
        size += byte_count
    return "\r\n ".join(parts)
