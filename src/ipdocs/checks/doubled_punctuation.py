"""Punctuation marks written twice, and marks that cannot follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_CHINESE = re.compile(r"([，。；：、！？])(?:\s*\1)+|[，；：、][，。；：、]|。[，；：、]|[！？][，。；：、]")
_ENGLISH = re.compile(r"([,;:])\1+|(?<!\.)\.\.(?!\.)|[,;:][,;:.]|\.[;:](?=\s|$)|[!?][,;:.](?=\s|$)|!!+|\?\?+(?=\s|$)")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.[A-Za-z]|\b(?:etc|Ltd|Co|Inc|Jr|Sr|No|vol|al|pp?))\.[;:]$")


def doubled_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find punctuation marks that are written twice, and wrong pairs such as "，。" or ",."."""
    pattern = _CHINESE if passage.language.is_east_asian else _ENGLISH
    for match in pattern.finditer(passage.plain):
        marks = match[0]
        if passage.is_in_web_address(*match.span()) or _ABBREVIATION.search(passage.plain[: match.end()]):
            continue
        if marks.startswith("。。。"):
            continue
        is_repeated = len(set(marks)) == 1
        yield Violation(
            f"{marks} is {'the same mark written twice' if is_repeated else 'two punctuation marks in place of one'}",
            (Highlight(passage, *match.span()),),
            f"write {marks[0]}" if is_repeated else "delete one of them",
            marks[0] if is_repeated else None,
        )
