"""What a file has to say against what it says: every line once and in order, every fact with its value, nothing besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.verification.expectation import Expectation, Line, without_spaces
from ipdocs.verification.pictures import compare_pictures
from ipdocs.verification.read_document import ReadDocument, RunLanguages

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

_UNFINISHED = re.compile("⟦[^⟧]*⟧?|\\{\\{.*?\\}\\}|\\{%.*?%\\}")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_COUNT = re.compile("[\\w.,、()（）“”‘’「」『』-]{1,8}")
"""What a stylesheet's counters may come to: numbers and letters of any script, and quotation marks."""

_TYPED = re.compile("(?:[*＊|:：\\[\\]［］]|\\([0-9a-z]{1,8}\\)|（[0-9a-z]{1,8}）)+")
"""What is typed around the lines of a text file: rules, marks of items, brackets of captions, lines between cells."""

_LOOK_AHEAD = 12
_ALIKE = 0.5
"""How much two lines have in common that are taken for one line, altered."""


def compare(expectation: Expectation, actual: ReadDocument, path: Path) -> list[Finding]:
    """Return what a file says otherwise than its source, each finding with the block it concerns."""
    if actual.is_plain_text:
        return [*_Comparison(expectation, actual, path).lines(), *_leftovers(expectation, actual, path)]
    return [
        *actual.findings,
        *_Comparison(expectation, actual, path).lines(),
        *_notes(expectation, actual, path),
        *_headings(expectation, actual, path),
        *_properties(expectation, actual, path),
        *_leftovers(expectation, actual, path),
        *compare_pictures(expectation.pictures, actual.pictures, path),
        *_decorations(expectation, actual, path),
    ]


class _Comparison:
    """Follows a file's text line by line. Spaces do not count, and where a format breaks paragraphs does not either."""

    def __init__(self, expectation: Expectation, actual: ReadDocument, path: Path) -> None:
        self.expectation = expectation
        self.path = path
        self.wanted = [without_spaces(line.words) for line in expectation.lines]
        self.spaced = " ".join(paragraph.words for paragraph in actual.lines)
        self.places = [place for place, character in enumerate(self.spaced) if not character.isspace()]
        self.text = without_spaces(self.spaced)
        self.languages = [(paragraph.languages, len(without_spaces(paragraph.words))) for paragraph in actual.lines]
        self.is_plain_text = actual.is_plain_text
        self.cursor = 0

    def lines(self) -> Iterator[Finding]:
        """Yield what is missing, altered, out of its order or there besides."""
        for index, line in enumerate(self.expectation.lines):
            words = self.wanted[index]
            if line.counted:
                self.pass_count(self.text.find(words, self.cursor))
            if not self.text.startswith(words, self.cursor):
                found = self.text.find(words, self.cursor)
                ahead = self.ahead(index)
                if found < 0 or 0 <= ahead < found:
                    finding, length = self.wrong(line, words, ahead if ahead >= 0 else len(self.text))
                    yield finding
                    self.cursor += length
                    continue
                yield from self.besides(self.text[self.cursor : found], line)
                self.cursor = found
            yield from self.language(line)
            self.cursor += len(words)
        if self.expectation.counted:
            self.pass_count(len(self.text))
        yield from self.besides(self.text[self.cursor :], self.expectation.lines[-1] if self.expectation.lines else None)

    def pass_count(self, end: int) -> None:
        """Go on behind what the layout counted, if nothing else stands before an end."""
        if _COUNT.fullmatch(self.text, self.cursor, max(end, self.cursor)):
            self.cursor = end

    def ahead(self, index: int) -> int:
        """Return where the next line after one goes on that can be told from others, or -1."""
        for words in self.wanted[index + 1 : index + 1 + _LOOK_AHEAD]:
            if len(words) >= 4 and (found := self.text.find(words, self.cursor)) >= 0:
                return found
        return -1

    def wrong(self, line: Line, words: str, end: int) -> tuple[Finding, int]:
        """Return the finding on a line that is not where it should be, and how much of the text is it all the same.

        What stands there goes on to an end at most, where a later line goes on.
        """
        from rapidfuzz.fuzz import partial_ratio_alignment

        there = self.text[self.cursor : min(end, self.cursor + 2 * len(words) + 40)]
        if len(there) > 1.5 * len(words) and (close := partial_ratio_alignment(words, there)):
            there = there[: max(close.dest_end, 1)]
        if there and _alike(words, there):
            return self.altered(line, words, there), len(there)
        if words in self.text:
            message = f"{_named(line)} does not stand where it should: {_short(line.words)}"
            return self.finding("block-out-of-order", line, message), 0
        return self.finding("block-missing", line, f"{_named(line)} lacks: {_short(line.words)}"), 0

    def altered(self, line: Line, words: str, there: str) -> Finding:
        """Return the finding on a line that says something else: on its fact, if it is one that differs."""
        from rapidfuzz.distance import Levenshtein

        codes = Levenshtein.opcodes(words, there)
        changes = [code for code in codes if code.tag != "equal"]
        start, end = changes[0].src_start, max(changes[-1].src_end, changes[0].src_start + 1)
        for fact in self.expectation.facts.get(line.block, ()):
            for match in re.finditer(re.escape(without_spaces(fact.words)), words):
                if any(
                    change.src_start < match.end() and match.start() < max(change.src_end, change.src_start + 1)
                    for change in changes
                ):
                    first, last = _place(match.start(), codes), _place(match.end(), codes)
                    has = self.read(first, last) or "nothing"
                    message = f"{_named(line)}: the fact '{fact.name}' reads {has}, the source says {_spaced(fact.words)}"
                    return self.finding("fact-differs", line, message, len(there), first, last)
        first, last = changes[0].dest_start, changes[-1].dest_end
        has, says = self.read(max(first - 8, 0), min(last + 8, len(there))), words[max(start - 8, 0) : end + 8]
        message = f"{_named(line)} reads {_short(has)}, the source says {_short(says)}"
        return self.finding("block-differs", line, message, len(there), first, last)

    def read(self, first: int, last: int) -> str:
        """Return what the file reads from one place to another, counted from the cursor without spaces, with its spaces."""
        places = self.places[self.cursor + first : self.cursor + last]
        return _spaced(self.spaced[places[0] : places[-1] + 1]) if places else ""

    def besides(self, text: str, line: Line | None) -> Iterator[Finding]:
        """Yield the finding on text that nothing in the source accounts for."""
        if not text or (self.is_plain_text and _TYPED.fullmatch(text)):
            return
        if twice := next(
            (one for one, words in zip(self.expectation.lines, self.wanted, strict=True) if len(words) > 3 and words in text),
            None,
        ):
            yield self.finding("block-twice", twice, f"{_named(twice)} stands there twice: {_short(twice.words)}")
        else:
            where = f" before {_named(line)}" if line else ""
            yield Finding("unexpected-text", f"the source does not say{where}: {_short(text)}", Location(self.path))

    def language(self, line: Line) -> Iterator[Finding]:
        """Yield a finding when the file says that a line is in another language; words without letters are in none.

        What a line is in decides what is asked of its letters: a Latin name in
        Chinese stands in a Chinese paragraph, whatever its letters are in.
        """
        if not any(map(str.isalpha, line.words)):
            return
        for languages in self.languages_at_cursor():
            language = languages.chinese if line.language.startswith("zh") else languages.latin
            if language and not same_language(language, line.language):
                message = f"{_named(line)} is marked as {language}, and it is {line.language}: {_short(line.words)}"
                yield self.finding("wrong-language", line, message)
                return

    def languages_at_cursor(self) -> tuple[RunLanguages, ...]:
        """Return the languages that the file gives for the paragraph in which the text goes on."""
        ends = accumulate(length for _, length in self.languages)
        return next((found for (found, _), end in zip(self.languages, ends, strict=True) if end > self.cursor), ())

    def finding(self, code: str, line: Line, message: str, length: int = 0, first: int = 0, last: int = 0) -> Finding:
        """Return a finding with what the file says, from first to last of a length, and what the source says."""
        hint = f"it stands at {line.place} in the source" if line.place else None
        places = [place - self.places[self.cursor] for place in self.places[self.cursor : self.cursor + length]]
        start, end = (places[first], places[last - 1] + 1) if first < last <= length else (0, 0)
        said = Excerpt("file", self.read(0, length), start, end)
        return Finding(
            code, message, Location(self.path), hint, excerpts=(*([said] if length else []), Excerpt("source", line.words))
        )


def _alike(words: str, there: str) -> bool:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(words, there) >= _ALIKE


def _place(position: int, codes: Opcodes) -> int:
    """Return where a position of the words wanted is in the words there."""
    for code in codes:
        if code.src_start <= position <= code.src_end:
            return min(code.dest_start + position - code.src_start, code.dest_end)
    return 0


def _spaced(words: str) -> str:
    """Return words with plain spaces, whatever keeps them together on a line."""
    return " ".join(words.split())


def same_language(tag: str, other: str) -> bool:
    """Tell whether two tags name one language in one script: Word says zh-HK of what is zh-Hant-HK."""
    return _in_script(tag) == _in_script(other)


def _in_script(tag: str) -> tuple[str, str]:
    first, *rest = tag.lower().split("-")
    script = next((SCRIPTS[part] for part in rest if part in SCRIPTS), "")
    return first, script if first == "zh" else ""


SCRIPTS = {"hant": "hant", "hk": "hant", "tw": "hant", "mo": "hant", "hans": "hans", "cn": "hans", "sg": "hans"}
"""The script that a part of a tag of Chinese tells, the script before the region."""


def _named(line: Line) -> str:
    language, _, block = line.block.partition(":")
    return f"block '{block}' of {language}" if block else f"the heading of the {line.language} column"


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _notes(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield the footnotes that are missing, or say something else."""
    there = [without_spaces(note) for note in actual.notes]
    for line in expectation.notes:
        words = without_spaces(line.words)
        if not any(words in note for note in there):
            yield Finding("note-missing", f"{_named(line)} lacks its footnote: {_short(line.words)}", Location(path))


def _headings(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield a finding when the headings of a file are not those of the source, or of other levels."""
    wanted = [(level, without_spaces(words)) for level, words in expectation.headings]
    there = [
        (level, without_spaces("".join(words for _, words in parts)))
        for level, parts in groupby(actual.headings, key=lambda one: one[0])
    ]
    joined = [(level, "".join(words for _, words in parts)) for level, parts in groupby(wanted, key=lambda one: one[0])]
    if actual.lines and joined != there and not _counted(expectation, there):
        lost = next(
            (f"level {level}: {_short(words)}" for level, words in joined if (level, words) not in there), "another order"
        )
        yield Finding("wrong-headings", f"the headings are not those of the source: {lost}", Location(path))


def _counted(expectation: Expectation, there: list[tuple[int, str]]) -> bool:
    """Whether the headings of a file are those of the source with what a stylesheet counts before or behind them."""
    lines, count = expectation.lines, f"(?:{_COUNT.pattern})"
    behind = [*(line.counted and not line.level for line in lines[1:]), expectation.counted]
    patterns = [
        (line.level, (count if line.counted else "") + re.escape(without_spaces(line.words)) + (count if after else ""))
        for line, after in zip(lines, behind, strict=False)
        if line.level
    ]
    joined = [(level, "".join(one for _, one in parts)) for level, parts in groupby(patterns, key=lambda one: one[0])]
    return [level for level, _ in joined] == [level for level, _ in there] and all(
        re.fullmatch(pattern, words) for (_, pattern), (_, words) in zip(joined, there, strict=True)
    )


def _properties(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield what the file's properties lack: title, language, alternatives of pictures."""
    if not actual.lines:
        return
    if without_spaces(actual.title) != without_spaces(expectation.title):
        yield Finding(
            "wrong-title", f"its title is {actual.title or 'not given'}, the source's {expectation.title}", Location(path)
        )
    if not actual.language or not same_language(actual.language, expectation.languages[0]):
        message = f"its language is {actual.language or 'not given'}, the source's {expectation.languages[0]}"
        yield Finding("wrong-language", message, Location(path))
    for words in expectation.alternatives:
        if words not in actual.alternatives:
            yield Finding("alternative-missing", f"no picture has the text {_short(words)}", Location(path))


def _decorations(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield the pictures without words that the file lacks, or that are none of the source's, wherever they stand."""
    for one in expectation.decorations:
        if not any(read.shows(one.picture) for read in actual.decorations):
            yield from compare_pictures([one], [], path)
    for read in actual.decorations:
        if not any(read.shows(one.picture) for one in expectation.decorations):
            yield from compare_pictures([], [read], path)


def _leftovers(expectation: Expectation, actual: ReadDocument, path: Path) -> Iterator[Finding]:
    """Yield what must not be in any finished text: gaps, expressions, characters without a meaning.

    Braces that a source writes as braces are words of it.
    """
    written = "\n".join(line.words for line in (*expectation.lines, *expectation.notes))
    for text in actual.texts:
        for match in _UNFINISHED.finditer(text):
            if match[0] in written and "⟦" not in match[0]:
                continue
            yield Finding("unfinished-text", f"{_short(match[0])} stands in the file", Location(path), "build without --draft")
        if strange := _STRANGE.search(text):
            around = text[max(strange.start() - 12, 0) : strange.end() + 12]
            message = f"U+{ord(strange[0]):04X} stands in the file: {around}"
            yield Finding("strange-character", message, Location(path))
