"""Zeros among Chinese numerals that are not the house style's: 二〇一八, 一百〇五."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_ZEROS = "零○〇◯０0OＯОΟo"
_DIGITS = "一二三四五六七八九"
_NUMBER = re.compile(f"[{_DIGITS}十百千萬億万亿兩两{_ZEROS}]{{2,}}")
_PLACES = re.compile("[十百千萬億万亿]")


def wrong_zero(passage: Passage) -> Iterator[Violation]:
    """Find zeros of another shape than the house style's, in years read digit by digit and within numbers."""
    zero = passage.section.zero
    if not passage.language.is_chinese or not zero:
        return
    for match in _NUMBER.finditer(passage.plain):
        if not re.search(f"[{_DIGITS}]", match[0]):
            continue
        in_number = _PLACES.search(match[0]) is not None
        right = zero.in_numbers if in_number else zero.in_years
        for offset, character in enumerate(match[0], match.start()):
            if character in _ZEROS and character != right and (in_number or len(match[0]) >= 3):
                where = "in numbers" if in_number else "in years"
                mark = (Highlight(passage, offset, offset + 1),)
                yield Violation(
                    f"{character} in {match[0]}: the house style's zero {where} is {right}", mark, f"write {right}", right
                )
