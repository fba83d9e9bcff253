"""The content of a finished file, read from the file alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.verification.pictures import FoundPicture


@dataclass(frozen=True, slots=True)
class RunLanguages:
    """The languages that a file states for Latin letters and for Chinese characters; only in Word files can they differ."""

    latin: str | None
    chinese: str | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a file: its text, the languages of its runs, and its heading level (0 for other paragraphs)."""

    text: str
    languages: tuple[RunLanguages, ...] = ()
    level: int = 0


@dataclass(slots=True)
class ReadDocument:
    """The content of a file.

    Attributes:
        lines: the paragraphs in reading order.
        notes: the texts of footnotes.
        elsewhere: all other texts, such as headers, properties and bookmarks.
        alternatives: the alternative texts of pictures.
        pictures: the pictures in reading order.
        decorations: the pictures in a PDF that are artifacts, which screen readers skip.
        title: the title in the properties.
        language: the language tag in the properties.
        page_count: the number of pages, or None for a format without pages.
        findings: problems that were found while the file was read.
        is_plain_text: whether this is a text file, which has only lines.
    """

    lines: list[ReadParagraph]
    notes: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    pictures: list[FoundPicture] = field(default_factory=list)
    decorations: list[FoundPicture] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    page_count: int | None = None
    findings: list[Finding] = field(default_factory=list)
    is_plain_text: bool = False

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and text of each heading in order; a heading that a page break splits counts as two."""
        return [(paragraph.level, paragraph.text) for paragraph in self.lines if paragraph.level]

    @property
    def texts(self) -> Sequence[str]:
        """All texts that a reader sees or a search finds."""
        return [*(paragraph.text for paragraph in self.lines), *self.notes, *self.elsewhere, *self.alternatives, self.title]
