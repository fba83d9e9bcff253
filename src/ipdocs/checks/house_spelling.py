"""English spelling other than the house style's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_RIGHT_HERE = re.compile(r"computer programs?$|(?:to|can|may|will|shall|must|not) license$|software programs?$", re.IGNORECASE)
"""Words that have both spellings, in the company that makes them right: a computer program, to license."""


def house_spelling(passage: Passage) -> Iterator[Violation]:
    """Find words spelt otherwise than the house style has them; names keep the spelling of those who bear them."""
    spelling = passage.section.spelling
    if passage.language.is_chinese or not spelling:
        return
    for match in _pattern(spelling).finditer(passage.plain):
        word = match[0]
        if passage.is_in_address(*match.span()) or _is_name(passage, match) or _RIGHT_HERE.search(passage.plain[: match.end()]):
            continue
        house = next(right for right, wrong in spelling if re.fullmatch(re.escape(wrong), word, re.IGNORECASE))
        better = _like(word, house)
        style = passage.setting.style.name
        yield Violation(f"{style} spells {better}, not {word}", (Highlight(passage, *match.span()),), f"write {better}", better)


@lru_cache(maxsize=64)
def _pattern(spelling: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    words = sorted((wrong for _, wrong in spelling), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-]|\.\w)", re.IGNORECASE)


def _like(word: str, right: str) -> str:
    """Return a word with the capitals of another."""
    if word.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if word[0].isupper() else right


def _is_name(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word belongs to a name: a term of the glossary, or capitalised among words that are."""
    if any(term.start <= match.start() and match.end() <= term.end for term in passage.terms):
        return True
    before = re.search(r"([A-Z][\w/]*) $", passage.plain[: match.start()])
    after = re.match(r" (?:of |for |on |and )?[A-Z]", passage.plain[match.end() :])
    return match[0][0].isupper() and passage.role not in ("title", "heading") and bool(before or after) and not match[0].isupper()
