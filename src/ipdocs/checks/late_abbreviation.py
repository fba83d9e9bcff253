"""Abbreviations that are used before they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_ENGLISH = re.compile(r"[(（]\"?([A-Z][A-Za-z&-]*[A-Z][A-Za-z]*)\"?[)）]")
_CHINESE = re.compile(f"(?P<name>[{HAN}]{{4,}})[（(]「?(?P<abbreviation>[{HAN}]{{2,8}})」?[）)]")
_IGNORED_ROLES = ("fact", "title", "heading", "cell", "by", "alt")


def late_abbreviation(document: CheckedDocument) -> Iterator[Violation]:
    """Find abbreviations used before the text explains them; titles, headings and tables may use them earlier."""
    for code in sorted({code for unit in document.units for code in unit.passages}):
        passages = [unit.passages[code] for unit in document.units if code in unit.passages and unit.role not in _IGNORED_ROLES]
        already_explained: set[str] = set()
        for index, passage in enumerate(passages):
            for abbreviation, start, before in _explained_abbreviations(passage):
                if abbreviation not in already_explained:
                    already_explained.add(abbreviation)
                    earlier_parts = [*((earlier, len(earlier.plain)) for earlier in passages[:index]), (passage, start)]
                    yield from _early_use(abbreviation, before, earlier_parts)


def _explained_abbreviations(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Yield the abbreviations that a passage explains, each with its offset and the characters before it in the full name."""
    if passage.language.is_latin:
        for match in _ENGLISH.finditer(passage.plain):
            words = re.findall(r"[A-Za-z]+", passage.plain[: match.start()])[-12:]
            letters = [letter for letter in match[1] if letter.isupper()]
            if [word for word in words if word[0].upper() == letters[0]] and len(words) >= len(letters):
                yield match[1], match.start(), ""
        return
    for match in _CHINESE.finditer(passage.plain):
        name_characters = iter(match["name"])  # `in` advances the iterator, so the characters must be in the same order
        if all(character in name_characters for character in match["abbreviation"]):
            before, abbreviation, _ = match["name"].rpartition(match["abbreviation"])
            yield match["abbreviation"], match.start(), before[-2:] if abbreviation else ""


def _early_use(abbreviation: str, before_in_name: str, parts: list[tuple[Passage, int]]) -> Iterator[Violation]:
    """Yield a violation for the first use of an abbreviation; each part is a passage and the offset where the search ends.

    An abbreviation within the full name that is explained is part of the name: RAE Institute of Optics (RAE) and
    海洋研究中心（研究中心）.
    """
    before, after = (r"(?<![A-Za-z])", "(?![A-Za-z])") if abbreviation.isascii() else ("", "")
    pattern = re.compile(f"{before}{re.escape(abbreviation)}{after}")
    for passage, limit in parts:
        for match in pattern.finditer(passage.plain, 0, limit):
            is_after_name = before_in_name and passage.plain.endswith(before_in_name, 0, match.start())
            if is_after_name or _is_in_full_name(passage.plain[match.end() : limit]):
                continue
            message = f"{abbreviation} is explained only later in the text"
            yield Violation(message, (Highlight(passage, *match.span()),), "write the full name here")
            return


def _is_in_full_name(text: str) -> bool:
    """Whether a text between an abbreviation and its explanation consists of the other words of a name."""
    words = text.split()
    return 0 < len(words) <= 8 and all(word[0].isupper() or word in ("of", "for", "and", "the", "&") for word in words)
