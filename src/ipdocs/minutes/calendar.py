"""Days and times in, an iCalendar file out (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

LINE = 75
"""The most bytes of a line; a longer one goes on after a line break and a space."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting or a task: at a moment with its length, or on a day; `stamp` is the day from which the entry dates.

    A confidential one is not shown to others with whom a calendar is shared.
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


def calendar(entries: Iterable[Entry]) -> bytes:
    """Return entries as a calendar; the same entries give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ipdocs//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += [f"BEGIN:{entry.kind}", *_lines(entry), f"END:{entry.kind}"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _lines(entry: Entry) -> Iterator[str]:
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
    """Return a line broken where it is too long, never within a character."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE:
            parts.append("")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n ".join(parts)
