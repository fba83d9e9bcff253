"""Describe problems as findings (what is wrong, where, and how to fix it), and raise exceptions with findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Severity = Literal["error", "warning"]
_MAX_LINES = 12
"""The maximum number of lines that a finding with several places names in its text; --json has all places."""


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A range in a file. Lines and columns are numbered from 1.

    Line 0 means the whole file, and column 0 the whole line. The length is in characters. If `unit` says so, as for Word files,
    `line` is the number of a paragraph.
    """

    path: Path
    line: int = 0
    column: int = 0
    length: int = 0
    unit: Literal["line", "paragraph"] = "line"

    def __str__(self) -> str:
        if self.unit == "paragraph" and self.line:
            return f"{self.path}:paragraph {self.line}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text in one language that a finding is about.

    The words from `start` to `end` are wrong, and `location` is their place in the file.
    """

    language: str
    text: str
    start: int = 0
    end: int = 0
    location: Location | None = None

    @property
    def words(self) -> str:
        """The words that are wrong; empty if words are missing."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem to fix.

    Attributes:
        code: the permanent name of this kind of problem, such as `stale-translation`.
        message: what is wrong, with the value in question.
        location: where the problem is.
        hint: how to fix the problem.
        severity: `error`, which stops a build, or `warning`, which does not.
        excerpts: the texts that the finding is about: first the text to fix, then the texts that it disagrees with.
        other_places: further places with the same problem, if one correction applies to all of them.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = "error"
    excerpts: tuple[Excerpt, ...] = ()
    other_places: tuple[Location, ...] = ()

    @property
    def count(self) -> int:
        """The number of places with the problem."""
        return 1 + len(self.other_places)

    @property
    def summary_of_places(self) -> str:
        """The number of places and their lines, such as "14 places, also in lines 12, 15 and 16"; empty for a single place."""
        if not self.other_places:
            return ""
        lines = [str(line) for line in sorted({place.line for place in self.other_places})]
        shown = lines if len(lines) <= _MAX_LINES else [*lines[: _MAX_LINES - 1], f"{len(lines) - _MAX_LINES + 1} more"]
        lines_text = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
        return f"{self.count} places, also in {self.other_places[0].unit}{'' if len(lines) == 1 else 's'} {lines_text}"

    def __str__(self) -> str:
        lines = [f"{self.severity}[{self.code}]: {self.message}"]
        if self.location:
            lines.append(f"  --> {self.location}")
        if self.other_places:
            lines.append(f"   = {self.summary_of_places}")
        if self.hint:
            lines.append(f"   = hint: {self.hint}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data for --json, with each location as path, line, column, length and unit."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            **_location_as_dict(self.location),
            "hint": self.hint,
            "count": self.count,
            "other_places": [_location_as_dict(place) for place in self.other_places],
            "excerpts": [
                {"language": excerpt.language, "words": excerpt.words, "text": excerpt.text} for excerpt in self.excerpts
            ],
        }


def _location_as_dict(location: Location | None) -> dict[str, Any]:
    return {
        "path": str(location.path) if location else None,
        "line": location.line if location else None,
        "column": location.column if location else None,
        "length": location.length if location else None,
        "unit": location.unit if location else None,
    }


class IpdocsError(Exception):
    """The base class of errors; an error holds all findings of one stage of the work."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class InvalidSource(IpdocsError):
    """A source, or a file that it refers to, has errors."""


class NotReleasable(IpdocsError):
    """A valid source cannot be issued as requested, because of gaps, stale translations or restricted text."""


class VerificationFailed(IpdocsError):
    """An output file could not be written, or its content differs from its source."""


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of their locations, without repeats; findings without a location come first."""
    no_location = Location(Path())
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.location or no_location, finding.code, finding.message))


def raise_errors(findings: Iterable[Finding], error: type[IpdocsError] = IpdocsError) -> list[Finding]:
    """Raise an error if one of the findings is an error; otherwise return the findings in order.

    Args:
        findings: the findings of a stage.
        error: the class to raise.

    Raises:
        IpdocsError: at least one finding is an error; the exception also holds the warnings.
    """
    ordered = sort_findings(findings)
    if any(finding.severity == "error" for finding in ordered):
        raise error(ordered)
    return ordered


def collect(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Call a function with every item, and return the results.

    Raises:
        IpdocsError: the function failed for at least one item; the exception has the findings of all failed items.
    """
    results: list[Result] = []
    findings: list[Finding] = []
    for item in items:
        try:
            results.append(function(item))
        except IpdocsError as error:
            findings += error.findings
    if findings:
        raise IpdocsError(sort_findings(findings))
    return results


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that is most similar to a misspelt word, or None if no choice is similar."""
    from difflib import get_close_matches

    similar = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return similar[0] if similar else None
