"""Find sentences of the source that a tool has left in a translation, as OmegaT does with sentences that nobody translated."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.source.draft_marks import MARK_END, MARK_START
from ipdocs.source.segment import Code, Segment, characters_and_codes, join_words
from ipdocs.translation.job import ReturnedUnit
from ipdocs.translation.memory.segmentation import sentences

_CODE = "\ufffc"
_WORD = re.compile("[A-Za-zÀ-ÿ]{2,}|[\u3400-\u9fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_MIN_WORDS = 3
"""The lowest number of words, or Chinese characters, of a sentence that does not stand in a translation by chance."""


def mark_source_sentences(source: Segment, target: Segment, returned: ReturnedUnit) -> tuple[Segment, ReturnedUnit]:
    """Return a translation with ⟦ and ⟧ around each sentence of its source, and its unit with the number of these.

    A source text of one sentence may be its own translation, and the segments of a tool that states them need no search.

    Args:
        source: the source text.
        target: the translation.
        returned: the unit from the returned file.
    """
    source_items, items = characters_and_codes(source), characters_and_codes(target)
    text = _plain(source_items)
    spans = sentences(text, len(_HAN.findall(text)) > len(text) / 2)
    if len(spans) < 2 or returned.missing_count or source == target:
        return target, returned
    count = 0
    for start, end in spans:
        sentence = source_items[start:end]
        while sentence and isinstance(last := sentence[-1], str) and last.isspace():
            del sentence[-1]
        if len(_WORD.findall(_plain(sentence))) < _MIN_WORDS:
            continue
        place = next((index for index in range(len(items)) if items[index : index + len(sentence)] == sentence), None)
        if place is not None:
            items[place : place + len(sentence)] = [MARK_START, *sentence, MARK_END]
            count += 1
    if not count:
        return target, returned
    return join_words(tuple(items)), replace(returned, missing_count=count, segment_count=len(spans))


def _plain(items: list[str | Code]) -> str:
    """Return words and codes as a text in which each code is one character."""
    return "".join(item if isinstance(item, str) else _CODE for item in items)
