"""Check of Word files, web pages and text files that are not sources; findings name the paragraphs of the files."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.importing.end_block_findings import end_block_findings
from ipdocs.importing.file_pairs import group_files
from ipdocs.importing.import_release import ComposedRelease, compose_release, place_in_file, with_paragraph_numbers
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.spaces import space_findings
from ipdocs.pipeline.check import check_sources
from ipdocs.source.segment import segment, to_display_text
from ipdocs.source.texts import Keys, iter_texts
from ipdocs.workspace import find_workspace

if TYPE_CHECKING:
    from ipdocs.pipeline.dictionaries import SpellingOptions
    from ipdocs.source.open import Source

_KEPT_FROM_IMPORT = ("no-partner", "items-differ", "doubtful-pair")
"""The findings of an import that are about the words of the files."""

_ABOUT_SOURCES = (
    "draft-text",
    "duplicate-id",
    "missing-translation",
    "old-glossary",
    "stale-translation",
    "undecided-conversion",
    "unused-fact",
    "unused-text",
)
"""The findings of a check that are about the form of a source, which these files do not have."""

_CHECKED = (LeftOutReason.DUPLICATE, LeftOutReason.TEMPLATE_WRITES_IT)
"""Reasons to leave out a text that is checked all the same: beside its other form, or by `end_block_findings`."""

_HINTS = {
    "count-wrong": "correct the number, or the list",
    "markup-left": "write the character that it stands for, or format the words instead",
    "name-in-other-script": "correct it, unless the name is written so",
    "notes-differ": "give both languages the same footnotes",
    "today-wrong": "correct the day, or the date of issue",
    "wrong-script": "write it in the script of the text",
}
"""The hints on files, keyed by code, where the hint on a source is to use what only sources have."""

_ONLY_FOR_SOURCES = re.compile(r"(?:,? or |; )[^,;]*(?:\{|`|\ballow\b).*$", re.DOTALL)
"""The end of a hint that is about facts, marks, permissions or commands."""


@dataclass(slots=True)
class CheckedFiles:
    """The result of a check of files.

    Attributes:
        findings: the findings.
        left_out: each text of the files that was not checked, with its place.
    """

    findings: list[Finding] = field(default_factory=list)
    left_out: list[tuple[Location, LeftOut]] = field(default_factory=list)


def check_files(
    files: Sequence[Path],
    now: datetime,
    *,
    spelling: SpellingOptions | None = None,
    on_progress: Callable[[str], None] = lambda step: None,
) -> CheckedFiles:
    """Return the result of a check of files, which are read as if they were imported; nothing is written.

    The location of each finding is the paragraph of a Word file, or the line of a web page or text file. Two files in different
    languages are one document. Of more files, those are one document whose names differ only in words for languages.

    Args:
        files: the files.
        now: the current time in Hong Kong, whose date is used if the files state no date of issue.
        spelling: the places of dictionaries, to look up every word in them.
        on_progress: called with the name of each file.
    """
    check = _Check(now, spelling, on_progress)
    if len(files) == 2 and files[0] != files[1]:
        result = check.documents([files])
        if not any(finding.code == "language-twice" for finding in result.findings):
            return result
    unique = [*dict.fromkeys(files)]
    folder = Path(os.path.commonpath([path.absolute().parent for path in unique]))
    by_path = {path.absolute(): path for path in unique}
    groups = group_files([*by_path], folder, find_workspace(files[0])) if len(unique) > 1 else []
    documents = [[by_path[path] for path in group.files] for group in groups] or [unique]
    return check.documents(documents)


@dataclass(frozen=True, slots=True)
class _Check:
    """The settings of a check of files."""

    now: datetime
    spelling: SpellingOptions | None
    on_progress: Callable[[str], None]

    def documents(self, documents: Sequence[Sequence[Path]]) -> CheckedFiles:
        """Return the result of a check of documents, each of which has some files."""
        result = CheckedFiles()
        for files in documents:
            self.on_progress(files[0].name)
            target = files[0].parent / "release.yaml"
            try:
                release = compose_release(files, target, self.now, workspace=find_workspace(files[0]), as_written=True)
            except IpdocsError as error:
                result.findings += map(with_paragraph_numbers, error.findings)
                continue
            result.findings += _check_release(release, self.spelling)
            result.left_out += [
                (place_in_file(path, entry.line), entry)
                for path, entry in release.summary.left_out
                if entry.reason not in _CHECKED
            ]
        return result


def _check_release(release: ComposedRelease, spelling: SpellingOptions | None) -> list[Finding]:
    """Return the findings on an imported release that are about its words."""
    findings = [_as_error(finding, release) for finding in release.summary.findings if finding.code in _KEPT_FROM_IMPORT]
    if release.source is None:
        return sort_findings([*findings, *(finding for finding in release.summary.findings if finding not in findings)])
    source = replace(release.source, draft=bool(release.source.gaps))
    places = _Places(source, release)
    result = check_sources([source], spelling=spelling)
    findings += [_with_plain_hint(places.find(finding)) for finding in result.findings if finding.code not in _ABOUT_SOURCES]
    findings += [*space_findings(release, source), *map(_with_plain_hint, end_block_findings(release, source))]
    return sort_findings(findings)


def _with_plain_hint(finding: Finding) -> Finding:
    """Return a finding without the part of its hint that is about what only sources have."""
    hint = _HINTS.get(finding.code) or (finding.hint and _ONLY_FOR_SOURCES.sub("", finding.hint))
    return replace(finding, hint=hint)


def _as_error(finding: Finding, release: ComposedRelease) -> Finding:
    """Return the finding about a paragraph without a counterpart as an error, since the text may not be issued."""
    if finding.code != "no-partner" or finding.location is None:
        return finding
    others = [path.name for path in release.paths.values() if path != finding.location.path]
    hint = f"translate it, or delete it: the counterpart belongs in {others[0] if others else 'this file'}"
    return replace(finding, severity="error", hint=hint)


@dataclass(frozen=True, slots=True)
class _SourceText:
    """A text of a source: its position, its language, its keys and its words as a reader sees them."""

    position: tuple[int, int]
    language: str
    keys: Keys
    words: str


class _Places:
    """The paragraph of an imported file for each text of the source that was made from it.

    Attributes:
        path: the path of the source.
        release: the source in memory, with the imported files.
        entries: the texts of the source in the order of their positions.
    """

    def __init__(self, source: Source, release: ComposedRelease) -> None:
        self.path = source.path
        self.release = release
        self.entries = sorted(_entries(source), key=lambda entry: entry.position)
        self.positions = [entry.position for entry in self.entries]

    def find(self, finding: Finding) -> Finding:
        """Return a finding with the places in the imported files instead of those in the source."""
        excerpts = tuple(
            replace(excerpt, location=self.locate(excerpt.location, excerpt.language) if excerpt.location else None)
            for excerpt in finding.excerpts
        )
        language = finding.excerpts[0].language if finding.excerpts else ""
        location = self.locate(finding.location, language) if finding.location else None
        other_places = tuple(dict.fromkeys(self.locate(place, language) for place in finding.other_places))
        message = self._message(finding, language)
        return replace(finding, message=message, location=location, excerpts=excerpts, other_places=other_places)

    def _message(self, finding: Finding, language: str) -> str:
        """Return the message of a finding with places in the imported files instead of those in the source."""
        if finding.code == "repeated-text":
            earlier = finding.excerpts[-1].location
            place = self.locate(earlier, language) if earlier else None
            return f"this text repeats the text in {place.unit} {place.line}" if place else finding.message
        return re.sub(
            rf"{re.escape(str(self.path))}:(\d+):(\d+)",
            lambda match: str(self.locate(Location(self.path, int(match[1]), int(match[2])), language)),
            finding.message,
        )

    def locate(self, location: Location, language: str) -> Location:
        """Return the place in an imported file for a place in the source."""
        if location.path != self.path:
            return location
        index = bisect_right(self.positions, (location.line, location.column)) - 1
        entry = self.entries[index] if index >= 0 else None
        if entry is None:
            code = language if language in self.release.paths else next(iter(self.release.paths))
            return Location(self.release.paths[code])
        return place_in_file(self.release.paths[entry.language], self._line(entry))

    def _line(self, entry: _SourceText) -> int:
        """Return the line or paragraph number of a text: where its words stand, at or after the beginning of its block."""
        start = 0
        if entry.keys[0] == "body" and isinstance(index := entry.keys[1], int) and index < len(self.release.lines):
            start = self.release.lines[index].get(entry.language, 0)
        words = "".join(entry.words.split())
        paragraphs = self.release.paragraphs[entry.language]
        texts = [text for paragraph in paragraphs if paragraph.line >= start for text in _texts(paragraph)]
        if same := [line for line, text in texts if text == words]:
            return same[min(self._count_before(entry), len(same) - 1)]
        return next((line for line, text in texts if words and (words in text or (text and words.startswith(text)))), start)

    def _count_before(self, entry: _SourceText) -> int:
        """Return how many texts with the same words stand before a text in the same block."""
        return sum(
            (other.language, other.words, other.keys[:2]) == (entry.language, entry.words, entry.keys[:2])
            for other in self.entries
            if other.position < entry.position
        )


def _entries(source: Source) -> Iterator[_SourceText]:
    for place in iter_texts(source.document):
        for code, text in place.texts.items():
            if location := text.locate():
                yield _SourceText((location.line, location.column), str(code), place.keys, to_display_text(segment(text)))


def _texts(paragraph: ImportedParagraph) -> Iterator[tuple[int, str]]:
    """Yield the number and the text without spaces of a paragraph, or of each paragraph in a table and then of the table."""
    texts = [*paragraph.cells, (paragraph.line, paragraph.full_text)]
    yield from ((line, "".join(text.split())) for line, text in texts)
