"""Endings of list items that the house style writes, and that a source therefore does not have."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.importing.document_draft import DraftBlock
from ipdocs.locale.import_words import ImportWords
from ipdocs.source.segment import Segment

_ENDINGS = (
    re.compile(r"[;；]$"),
    re.compile(r"[;；]\s*(?:and|及)$"),
    re.compile(r"[.。]$"),
)
"""The endings that a house style adds to list items: to each item, to the last but one, and to the last."""


def without_endings(blocks: list[DraftBlock], words: ImportWords) -> list[DraftBlock]:
    """Remove the punctuation that the house style adds after the items of a list with an introduction.

    An item with another ending, such as "; or", keeps it, and a list of which an item has no ending stays as it is.

    Args:
        blocks: the blocks of one language.
        words: the words by which an import recognises lines, with the conjunctions at the ends of items.
    """
    has_ending = re.compile(rf"(?:[;；,，:：]\s*(?:{words.alternatives('conjunction')})?|[.。?？])$")
    return [_list_without_endings(block, has_ending) if block.kind == "list" and block.has_intro else block for block in blocks]


def _list_without_endings(block: DraftBlock, has_ending: re.Pattern[str]) -> DraftBlock:
    intro, *items = block.texts
    if not all(item and isinstance(item[-1], str) and has_ending.search(item[-1]) for item in items):
        return block
    # Only the innermost items have the endings of a list; an item with a list below it ends in a colon.
    last = len(items) - 1
    return replace(block, texts=(intro, *(_without_ending(item, last - index) for index, item in enumerate(items))))


def _without_ending(item: Segment, items_after: int) -> Segment:
    last = item[-1]
    pattern = _ENDINGS[2 if items_after == 0 else 1 if items_after == 1 else 0]
    return (*item[:-1], pattern.sub("", last.rstrip())) if isinstance(last, str) else item
