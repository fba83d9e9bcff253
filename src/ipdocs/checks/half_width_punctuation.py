"""Half-width punctuation in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_FULL_WIDTH = dict(zip(",;:!?()./~", "，；：！？（）。／～", strict=True))
_CHINESE = f"{HAN}、-】！-～○〇"
_BESIDE_CHINESE = re.compile(
    f"(?<=[{_CHINESE}])[,;:!?()~]|[,;:!?()~](?=[{_CHINESE}])|(?<=[{HAN}）」』》])\\.(?!\\.)(?=[{_CHINESE}]|\\s|$)|(?<=[{HAN}])/(?=[{HAN}])|(?<=[{HAN}])[,;:!?)](?=\\s|$)"
)
_NUMBER_ROLES = ("reference", "number", "paper")
"""Roles of texts that are file references or paper numbers, such as 示/專/17."""


def half_width_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find half-width punctuation marks beside Chinese characters, except in web and e-mail addresses, codes and figures.

    Round brackets are right if the house style writes them so.
    """
    if not passage.language.is_chinese or passage.role in _NUMBER_ROLES:
        return
    for match in _BESIDE_CHINESE.finditer(passage.plain):
        mark = match[0]
        if (
            mark in passage.language_style.brackets
            or passage.is_in_web_address(*match.span())
            or _is_in_value(passage, match.start())
            or _is_latin_bracket(passage.plain, match.start())
        ):
            continue
        yield Violation(
            f"{mark} is half-width punctuation in a Chinese text",
            (Highlight(passage, *match.span()),),
            f"write {_FULL_WIDTH[mark]}",
            _FULL_WIDTH[mark],
        )


def _is_in_value(passage: Passage, offset: int) -> bool:
    return any(value_span.start <= offset < value_span.end for value_span in passage.value_spans)


def _is_latin_bracket(text: str, offset: int) -> bool:
    """Whether a mark is a bracket that belongs to a Latin word or code: f(x), CB(2)."""
    if text[offset] == ")":
        opening = text.rfind("(", 0, offset)
        return opening > 0 and text[opening - 1].isascii() and text[opening - 1].isalnum() and text[opening:offset].isascii()
    if text[offset] == "(":
        return (
            offset > 0 and text[offset - 1].isascii() and text[offset - 1].isalnum() and text[offset + 1 : offset + 2].isascii()
        )
    return False
