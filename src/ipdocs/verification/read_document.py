"""What a finished file says, as read from the file alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.verification.pictures import ReadPicture


@dataclass(frozen=True, slots=True)
class RunLanguages:
    """The languages that a file gives for words: for Latin letters, and for Chinese characters. A PDF gives one for both."""

    latin: str | None
    chinese: str | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a file: its words, the languages that the file gives for their parts, and its heading level."""

    words: str
    languages: tuple[RunLanguages, ...] = ()
    level: int = 0


@dataclass(slots=True)
class ReadDocument:
    """What was read from a file: its text in reading order, its notes, all other text, its pictures, and its properties.

    Plain text has nothing but lines.
    """

    lines: list[ReadParagraph]
    notes: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    pictures: list[ReadPicture] = field(default_factory=list)
    decorations: list[ReadPicture] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    pages: int | None = None
    findings: list[Finding] = field(default_factory=list)
    is_plain_text: bool = False

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and words of each heading, in order; a heading that a page break has parted is one."""
        return [(paragraph.level, paragraph.words) for paragraph in self.lines if paragraph.level]

    @property
    def texts(self) -> Sequence[str]:
        """All text that a reader or a search may meet."""
        return [*(paragraph.words for paragraph in self.lines), *self.notes, *self.elsewhere, *self.alternatives, self.title]
