"""List items whose endings differ from the house style, which may be ；, then ；及 and finally 。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.localisation.list_endings import ENDING, NEEDS_NO_ENDING, endings, inner_ending
from ipdocs.model.blocks import ListBlock, ListContent


def list_ending(document: CheckedDocument) -> Iterator[Violation]:
    """Find list items whose ending differs from the house style; a build adds missing endings."""
    blocks = [block for block in document.source.document.body if isinstance(block, ListBlock)]
    for block, next_block in zip_longest(blocks, blocks[1:]):
        is_continued = next_block is not None and _continues(block, next_block)
        for code in dict.fromkeys(passage.language.code for passage in document.passages):
            yield from _check_list(block.list, code, document, is_continued=is_continued)


def _continues(block: ListBlock, next_block: ListBlock) -> bool:
    """Whether the next list continues the numbers of a list, so that the list does not end here."""
    first, start = (int(items.start or 1) for items in (block.list, next_block.list))
    return (block.id is not None and next_block.list.after == block.id) or (start > 1 and start == first + len(block.list.items))


def _check_list(
    items: ListContent, code: str, document: CheckedDocument, last_ending: str | None = None, *, is_continued: bool = False
) -> Iterator[Violation]:
    """Find wrong endings in a list and its inner lists.

    Args:
        items: the list.
        code: the code of the language.
        document: the document.
        last_ending: the ending that the last item of an inner list should have.
        is_continued: whether another list continues this one, so that its last item may end as any other.
    """
    units = [(item, document.unit(item if isinstance(item, dict) else item.text)) for item in items.items]
    entries = [(item, unit.passages[code]) for item, unit in units if code in unit.passages]
    if not entries:
        return
    style = entries[0][1].language_style.items
    has_introduction = last_ending is not None or items.intro is not None
    house_endings = endings(entries, style, style.last if last_ending is None else last_ending)
    plain_items = [passage for item, passage in entries if isinstance(item, dict)]
    has_endings = any(_ending(passage) for passage in plain_items)
    for index, (item, passage) in enumerate(entries):
        if not isinstance(item, dict):
            own_ending = house_endings[index] if has_introduction or has_endings else None
            last_inner_ending = inner_ending(passage.plain, item.list.intro is not None, own_ending, style)
            yield from _check_list(item.list, code, document, last_inner_ending)
        elif has_endings and not _are_sentences(plain_items):
            if is_continued and index == len(entries) - 1 and _ending(passage)[:1] in (style.each[:1], style.last_but_one[:1]):
                continue
            item_name = _ITEM_NAMES.get(len(entries) - index, "this item")
            yield from _check_item(passage, item_name, house_endings[index], has_introduction)


_ITEM_NAMES = {1: "the last item", 2: "the last item but one"}


def _ending(passage: Passage) -> str:
    match = ENDING.search(passage.plain)
    return re.sub(r"\s+", " ", match[0]) if match else ""


def _are_sentences(passages: list[Passage]) -> bool:
    """Whether every item ends like a sentence, or its end is still to be written."""
    return all(
        re.search(r"[.。?？!！](?:[ \u00a0\u202f]?»|[”’\"」』）)\]］〕】])*$", passage.plain)
        or passage.touches_gap(len(passage.plain) - 1, len(passage.plain))
        for passage in passages
    )


def _check_item(passage: Passage, item_name: str, house_ending: str, has_introduction: bool) -> Iterator[Violation]:
    style, ending = passage.language_style.items, _ending(passage)
    allowed_endings = {house_ending} | ({style.each} if house_ending == style.last_but_one else set())
    is_right = ending in allowed_endings or (ending[:1] == house_ending[:1] and len(ending) > 1 and len(house_ending) > 1)
    if is_right or (not ending and (has_introduction or NEEDS_NO_ENDING.search(passage.plain))):
        return
    end = len(passage.plain)
    highlight = Highlight(passage, end - len(ending), end) if ending else Highlight(passage, end - 1, end)
    message = f"{item_name} ends in {ending}" if ending else f"{item_name} has no ending"
    yield Violation(message, (highlight,), f"end it in {house_ending}, or delete the endings of all items")
