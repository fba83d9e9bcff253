"""Characters that look like others: Cyrillic letters in English words, radicals for characters, O for 0."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN
from ipdocs.source.characters import character_name

_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХаеоіјрсухѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαντ", "ABESIJKMHOPCTYXaeoijpcyxshdqwABEZHIKMNOPTYXoavt")
_MIXED = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u052f]{2,}")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_OWN = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
"""Characters of the compatibility block that are characters of their own."""

_LETTER_IN_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9OolI,.]*[0-9])(?=[0-9,.]*[OolI])[0-9OlI][0-9OolI,.]*[0-9OolI](?![A-Za-z0-9])"
)
_LONG_MARK = re.compile(f"(?<=[{HAN}])[ーㄧ](?=[{HAN}])")


def look_alike_character(passage: Passage) -> Iterator[Violation]:
    """Find characters that only look right: no search or reader of the screen finds the word."""
    for match in _MIXED.finditer(passage.plain):
        if any(one.isascii() for one in match[0]) and not match[0].isascii():
            strange = next(one for one in match[0] if not one.isascii())
            right = match[0].translate(_LATIN)
            hint = f"write {right} in Latin letters"
            yield _fault(passage, match, f"{character_name(strange)} in {match[0]}", hint, right if right.isascii() else None)
    for match in _RADICAL.finditer(passage.plain):
        right = unicodedata.normalize("NFKC", match[0])
        if match[0] not in _OWN:
            known = right if right != match[0] else None
            yield _fault(
                passage, match, f"{character_name(match[0])} is no character of text", f"write {known}" if known else None, known
            )
    for match in _LETTER_IN_NUMBER.finditer(passage.plain):
        right = match[0].translate(str.maketrans("OolI", "0011"))
        if not passage.is_in_address(*match.span()):
            yield _fault(passage, match, f"{match[0]} has a letter among its figures", f"is it {right}?", None)
    for match in _LONG_MARK.finditer(passage.plain):
        yield _fault(passage, match, f"{character_name(match[0])} for 一", "write 一", "一")


def _fault(passage: Passage, match: re.Match[str], message: str, hint: str | None, fix: str | None) -> Violation:
    return Violation(message, (Highlight(passage, *match.span()),), hint, fix)
