"""iCalendar files (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

MAX_LINE_BYTES = 75
"""Longer lines are folded: they continue after a line break and a space (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A meeting (VEVENT) or a task (VTODO).

    Attributes:
        stamp: the day on which the entry was made.
        day: the day of an entry without a time.
        begins: the time at which it begins.
        length: its length; only with `begins`.
        confidential: whether to hide it from others with whom the calendar is shared.
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
    """Return a calendar file with entries; equal entries give equal bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ipdocs//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += [f"BEGIN:{entry.kind}", *_lines(entry), f"END:{entry.kind}"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _lines(entry: CalendarEntry) -> Iterator[str]:
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{entry.stamp:%Y%m%d}T000000Z"
    if entry.begins:
        yield f"DTSTART:{entry.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        if entry.length:
            yield f"DURATION:PT{int(entry.length.total_seconds()) // 60}M"
    elif entry.day:
        yield f"{'DUE' if entry.kind == 'VTODO' else 'DTSTART'};VALUE=DATE:{entry.day:%Y%m%d}"
    if entry.confidential:
        yield "CLASS:CONFIDENTIAL"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{_escaped(entry.place)}"
    if entry.description:
        yield f"DESCRIPTION:{_escaped(entry.description)}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a long line, without splitting a character."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > MAX_LINE_BYTES:
            parts.append("")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n ".join(parts)
