"""A translation much shorter or longer than its original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation, whole
from ipdocs.locale.conversion.characters import HAN

_WORD = re.compile(rf"[{HAN}]|[A-Za-z0-9]+(?:[-'’.,][A-Za-z0-9]+)*")
LEAST, MOST = 0.7, 3.2
"""Chinese characters to an English word: releases have 1.2 to 2.4."""

ALLOWANCE = 6
"""How many characters more or fewer a short text may have, whatever its proportion."""


def length_out_of_proportion(pair: Pair) -> Iterator[Violation]:
    """Find Chinese with far fewer or far more characters than its English has words."""
    source, target = pair.source, pair.target
    if source.language.is_chinese or not target.has_chinese:
        return
    words, characters = _length(source), _length(target)
    if characters < LEAST * words - ALLOWANCE or characters > MOST * words + 2 * ALLOWANCE:
        message = f"{characters} characters of {target.language.code} for {words} words of {source.language.code}"
        yield Violation(message, (whole(target), Highlight(source)), "is a part missing on one side?")


def _length(passage: Passage) -> int:
    return len(_WORD.findall(passage.plain))
