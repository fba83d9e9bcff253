"""The result of a rule: what is wrong in a text, and how to fix it."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.checks.passage import Passage
from ipdocs.findings import Excerpt, Location


@dataclass(frozen=True, slots=True, eq=False)
class Highlight:
    """A part of a passage that a finding points at; an empty one means that something is missing from the passage."""

    passage: Passage
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The highlighted text."""
        return self.passage.plain[self.start : self.end]

    def excerpt(self) -> Excerpt:
        """Return the excerpt that a finding shows, with its place in the source."""
        place = self.passage.locate(self.start, self.end)
        return Excerpt(self.passage.language.code, self.passage.plain, self.start, self.end, place)


@dataclass(frozen=True, slots=True, eq=False)
class Violation:
    """A violation of a rule.

    Attributes:
        message: what is wrong, in one line.
        highlights: first the part that is wrong, then the parts that it contradicts.
        hint: how to fix it.
        fix: the text to put in place of the first highlight, if only one text is right.
        location: the place, if the violation is not in a text.
    """

    message: str
    highlights: tuple[Highlight, ...] = ()
    hint: str | None = None
    fix: str | None = None
    location: Location | None = None


def whole_passage(passage: Passage) -> Highlight:
    """Return a highlight of a whole passage."""
    return Highlight(passage, 0, len(passage.plain))


def shorten(text: str, limit: int = 40) -> str:
    """Return a text for a message, cut to a number of characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
