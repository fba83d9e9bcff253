"""Zeros in Chinese numerals in a form that the house style does not use, such as 二〇一八 and 一百〇五."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_ZEROS = "零○〇◯０0OＯОΟo"
_DIGITS = "一二三四五六七八九"
_NUMBER = re.compile(f"[{_DIGITS}十百千萬億万亿兩两{_ZEROS}]{{2,}}")
_YEAR = re.compile(f"(?<![{_DIGITS}十百千{_ZEROS}])[{_DIGITS}{_ZEROS}]{{4}}(?![{_DIGITS}十百千萬億{_ZEROS}])")
_MULTIPLIERS = re.compile("[十百千萬億万亿]")


def wrong_zero(passage: Passage) -> Iterator[Violation]:
    """Find Chinese zeros in a form that the house style does not use in years (二○一八) or in numbers (一百零五).

    A style may accept several zeros in years; a text is wrong only if it has more than one of them.
    """
    zero = passage.language_style.zero
    if not passage.language.is_chinese or not zero:
        return
    accepted = {zero.in_years, *zero.accepted_in_years}
    has_several = len({zero for year in _YEAR.findall(passage.plain) for zero in year if zero in accepted}) > 1
    for match in _NUMBER.finditer(passage.plain):
        if not re.search(f"[{_DIGITS}]", match[0]):
            continue
        is_in_number = _MULTIPLIERS.search(match[0]) is not None
        house_zero = zero.in_numbers if is_in_number else zero.in_years
        for offset, character in enumerate(match[0], match.start()):
            if not is_in_number and character in accepted and not has_several:
                continue
            if character in _ZEROS and character != house_zero and (is_in_number or len(match[0]) >= 3):
                where = "in numbers" if is_in_number else "in years"
                message = f"the house style writes the zero {where} as {house_zero}, not {character} as in {match[0]}"
                yield Violation(
                    message,
                    (Highlight(passage, offset, offset + 1),),
                    f"write {house_zero}",
                    house_zero,
                    cause=f"{character} {where}",
                )
