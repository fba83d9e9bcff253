"""What a finished file says, as read from the file alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipdocs.findings import Finding


@dataclass(frozen=True, slots=True)
class RunLanguages:
    """What a file says words are in: their Latin letters, and their Chinese characters. A PDF says the same of both."""

    latin: str | None
    chinese: str | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a file: its words, what the file says their parts are in, and its heading level."""

    words: str
    tongues: tuple[RunLanguages, ...] = ()
    level: int = 0


@dataclass(slots=True)
class Actual:
    """What was read from a file: its text in reading order, notes and everything else that is text, and its properties."""

    lines: list[ReadParagraph]
    notes: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    pages: int | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and words of each heading, in order; a heading that a page break has parted is one."""
        return [(said.level, said.words) for said in self.lines if said.level]

    @property
    def texts(self) -> Sequence[str]:
        """All text that a reader or a search may meet."""
        return [*(said.words for said in self.lines), *self.notes, *self.elsewhere, *self.alternatives, self.title]
