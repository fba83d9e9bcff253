"""Violations, which are the results of rules: the error in a text, and the remedy."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.checks.passage import Passage
from ipdocs.findings import Excerpt, Location


@dataclass(frozen=True, slots=True, eq=False)
class Highlight:
    """A part of a passage that a finding points at; an empty part means that the passage lacks something."""

    passage: Passage
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The highlighted text."""
        return self.passage.plain[self.start : self.end]

    @property
    def source_range(self) -> tuple[int, int]:
        """The start and end of the part in the source text of the passage; an expression in it is covered whole."""
        passage, start, end = self.passage, self.start, self.end
        if start >= end or not passage.offsets:
            return 0, 0
        covered = [span for span in passage.expressions if span.start < end and start < span.end]
        first = min([start, *(span.start for span in covered)])
        last = max([end, *(span.end for span in covered)]) - 1
        return passage.offsets[first], passage.offsets[last] + 1

    def excerpt(self) -> Excerpt:
        """Return the highlight as an excerpt of a finding, with its location in the source."""
        location = self.passage.locate(self.start, self.end)
        return Excerpt(self.passage.language.code, self.passage.plain, self.start, self.end, location)


@dataclass(frozen=True, slots=True, eq=False)
class Violation:
    """A violation of a rule at a place in a document.

    Attributes:
        message: what is wrong, in one line.
        highlights: first the part that is wrong, then the parts that it contradicts.
        hint: how to fix it.
        fix: the text to put in place of the first highlight, if only one text is right.
        location: the location in the source, if the violation is not in a text.
        cause: a name for what all violations with the same correction have in common, such as one spelling of years. Without it,
            violations with the same message and fix have the same cause.
        insertion: the source text that the passage of the second highlight lacks, such as a term, to insert where it fits.
    """

    message: str
    highlights: tuple[Highlight, ...] = ()
    hint: str | None = None
    fix: str | None = None
    location: Location | None = None
    cause: str | None = None
    insertion: str | None = None


def whole_passage(passage: Passage) -> Highlight:
    """Return a highlight that covers a whole passage."""
    return Highlight(passage, 0, len(passage.plain))


def shorten(text: str, limit: int = 40) -> str:
    """Return a text for a message, with … at its end if it has more characters than `limit`."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
