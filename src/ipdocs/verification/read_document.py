"""The content of a finished file, as read from the file alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.verification.pictures import ReadPicture


@dataclass(frozen=True, slots=True)
class RunLanguages:
    """The languages that a file states for text: for Latin letters, and for Chinese characters. A PDF states one for both."""

    latin: str | None
    chinese: str | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a file: its words, the languages stated for its runs, and its heading level, 0 if it is not a heading."""

    words: str
    languages: tuple[RunLanguages, ...] = ()
    level: int = 0


@dataclass(slots=True)
class ReadDocument:
    """The content of a file.

    Attributes:
        lines: the paragraphs in reading order.
        notes: the texts of notes.
        elsewhere: all other text, such as headers, properties and bookmarks.
        alternatives: the alternative texts of pictures.
        pictures: the pictures in reading order.
        decorations: the pictures of a PDF that are artifacts.
        title: the title in the properties.
        language: the tag of the language in the properties.
        pages: the number of pages, if the file knows it.
        findings: findings of the reader.
        is_plain_text: whether it is a text file, which has nothing but lines.
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
        """The level and words of each heading in order; the parts of a heading that a page break splits are separate."""
        return [(paragraph.level, paragraph.words) for paragraph in self.lines if paragraph.level]

    @property
    def texts(self) -> Sequence[str]:
        """All text that readers see or a search finds."""
        return [*(paragraph.words for paragraph in self.lines), *self.notes, *self.elsewhere, *self.alternatives, self.title]
