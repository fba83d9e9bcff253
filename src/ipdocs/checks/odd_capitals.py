"""Words with capitals from a typing error, such as THe and tHE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_ODD = re.compile(r"\b(?:[A-Z]{2,}[a-z]+|[a-z]+[A-Z]{2,}[a-z]*|[a-z][A-Z]+)\b")
_COMMON_WORD = re.compile(
    "a(?:bout|fter|ll|lso|n|nd|ny|re|s|t)?|b(?:e|een|efore|etween|oth|ut|y)|can|each|f(?:or|rom)|h(?:as|ave|e|er|is)|i(?:f|n|nto|s|t|ts)"
    "|m(?:ay|ore|ust)|n(?:ew|o|ot)|o(?:f|n|ne|r|ther|ur|ver)|s(?:aid|hall|he|ince|uch)"
    "|th(?:an|at|e|eir|em|en|ere|ese|ey|is|ose|rough)|t(?:o|wo)|u(?:nder|ntil|p)"
    "|w(?:as|e|ere|hen|here|hich|hile|ho|ill|ith|ithin|ould)",
    re.IGNORECASE,
)


def odd_capitals(passage: Passage) -> Iterator[Violation]:
    """Find words with capitals in odd places, but not names and abbreviations such as IPs, PhD and iAM."""
    if not passage.language.is_english:
        return
    for match in _ODD.finditer(passage.plain):
        word = match[0]
        has_extra_capital = re.fullmatch("[A-Z]{2}[a-z]{3,}", word) and not word.endswith("ers")
        if (_COMMON_WORD.fullmatch(word) or has_extra_capital) and not passage.is_in_web_address(*match.span()):
            replacement = word.capitalize() if word[0].isupper() else word.lower()
            yield Violation(
                f"{word} has capitals in odd places",
                (Highlight(passage, *match.span()),),
                f"write {replacement} unless it is a name",
            )
