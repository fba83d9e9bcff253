"""Why a document cannot be read from the disk, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ipdocs.desk.history import Contents
from ipdocs.findings import Finding

_AROUND = 2
"""The number of lines shown before and after a line with a finding."""
_MAX_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """The reason why a document cannot be read from the disk.

    Attributes:
        findings: what is wrong.
        lines: the lines around the first finding in the file, each with its number.
        since: the time in seconds since 1970 at which this was found.
        back_to: the time of the version that the file can be taken back to, or None if there is none.
    """

    findings: tuple[Finding, ...]
    lines: tuple[tuple[int, str], ...]
    since: float
    back_to: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as JSON."""
        findings = [finding.as_dict() for finding in self.findings]
        lines = [{"number": number, "text": text} for number, text in self.lines]
        return {"findings": findings, "lines": lines, "since": iso_time(self.since), "back_to": iso_time(self.back_to)}


def lines_around(findings: tuple[Finding, ...], path: Path, contents: Contents) -> tuple[tuple[int, str], ...]:
    """Return the lines around the first finding that has a line in a source."""
    places = (finding.location for finding in findings if finding.location)
    number = next((place.line for place in places if place.path == path and place.line), 0)
    lines = contents["source"].encode("utf-8", "surrogateescape").decode("utf-8", "replace").splitlines()
    first, last = max(number - _AROUND, 1), min(number + _AROUND, len(lines))
    return tuple((line, lines[line - 1][:_MAX_LENGTH]) for line in range(first, last + 1)) if number else ()


def iso_time(seconds: float | None) -> str | None:
    """Return a time in seconds since 1970 in ISO 8601 format."""
    return None if seconds is None else datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")
