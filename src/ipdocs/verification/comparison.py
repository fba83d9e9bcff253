"""Compare a file with its expected content: each line once and in order, each fact with its value, and no other text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.verification.expectation import Expectation, Line, with_plain_spaces, without_spaces
from ipdocs.verification.hints import REBUILD
from ipdocs.verification.language_match import is_same_language
from ipdocs.verification.pictures import picture_findings
from ipdocs.verification.read_document import ReadDocument, RunLanguages

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

_UNFINISHED = re.compile("⟦[^⟧]*⟧?|\\{\\{.*?\\}\\}|\\{%.*?%\\}")
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Matches a character without a meaning: the replacement character, or a character for private use."""

_COUNTER = re.compile("[\\w.,、()（）“”‘’「」『』-]{1,8}")
"""Matches the text of a counter: numbers and letters of any script, with punctuation."""

_TEXT_FILE_PUNCTUATION = re.compile("(?:[*＊|:：\\[\\]［］]|\\([0-9a-z]{1,8}\\)|（[0-9a-z]{1,8}）)+")
"""Matches the punctuation around the lines of a text file: rules, list markers, brackets of captions, cell separators."""

_LOOK_AHEAD = 12
"""Number of later lines to search for after a line that is missing."""

_MIN_SIMILARITY = 0.5
"""Minimum similarity of two texts that count as the same line with changes."""


def compare(expectation: Expectation, actual: ReadDocument, path: Path) -> list[Finding]:
    """Return a finding for each difference between a file and its source."""
    if actual.is_plain_text:
        return [*_TextComparison(expectation, actual, path).findings(), *_unfinished_text_findings(expectation, actual, path)]
    return [
        *actual.findings,
        *_TextComparison(expectation, actual, path).findings(),
        *_missing_note_findings(expectation, actual, path),
        *_heading_findings(expectation, actual, path),
        *_property_findings(expectation, actual, path),
        *_unfinished_text_findings(expectation, actual, path),
        *picture_findings(expectation.pictures, actual.pictures, path),
        *_decoration_findings(expectation, actual, path),
    ]


class _TextComparison:
    """A comparison of a file's text with the expected lines.

    White space and the ends of paragraphs are ignored, because they differ by format.

    Attributes:
        expectation: the expected content.
        path: the path of the file.
        expected_texts: the text of each expected line without spaces.
        spaced_text: the text of the file with spaces.
        offsets: the offset in `spaced_text` of each character of `text`.
        text: the text of the file without spaces.
        languages: for each paragraph of the file, its languages and its length without spaces.
        is_plain_text: whether this is a text file.
        cursor: the offset in `text` up to which the file has been compared.
    """

    def __init__(self, expectation: Expectation, actual: ReadDocument, path: Path) -> None:
        self.expectation = expectation
        self.path = path
        self.expected_texts = [without_spaces(line.text) for line in expectation.lines]
        self.spaced_text = " ".join(paragraph.text for paragraph in actual.lines)
        self.offsets = [offset for offset, character in enumerate(self.spaced_text) if not character.isspace()]
        self.text = without_spaces(self.spaced_text)
        self.languages = [(paragraph.languages, len(without_spaces(paragraph.text))) for paragraph in actual.lines]
        self.is_plain_text = actual.is_plain_text
        self.cursor = 0

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each line that is missing, changed or out of order, and for unexpected text."""
        for index, line in enumerate(self.expectation.lines):
            compact_text = self.expected_texts[index]
            if line.after_counter:
                self.pass_counter(self.text.find(compact_text, self.cursor))
            if not self.text.startswith(compact_text, self.cursor):
                start = self.text.find(compact_text, self.cursor)
                next_start = self.next_line_start(index)
                if start < 0 or 0 <= next_start < start:
                    finding, length = self.compare_line(line, compact_text, next_start if next_start >= 0 else len(self.text))
                    yield finding
                    self.cursor += length
                    continue
                yield from self.unexpected_text_findings(self.text[self.cursor : start], line)
                self.cursor = start
            yield from self.wrong_language_findings(line)
            self.cursor += len(compact_text)
        if self.expectation.ends_with_counter:
            self.pass_counter(len(self.text))
        last_line = self.expectation.lines[-1] if self.expectation.lines else None
        yield from self.unexpected_text_findings(self.text[self.cursor :], last_line)

    def pass_counter(self, end: int) -> None:
        """Move the cursor to `end` if the text up to there is a counter."""
        if _COUNTER.fullmatch(self.text, self.cursor, max(end, self.cursor)):
            self.cursor = end

    def next_line_start(self, index: int) -> int:
        """Return the offset of the first later line that the file has, or -1; very short lines are ignored."""
        for compact_text in self.expected_texts[index + 1 : index + 1 + _LOOK_AHEAD]:
            if len(compact_text) >= 4 and (start := self.text.find(compact_text, self.cursor)) >= 0:
                return start
        return -1

    def compare_line(self, line: Line, compact_text: str, end: int) -> tuple[Finding, int]:
        """Return the finding about a line that is not at the cursor, and the length of the file's text for this line.

        Args:
            line: the expected line.
            compact_text: the text of the line without spaces.
            end: the offset at which a later line starts, or the end of the file's text.
        """
        from rapidfuzz.fuzz import partial_ratio_alignment

        actual = self.text[self.cursor : min(end, self.cursor + 2 * len(compact_text) + 40)]
        if len(actual) > 1.5 * len(compact_text) and (alignment := partial_ratio_alignment(compact_text, actual)):
            actual = actual[: max(alignment.dest_end, 1)]
        if actual and _are_similar(compact_text, actual):
            return self.changed_line_finding(line, compact_text, actual), len(actual)
        if compact_text in self.text:
            message = f"{_name_of(line)} is in the wrong place: {_quote(line.text)}"
            return self.finding("block-out-of-order", line, message), 0
        return self.finding("block-missing", line, f"{_name_of(line)} lacks the text {_quote(line.text)}"), 0

    def changed_line_finding(self, line: Line, compact_text: str, actual: str) -> Finding:
        """Return the finding about a changed line: it names the first changed fact, or all changes if no fact has changed."""
        from rapidfuzz.distance import Levenshtein

        opcodes = Levenshtein.opcodes(compact_text, actual)
        changes = [opcode for opcode in opcodes if opcode.tag != "equal"]
        source_start, source_stop = changes[0].src_start, max(changes[-1].src_end, changes[0].src_start + 1)
        for fact in self.expectation.facts.get(line.block, ()):
            for match in re.finditer(re.escape(without_spaces(fact.text)), compact_text):
                if any(
                    change.src_start < match.end() and match.start() < max(change.src_end, change.src_start + 1)
                    for change in changes
                ):
                    start, stop = _map_position(match.start(), opcodes), _map_position(match.end(), opcodes)
                    value = self.file_text(start, stop) or "nothing"
                    message = (
                        f"{_name_of(line)}: the fact '{fact.name}' is {value}, but {with_plain_spaces(fact.text)} in the source"
                    )
                    return self.finding("fact-differs", line, message, len(actual), start, stop)
        start, stop = changes[0].dest_start, changes[-1].dest_end
        file_excerpt = self.file_text(max(start - 8, 0), min(stop + 8, len(actual)))
        source_excerpt = _spaced_part(line.text, max(source_start - 8, 0), source_stop + 8)
        message = f"{_name_of(line)} says {_quote(file_excerpt)}, but the source says {_quote(source_excerpt)}"
        return self.finding("block-differs", line, message, len(actual), start, stop)

    def file_text(self, start: int, stop: int) -> str:
        """Return the file's text between two offsets, which count from the cursor without spaces."""
        offsets = self.offsets[self.cursor + start : self.cursor + stop]
        return with_plain_spaces(self.spaced_text[offsets[0] : offsets[-1] + 1]) if offsets else ""

    def unexpected_text_findings(self, text: str, line: Line | None) -> Iterator[Finding]:
        """Yield the finding about text at the cursor that is not in the source.

        Args:
            text: the text without spaces.
            line: the expected line after the text, or the last expected line.
        """
        if not text or (self.is_plain_text and _TEXT_FILE_PUNCTUATION.fullmatch(text)):
            return
        lines = zip(self.expectation.lines, self.expected_texts, strict=True)
        if repeated := next((expected for expected, compact in lines if len(compact) > 3 and compact in text), None):
            message = f"{_name_of(repeated)} appears twice: {_quote(repeated.text)}"
            yield self.finding("block-twice", repeated, message)
        else:
            position = f" before {_name_of(line)}" if line else ""
            message = f"this text{position} is not in the source: {_quote(self.file_text(0, len(text)))}"
            yield Finding("unexpected-text", message, Location(self.path), REBUILD)

    def wrong_language_findings(self, line: Line) -> Iterator[Finding]:
        """Yield a finding if the file states another language for the line at the cursor.

        A line without letters has no language. A Chinese or Japanese line is compared with the file's language for Chinese
        characters, even if it contains Latin names. Any other line is compared with the language for Latin letters.
        """
        if not any(map(str.isalpha, line.text)):
            return
        for languages in self.languages_at_cursor():
            language = languages.chinese if line.language.startswith(("zh", "ja")) else languages.latin
            if language and not is_same_language(language, line.language):
                message = f"{_name_of(line)} is marked as {language}, but the text is {line.language}: {_quote(line.text)}"
                yield self.finding("wrong-language", line, message)
                return

    def languages_at_cursor(self) -> tuple[RunLanguages, ...]:
        """Return the languages of the paragraph at the cursor."""
        ends = accumulate(length for _, length in self.languages)
        return next((languages for (languages, _), end in zip(self.languages, ends, strict=True) if end > self.cursor), ())

    def finding(self, code: str, line: Line, message: str, length: int = 0, start: int = 0, stop: int = 0) -> Finding:
        """Return a finding that quotes the file and the source.

        Args:
            code: the code of the finding.
            line: the expected line.
            message: the message of the finding.
            length: how much of the file's text to quote from the cursor, without spaces.
            start: where the difference starts in the quoted text.
            stop: where the difference stops in the quoted text.
        """
        offsets = [offset - self.offsets[self.cursor] for offset in self.offsets[self.cursor : self.cursor + length]]
        mark_start, mark_stop = (offsets[start], offsets[stop - 1] + 1) if start < stop <= length else (0, 0)
        file_excerpts = [Excerpt("file", self.file_text(0, length), mark_start, mark_stop)] if length else []
        return Finding(
            code, message, Location(self.path), _rebuild_hint(line), excerpts=(*file_excerpts, Excerpt("source", line.text))
        )


def _spaced_part(text: str, start: int, end: int) -> str:
    """Return the part of a text between two offsets, which do not count spaces."""
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()][start:end]
    return with_plain_spaces(text[offsets[0] : offsets[-1] + 1]) if offsets else ""


def _are_similar(expected: str, actual: str) -> bool:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(expected, actual) >= _MIN_SIMILARITY


def _map_position(position: int, opcodes: Opcodes) -> int:
    """Return the position in the actual text that corresponds to a position in the expected text."""
    for opcode in opcodes:
        if opcode.src_start <= position <= opcode.src_end:
            return min(opcode.dest_start + position - opcode.src_start, opcode.dest_end)
    return 0


def _name_of(line: Line) -> str:
    language, _, block = line.block.partition(":")
    return f"block '{block}' of {language}" if block else f"the heading of the {line.language} column"


def _quote(text: str, limit: int = 60) -> str:
    """Return a text in quotation marks, cut to `limit` characters."""
    return f"“{text}”" if len(text) <= limit else f"“{text[: limit - 1]}…”"


def _rebuild_hint(line: Line) -> str:
    return f"compare it with {line.location} in the source, and build the document again" if line.location else REBUILD


def _missing_note_findings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding for each footnote that is missing or different."""
    actual_texts = [without_spaces(note) for note in actual.notes]
    for line in expectation.notes:
        expected_text = without_spaces(line.text)
        if not any(expected_text in text for text in actual_texts):
            message = f"{_name_of(line)} lacks its footnote {_quote(line.text)}"
            yield Finding("note-missing", message, Location(path), _rebuild_hint(line))


def _heading_findings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding if the text, level or order of the headings differs from the source."""
    expected_headings = _join_split_headings([(level, without_spaces(text)) for level, text in expectation.headings])
    actual_headings = [(level, without_spaces(text)) for level, text in _join_split_headings(actual.headings)]
    if actual.lines and expected_headings != actual_headings and not _differs_only_by_counters(expectation, actual_headings):
        missing = (
            f"the heading {_quote(text)} of level {level} is missing"
            for level, text in expectation.headings
            if not any(
                level == actual_level and without_spaces(text) in actual_text for actual_level, actual_text in actual_headings
            )
        )
        difference = next(missing, "their order is different")
        yield Finding("wrong-headings", f"the headings differ from the source: {difference}", Location(path), REBUILD)


def _join_split_headings(headings: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return headings with adjacent headings of the same level joined, because a page break may have split a heading."""
    return [(level, "".join(text for _, text in group)) for level, group in groupby(headings, key=lambda heading: heading[0])]


def _differs_only_by_counters(expectation: Expectation, actual_headings: list[tuple[int, str]]) -> bool:
    """Whether the headings of a file equal those of the source except for counters before or after them."""
    lines, counter = expectation.lines, f"(?:{_COUNTER.pattern})"
    counter_follows = [*(line.after_counter and not line.level for line in lines[1:]), expectation.ends_with_counter]
    patterns = _join_split_headings(
        [
            (
                line.level,
                (counter if line.after_counter else "") + re.escape(without_spaces(line.text)) + (counter if follows else ""),
            )
            for line, follows in zip(lines, counter_follows, strict=False)
            if line.level
        ]
    )
    return [level for level, _ in patterns] == [level for level, _ in actual_headings] and all(
        re.fullmatch(pattern, text) for (_, pattern), (_, text) in zip(patterns, actual_headings, strict=True)
    )


def _property_findings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding for a wrong title or language, and for each missing alternative text."""
    if not actual.lines:
        return
    if without_spaces(actual.title) != without_spaces(expectation.title):
        title = _quote(actual.title) if actual.title else "missing"
        message = f"the title of the file is {title}, but {_quote(expectation.title)} in the source"
        yield Finding("wrong-title", message, Location(path), REBUILD)
    if not actual.language or not is_same_language(actual.language, expectation.languages[0]):
        message = f"the language of the file is {actual.language or 'missing'}, but {expectation.languages[0]} in the source"
        yield Finding("wrong-language", message, Location(path), REBUILD)
    for alternative in expectation.alternatives:
        if alternative not in actual.alternatives:
            message = f"no picture has the alternative text {_quote(alternative)}"
            yield Finding("alternative-missing", message, Location(path), REBUILD)


def _decoration_findings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding for each decoration that is missing or not in the source; their order does not matter."""
    for expected in expectation.decorations:
        if not any(decoration.shows(expected.picture) for decoration in actual.decorations):
            yield from picture_findings([expected], [], path)
    for decoration in actual.decorations:
        if not any(decoration.shows(expected.picture) for expected in expectation.decorations):
            yield from picture_findings([], [decoration], path)


def _unfinished_text_findings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding for each gap, unfilled expression or meaningless character in the file.

    Braces that are text in the source are allowed.
    """
    source_text = "\n".join(line.text for line in (*expectation.lines, *expectation.notes))
    for text in actual.texts:
        for match in _UNFINISHED.finditer(text):
            if match[0] in source_text and "⟦" not in match[0]:
                continue
            message = f"the file has the unfinished text {_quote(match[0])}"
            yield Finding("unfinished-text", message, Location(path), "build the document again, without --draft")
        if character := _MEANINGLESS.search(text):
            excerpt = text[max(character.start() - 12, 0) : character.end() + 12]
            message = f"the file has the character U+{ord(character[0]):04X}, which has no meaning: {_quote(excerpt)}"
            yield Finding("strange-character", message, Location(path), REBUILD)
