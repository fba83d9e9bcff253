"""What a rule finds: the words that are wrong, in their languages, and what would mend them."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.checks.passage import Passage
from ipdocs.findings import Excerpt, Location


@dataclass(frozen=True, slots=True, eq=False)
class Highlight:
    """A part of a passage; an empty one means that something is missing there."""

    passage: Passage
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The words that are marked."""
        return self.passage.plain[self.start : self.end]

    def excerpt(self) -> Excerpt:
        """Return the marked words as a finding quotes them."""
        place = self.passage.locate(self.start, self.end)
        return Excerpt(self.passage.language.code, self.passage.plain, self.start, self.end, place)


@dataclass(frozen=True, slots=True, eq=False)
class Violation:
    """What is wrong with the first of its marks, told in one line; the other marks are what it does not agree with.

    `fix` is the one right text for the first mark, where there is one. A fault of no text has a location of its own.
    """

    message: str
    highlights: tuple[Highlight, ...] = ()
    hint: str | None = None
    fix: str | None = None
    location: Location | None = None


def whole(passage: Passage) -> Highlight:
    """Return a mark on all of a passage."""
    return Highlight(passage, 0, len(passage.plain))


def shortened(words: str, most: int = 40) -> str:
    """Return words for a message, cut where they are long."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
