"""English sentences that begin with a lower-case letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_START = re.compile(r"(?P<before>(?:^|(?<=\s))\S*[A-Za-z0-9)”\"’%][.?!][”\"’)]?\s+)[“\"‘(]?(?P<word>[a-z][A-Za-z]*)(?![.@/])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|viz|No|Nos|para|paras|p|pp|Mr|Mrs|Ms|Dr|Prof|Hon|Rev|St|Co|Ltd|approx|al|a\.m|p\.m|am|pm)\.|\.\.\.)[”\"’)]?\s+$"
)
_LIST_ITEM = re.compile(r"[;,](?: (?:and|or))?$")
_PROSE_ROLES = ("paragraph", "quotation", "footnote", "what", "decision")


def small_sentence_start(passage: Passage) -> Iterator[Violation]:
    """Find lower-case letters at the start of a paragraph, and after a full stop, question mark or exclamation mark.

    A paragraph that ends in a semicolon or comma is an item of a list, which may begin with a lower-case letter.
    """
    if not passage.language.is_english or passage.role not in _PROSE_ROLES:
        return
    first_word = re.match(r"[“\"‘(]?([a-z]+)\b(?![A-Z@/.])", passage.plain)
    if first_word and passage.role in ("paragraph", "quotation") and not _LIST_ITEM.search(passage.plain):
        yield _violation(passage, *first_word.span(1))
    for match in _START.finditer(passage.plain):
        if not _ABBREVIATION.search(match["before"]) and match["word"].islower():
            yield _violation(passage, *match.span("word"))


def _violation(passage: Passage, start: int, end: int) -> Violation:
    word = passage.plain[start:end]
    return Violation(
        f"the sentence begins with a lower-case letter: {word}",
        (Highlight(passage, start, end),),
        f"write {word[0].upper()}{word[1:]}",
    )
