"""Find out whether one of two similar texts negates or reverses the other, by the words in locales/…/opposites.csv."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.source.differences import Opcode, compare
from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.values.types import Count, Integer
from ipdocs.workspace import Workspace

FILE = "opposites.csv"
COLUMNS = ("kind", "words", "opposites", "note")
KINDS = ("negation", "opposite", "neutral", "prefix")

_WORD = re.compile(r"[#,;]|[^\W_]+(?:['-][^\W_]+)*|\.(?=\s+[^\W\d])")
_CHARACTER = re.compile(r"[#，；。]|[A-Za-z0-9]+|\w")
_CLAUSE_ENDS = frozenset(",;.，；。")
_VALUE = "#"
"""Takes the place of each value in a text, because other values do not reverse a sentence."""

_MIN_STEM = 4
"""The minimum number of letters after a prefix; shorter words begin with the letters of a prefix by chance (into, to)."""

_MAX_WORDS = 20
"""The maximum number of words or Chinese characters of a phrase; longer ones would slow down every comparison."""

_MIN_CLAUSE = 4
"""The minimum number of words of a clause that has its subject and verb."""

Mark = tuple[int, int]
"""The meaning of a word: the number of its row, and its side there: 1 for `words`, -1 for `opposites`, 0 for a negation."""

_NEGATION: Mark = (-1, 0)


@dataclass(frozen=True)
class Opposites:
    """The words of a language that negate or reverse a sentence.

    Attributes:
        marks: the meanings of each word or phrase in lower case; a neutral phrase has none.
        stems: the meanings of all words that begin with a stem, keyed by the stem.
        prefixes: the letters that turn a word into its opposite.
        max_words: the number of words or characters in the longest phrase.
    """

    marks: Mapping[str, tuple[Mark, ...]]
    stems: Mapping[str, tuple[Mark, ...]]
    prefixes: tuple[str, ...]
    max_words: int

    def find(self, phrase: str) -> tuple[Mark, ...] | None:
        """Return the meanings of a phrase in lower case, or None if it is unknown."""
        if phrase in self.marks:
            return self.marks[phrase]
        stem = next((phrase[:length] for length in range(len(phrase), 2, -1) if phrase[:length] in self.stems), "")
        return self.stems[stem] if stem and f"{stem}{phrase[len(stem) :]}x".isalpha() else None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, a Chinese character, or a phrase of the table, with its meanings."""

    text: str
    marks: tuple[Mark, ...] = ()


@cache
def opposites(language: Language, workspace: Workspace) -> Opposites:
    """Return the words of a language that negate or reverse a sentence; without a table, there are none.

    Raises:
        IpdocsError: the table is invalid.
    """
    rows = merged_rows(workspace, f"locales/{language.tag}/{FILE}", COLUMNS, lambda row: (row["kind"], row["words"]))
    marks: dict[str, tuple[Mark, ...]] = {}
    prefixes: list[str] = []
    for number, row in enumerate(rows):
        if row["kind"] not in KINDS:
            hint = f"write {', '.join(KINDS[:-1])} or {KINDS[-1]}"
            raise IpdocsError([Finding("bad-table", f"there is no kind {row['kind']!r}", row.location, hint)])
        if long := next((form for column in COLUMNS[1:3] for form in _forms(row, column) if _is_long(form, language)), ""):
            hint = f"write at most {_MAX_WORDS} words or Chinese characters"
            raise IpdocsError([Finding("bad-table", f"'{long:.40}…' is too long", row.location, hint)])
        if row["kind"] == "prefix":
            prefixes += _forms(row, "words")
            continue
        for form in _forms(row, "words"):
            new = {"negation": (_NEGATION,), "opposite": ((number, 1),), "neutral": ()}[row["kind"]]
            marks[form] = (*marks.get(form, ()), *new)
        for form in _forms(row, "opposites"):
            marks[form] = (*marks.get(form, ()), (number, -1))
    words = {form: meanings for form, meanings in marks.items() if not form.endswith("*")}
    words = {form: (*meanings, *_inner_marks(form, meanings, words, language)) for form, meanings in words.items()}
    stems = {form[:-1]: meanings for form, meanings in marks.items() if form.endswith("*")}
    max_words = max((len(_split(form, chinese=language.is_chinese)) for form in words), default=1)
    return Opposites(words, stems, tuple(sorted(prefixes, key=len, reverse=True)), max_words)


def _inner_marks(
    form: str, meanings: tuple[Mark, ...], words: Mapping[str, tuple[Mark, ...]], language: Language
) -> Iterator[Mark]:
    """Yield the meanings that a phrase has from shorter words within it, such as 增 in 增設, except those of its own row."""
    parts = _split(form, chinese=language.is_chinese)
    joint = "" if language.is_chinese else " "
    rows = {row for row, _ in meanings}
    if not meanings or _NEGATION in meanings:
        return
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + (start > 0)):
            for mark in words.get(joint.join(parts[start:end]), ()):
                if mark != _NEGATION and mark[0] not in rows:
                    rows.add(mark[0])
                    yield mark


def _is_long(form: str, language: Language) -> bool:
    return len(_split(form, chinese=language.is_chinese)) > _MAX_WORDS


def _forms(row: TableRow, column: str) -> list[str]:
    return [form.strip().lower() for form in row[column].split(";") if form.strip()]


def reversal(stored: AnalysedText, query: AnalysedText) -> str:
    """Return why a query may negate or reverse a stored text of the same language, or an empty string if nothing shows it.

    Values, names and addresses are not compared, except that no number is the same as 0.
    """
    table = opposites(query.language, query.workspace)
    old, new = _units(stored, table), _units(query, table)
    if not table.prefixes and not any(unit.marks for unit in (*old, *new)):
        return ""
    changes = [change for change in _changes(old, new) if change[0] != "equal"]
    before = _marked_words(unit for _, start, end, _, _ in changes for unit in old[start:end])
    after = _marked_words(unit for _, _, _, start, end in changes for unit in new[start:end])
    return (
        _changed_negation(old, new, before, after)
        or _changed_side(_sides(old), _sides(new), before, after)
        or next((reason for change in changes if (reason := _changed_side_within(change, old, new))), "")
        or _moved_negation(changes, old, new)
        or _added_prefix(changes, old, new, table)
    )


def _units(text: AnalysedText, table: Opposites) -> list[_Unit]:
    """Return the words or characters of a text, with each phrase of the table as one unit."""
    chinese = text.language.is_chinese
    words = _split(_without_values(text), chinese=chinese)
    joint = "" if chinese else " "
    units: list[_Unit] = []
    index = 0
    while index < len(words):
        for length in range(min(table.max_words, len(words) - index), 0, -1):
            phrase = joint.join(words[index : index + length])
            marks = table.find(phrase)
            if marks is not None:
                break
        else:
            phrase, marks, length = words[index], (), 1
        units.append(_Unit(phrase, marks or ()))
        index += length
    return units


def _split(text: str, *, chinese: bool) -> list[str]:
    pattern = _CHARACTER if chinese else _WORD
    return pattern.findall(text.lower().replace("’", "'"))


def _without_values(text: AnalysedText) -> str:
    words = text.words_around(text.placeables)
    values = [placeable.surface if is_zero(placeable) else f" {_VALUE} " for placeable in text.placeables]
    return words[0] + "".join(value + following for value, following in zip(values, words[1:], strict=True))


def is_zero(placeable: Placeable) -> bool:
    """Whether a placeable is the number 0."""
    return isinstance(placeable.value, Integer | Count) and placeable.value.number == 0


def _changes(old: Sequence[_Unit], new: Sequence[_Unit]) -> Sequence[Opcode]:
    return compare([unit.text for unit in old], [unit.text for unit in new])


def _marked_words(changed: Iterable[_Unit]) -> dict[Mark, str]:
    """Return a word for each meaning of changed words."""
    return {mark: unit.text for unit in changed for mark in unit.marks}


def _sides(units: Sequence[_Unit]) -> Counter[Mark]:
    return Counter(mark for unit in units for mark in unit.marks if mark != _NEGATION)


def _negations(units: Sequence[_Unit]) -> int:
    return sum(_NEGATION in unit.marks for unit in units)


def _changed_negation(old: Sequence[_Unit], new: Sequence[_Unit], before: Mapping[Mark, str], after: Mapping[Mark, str]) -> str:
    if _negations(old) == _negations(new):
        return ""
    if _negations(old) > _negations(new):
        return f"“{before.get(_NEGATION, '')}” is only in the stored text"
    return f"“{after.get(_NEGATION, '')}” is not in the stored text"


def _changed_side(old: Counter[Mark], new: Counter[Mark], before: Mapping[Mark, str], after: Mapping[Mark, str]) -> str:
    """Return the reason if words of one side of a row were replaced by words of the other side."""
    for row, side in {*old, *new}:
        lost, gained = (row, side), (row, -side)
        if old[lost] > new[lost] and new[gained] > old[gained] and lost in before and gained in after:
            return f"“{after[gained]}” is the opposite of “{before[lost]}” in the stored text"
    return ""


def _changed_side_within(change: Opcode, old: Sequence[_Unit], new: Sequence[_Unit]) -> str:
    """Return the reason if a word was replaced by its opposite in one place, and perhaps the other way round elsewhere."""
    _, start, end, new_start, new_end = change
    removed, added = old[start:end], new[new_start:new_end]
    return _changed_side(_sides(removed), _sides(added), _marked_words(removed), _marked_words(added))


def _moved_negation(changes: Sequence[Opcode], old: Sequence[_Unit], new: Sequence[_Unit]) -> str:
    """Return the reason if a negation moved to other words; the numbers of negations in both texts are equal."""
    if _negates_other_subject(old, new):
        word, other = (next(unit.text for unit in units if _NEGATION in unit.marks) for units in (new, old))
        return f"“{word}” negates other words than “{other}” in the stored text"
    removed, added = [], []
    for _, start, end, new_start, new_end in changes:
        if _negations(old[start:end]) > _negations(new[new_start:new_end]):
            removed.append((old[start:end], new[new_start:new_end]))
        elif _negations(old[start:end]) < _negations(new[new_start:new_end]):
            added.append((new[new_start:new_end], old[start:end]))
    if removed and added and not _is_moved_clause(removed, added):
        word, other = (next(unit.text for unit in places[0][0] if _NEGATION in unit.marks) for places in (added, removed))
        return f"“{word}” negates other words than “{other}” in the stored text"
    return ""


def _negates_other_subject(old: Sequence[_Unit], new: Sequence[_Unit]) -> bool:
    """Whether the words before the negations of two texts changed places with words that are not negated."""
    before, after = Counter(_words_before_negations(old)), Counter(_words_before_negations(new))
    lost, gained = set().union(*(before - after)), set().union(*(after - before))
    lost, gained = lost - gained, gained - lost
    return bool(lost and gained) and lost <= {unit.text for unit in new} and gained <= {unit.text for unit in old}


def _words_before_negations(units: Sequence[_Unit]) -> Iterator[frozenset[str]]:
    for index, unit in enumerate(units):
        if _NEGATION in unit.marks:
            preceding = [other.text for other in units[:index]]
            start = max((position + 1 for position, text in enumerate(preceding) if text in _CLAUSE_ENDS), default=0)
            yield frozenset(preceding[max(start, index - _MIN_CLAUSE) :])


_Change = tuple[Sequence[_Unit], Sequence[_Unit]]
"""Words that contain a negation, and the words in their place in the other text."""


def _is_moved_clause(removed: Sequence[_Change], added: Sequence[_Change]) -> bool:
    """Whether a whole clause with its negation moved to another place in the text."""
    clauses = [[unit.text for unit in words if unit.text not in _CLAUSE_ENDS] for words, _ in (*removed, *added)]
    replaced = any(others for _, others in (*removed, *added))
    return len(clauses) == 2 and not replaced and clauses[0] == clauses[1] and len(clauses[0]) >= _MIN_CLAUSE


def _added_prefix(changes: Sequence[Opcode], old: Sequence[_Unit], new: Sequence[_Unit], table: Opposites) -> str:
    """Return the reason if a word and the same word with a negating prefix replace each other."""
    removed = {unit.text for _, start, end, _, _ in changes for unit in old[start:end]}
    added = {unit.text for _, _, _, start, end in changes for unit in new[start:end]}
    for words, others in ((removed, added), (added, removed)):
        for word, stem in _stems(words, table.prefixes):
            if stem in others and _NEGATION not in (table.find(word) or ()):
                first, second = (stem, word) if words is removed else (word, stem)
                return f"“{first}” is the opposite of “{second}” in the stored text"
    return ""


def _stems(words: set[str], prefixes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in sorted(words):
        for prefix in prefixes:
            stem = word.removeprefix(prefix)
            if stem != word and len(stem) >= _MIN_STEM:
                yield word, stem
