"""English codes and the Chinese words for them, such as G20 and 二十國集團, as locales/counterparts.csv lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage, Span
from ipdocs.locale.counterparts import read_counterparts
from ipdocs.values.numerals import read_chinese


def counterparts(english: Passage, chinese: Passage) -> Iterator[tuple[Span, Span, bool]]:
    """Yield codes in an English passage, the words for them in a Chinese passage, and whether their numbers are equal."""
    if english.language.is_chinese or not chinese.language.is_chinese:
        return
    table = read_counterparts(english.workspace)
    if not table.any_code.search(english.plain):
        return
    for row in table.rows:
        for code in row.english.finditer(english.plain):
            for words in row.chinese.finditer(chinese.plain):
                yield Span(*code.span()), Span(*words.span()), _number(code) == _number(words)


def _number(match: re.Match[str]) -> int | None:
    numbers = [text for text in match.groups() if text]
    return (int(numbers[0]) if numbers[0].isdecimal() else read_chinese(numbers[0])) if numbers else None
