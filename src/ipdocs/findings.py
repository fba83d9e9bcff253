"""Findings: what is wrong, where, and how to fix it; and the exceptions that carry them."""

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
    """A place in a file. Line and column count from 1; 0 stands for the whole file or line. Length is in characters."""

    path: Path
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text in one language that a finding is about, the part of it that is wrong, and the location of that part."""

    language: str
    text: str
    start: int = 0
    end: int = 0
    location: Location | None = None

    @property
    def words(self) -> str:
        """The part that is wrong; empty if something is missing."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to fix.

    Attributes:
        code: its permanent name, such as `stale-translation`.
        message: what is wrong, with the value in question.
        location: where it is.
        hint: how to fix it.
        severity: an error stops a build, a warning does not.
        excerpts: the texts it is about: first the text to fix, then those that it disagrees with.
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
        """Return the finding as plain data for --json, with its location as path, line, column and length."""
        location = self.location
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "path": str(location.path) if location else None,
            "line": location.line if location else None,
            "column": location.column if location else None,
            "length": location.length if location else None,
            "hint": self.hint,
            "excerpts": [
                {"language": excerpt.language, "words": excerpt.words, "text": excerpt.text} for excerpt in self.excerpts
            ],
        }


class IpdocsError(Exception):
    """Carries the findings of a stage, which are raised together at its end."""

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
    """Return findings in the order of their locations, without repeats; those without a location come first."""
    no_location = Location(Path())
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.location or no_location, finding.code, finding.message))


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
    """Return the result of a function for every item; the findings of all items are raised together at the end."""
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
    """Return the choice most similar to a misspelt word, or None if none is similar."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return close[0] if close else None
