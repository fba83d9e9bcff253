"""English spelling that differs from the house style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_EXCEPTIONS = re.compile(r"computer programs?$|(?:to|can|may|will|shall|must|not) license$|software programs?$", re.IGNORECASE)
"""Phrases in which the house style does not change the spelling: a computer program, to license."""

_LOWER_CASE_WORD = re.compile(
    r"(?<![\w-])(?!(?:about|after|against|along|among|around|before|between|during|from|into|over|through|towards?|under|until|upon"
    r"|with|within|without)\b)[a-z]{4}"
)
"""Matches a word without a capital that has one in a title with capitals on every word."""


def house_spelling(passage: Passage) -> Iterator[Violation]:
    """Find words that the house style spells differently; names keep their own spelling."""
    spelling = passage.language_style.spelling
    if not passage.language.is_latin or not spelling:
        return
    for match in _pattern(spelling).finditer(passage.plain):
        word = match[0]
        if (
            passage.is_in_web_address(*match.span())
            or _is_name(passage, match)
            or _EXCEPTIONS.search(passage.plain[: match.end()])
        ):
            continue
        house_word = next(house for house, other in spelling if re.fullmatch(re.escape(other), word, re.IGNORECASE))
        replacement = _with_capitals_of(word, house_word)
        style = passage.value_context.style.name
        yield Violation(
            f"{style} spells this word {replacement}, not {word}",
            (Highlight(passage, *match.span()),),
            f"write {replacement}",
            replacement,
        )


@lru_cache(maxsize=64)
def _pattern(spelling: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    words = sorted((other for _, other in spelling), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-]|\.\w)", re.IGNORECASE)


def _with_capitals_of(word: str, house_word: str) -> str:
    """Return the house spelling with the capitals of the words that it replaces."""
    if word.isupper():
        return house_word.upper()
    words, house_words = word.split(" "), house_word.split(" ")
    if len(words) != len(house_words):
        words = [word, *house_words[1:]]
    return " ".join(
        house[0].upper() + house[1:] if other[0].isupper() else house for other, house in zip(words, house_words, strict=True)
    )


def _is_name(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word belongs to a name: a glossary term contains it, or both the word and its neighbour are capitalised.

    In a title with capitals on every word, capitals do not show a name.
    """
    if any(term.start <= match.start() and match.end() <= term.end for term in passage.terms):
        return True
    before = re.search(r"[A-Z][\w/]* (?:of |for |on |and )?$", passage.plain[: match.start()])
    after = re.match(r" (?:of |for |on |and )?[A-Z]", passage.plain[match.end() :])
    if not match[0][0].isupper() or match[0].isupper() or not (before or after):
        return False
    return passage.role not in ("title", "heading") or bool(_LOWER_CASE_WORD.search(passage.plain))
