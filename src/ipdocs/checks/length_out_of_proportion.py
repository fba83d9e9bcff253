"""Translations that are much shorter or longer than their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation, whole_passage
from ipdocs.locale.conversion.characters import HAN

_WORD = re.compile(rf"[{HAN}]|[A-Za-z0-9]+(?:[-'’.,][A-Za-z0-9]+)*")
MIN_RATIO, MAX_RATIO = 0.7, 3.2
"""The accepted range of Chinese characters for each English word; published releases have 1.2 to 2.4."""

ALLOWANCE = 6
"""Tolerance in characters: a text may be this much below the minimum, or twice this much above the maximum."""


def length_out_of_proportion(pair: Pair) -> Iterator[Violation]:
    """Find Chinese texts with too few or too many characters for the number of English words."""
    source, target = pair.source, pair.target
    if not source.language.is_english or not target.language.is_chinese or not target.has_chinese:
        return
    words, characters = _word_count(source), _word_count(target)
    if characters < MIN_RATIO * words - ALLOWANCE or characters > MAX_RATIO * words + 2 * ALLOWANCE:
        message = (
            f"the {target.language.code} text has {characters} characters for {words} words of the {source.language.code} text"
        )
        yield Violation(message, (whole_passage(target), Highlight(source)), "check that no part is missing in either language")


def _word_count(passage: Passage) -> int:
    """Return the number of words in a passage; each Chinese character counts as a word."""
    return len(_WORD.findall(passage.plain))
