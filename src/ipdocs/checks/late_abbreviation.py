"""Abbreviations used before they are spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_ENGLISH = re.compile(r"[(（]\"?([A-Z][A-Za-z&-]*[A-Z][A-Za-z]*)\"?[)）]")
_CHINESE = re.compile(f"(?P<name>[{HAN}]{{4,}})[（(]「?(?P<short>[{HAN}]{{2,8}})」?[）)]")
_APART = ("fact", "title", "heading", "cell", "by", "alt")


def late_abbreviation(document: CheckedDocument) -> Iterator[Violation]:
    """Find an abbreviation whose full name is given only later; titles and tables may use it before."""
    for name in sorted({name for unit in document.units for name in unit.passages}):
        passages = [unit.passages[name] for unit in document.units if name in unit.passages and unit.role not in _APART]
        seen: set[str] = set()
        for index, passage in enumerate(passages):
            for short, start in _defined(passage):
                if short not in seen:
                    seen.add(short)
                    yield from _used(short, [*((one, len(one.plain)) for one in passages[:index]), (passage, start)])


def _defined(passage: Passage) -> Iterator[tuple[str, int]]:
    """Yield the abbreviations that a passage spells out, and where."""
    if not passage.language.is_chinese:
        for match in _ENGLISH.finditer(passage.plain):
            words = re.findall(r"[A-Za-z]+", passage.plain[: match.start()])[-12:]
            letters = [letter for letter in match[1] if letter.isupper()]
            if [word for word in words if word[0].upper() == letters[0]] and len(words) >= len(letters):
                yield match[1], match.start()
        return
    for match in _CHINESE.finditer(passage.plain):
        rest = iter(match["name"])
        if all(character in rest for character in match["short"]):
            yield match["short"], match.start()


def _used(short: str, before: list[tuple[Passage, int]]) -> Iterator[Violation]:
    """Find the first place before its definition where an abbreviation is used."""
    edge = r"(?<![A-Za-z])" if short.isascii() else ""
    pattern = re.compile(f"{edge}{re.escape(short)}{'(?![A-Za-z])' if short.isascii() else ''}")
    for passage, end in before:
        if match := pattern.search(passage.plain, 0, end):
            yield Violation(f"{short} is spelt out only later", (Highlight(passage, *match.span()),), "spell it out here")
            return
