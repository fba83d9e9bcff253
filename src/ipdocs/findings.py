"""What a user did wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: line and column count from 1, 0 stands for the whole file or line; length is that of a marked span."""

    path: Path
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What one language says where a finding is: its text as it is read, the part of it that is meant, and where that stands."""

    language: str
    text: str
    start: int = 0
    end: int = 0
    location: Location | None = None

    @property
    def words(self) -> str:
        """The part that is meant; empty where something is missing."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: a speaking code, what is wrong, where it stands and what would mend it.

    A finding on words quotes them: those to mend first, then what they do not agree with.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = "error"
    excerpts: tuple[Excerpt, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.severity}[{self.code}]: {self.message}"]
        if self.location:
            lines.append(f"  --> {self.location}")
        if self.hint:
            lines.append(f"   = hint: {self.hint}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data for --json: the place as path, line, column and length."""
        place = self.location
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "path": str(place.path) if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "length": place.length if place else None,
            "hint": self.hint,
            "excerpts": [{"language": one.language, "words": one.words, "text": one.text} for one in self.excerpts],
        }


class IpdocsError(Exception):
    """The findings of one stage, raised once at its end."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class InvalidSource(IpdocsError):
    """A source, or a file or data of the workspace that it refers to, has errors."""


class NotReleasable(IpdocsError):
    """A source is valid, but may not be issued as requested: it has gaps, stale translations or restricted text."""


class VerificationFailed(IpdocsError):
    """A file could not be written, or does not state what its source states."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by place, without repeats, errors of no place first."""
    nowhere = Location(Path())
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.location or nowhere, finding.code, finding.message))


def raise_errors(findings: Iterable[Finding], error: type[IpdocsError] = IpdocsError) -> list[Finding]:
    """Return the findings in order if all of them are warnings.

    Args:
        findings: the findings of a stage.
        error: the class to raise.

    Raises:
        IpdocsError: at least one finding is an error; the exception holds the warnings, too.
    """
    ordered = in_order(findings)
    if any(finding.severity == "error" for finding in ordered):
        raise error(ordered)
    return ordered


def collect(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return what a function makes of every item; the findings of all items are raised together, after the last."""
    results: list[Result] = []
    findings: list[Finding] = []
    for item in items:
        try:
            results.append(function(item))
        except IpdocsError as error:
            findings += error.findings
    if findings:
        raise IpdocsError(in_order(findings))
    return results


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that word was probably meant to be, or None: for hints on misspelt names."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return close[0] if close else None
