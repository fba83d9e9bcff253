"""Numbers and endings of list items in a localised document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ipdocs.locale.style import ItemEndings
from ipdocs.localisation.localised_document import LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, Origin, TextPart

ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|與|或|与)|[;；,，、.。])$")
"""An ending that the author has written."""

_NEEDS_NO_ENDING = re.compile(rf"{ENDING.pattern}|[：！？…—:!?]$|[.。！？!?…][”\"’」』）)]+$")
_COLONS = (":", "：")


def endings(items: Sequence[Any], style: ItemEndings, last: str) -> list[str]:
    """Return the ending for each item of a list; `last` is the ending for the last item."""
    count = len(items)
    return [last if index == count - 1 else style.last_but_one if index == count - 2 else style.each for index in range(count)]


def inner_ending(text: str, introduced: bool, ending: str | None, style: ItemEndings) -> str | None:
    """Return the ending for the last item of an inner list, or None if the items of the list have no endings.

    Args:
        text: the text of the outer item.
        introduced: whether the inner list has its own introduction.
        ending: the ending for the outer item, which the last inner item gets instead; None if outer items have no endings.
        style: the endings of the house style; if `ending` is None, `style.last` follows an introduction or colon.
    """
    if ending is None and (introduced or text.endswith(_COLONS)):
        return style.last
    return ending


def number_and_punctuate(list_content: LocalisedRecord, numbers: Mapping[str, int], style: ItemEndings) -> None:
    """Set the first numbers of a list and its inner lists, and add the endings of the house style to lists with introductions.

    Args:
        list_content: the list.
        numbers: the next number after each earlier list, keyed by the id of its block.
        style: the endings of the house style.
    """
    _complete_list(list_content, numbers, style, style.last if list_content.intro else None)


def _complete_list(list_content: LocalisedRecord, numbers: Mapping[str, int], style: ItemEndings, last: str | None) -> None:
    """Set the first number of a list, and complete its items; `last` is the ending for the last item, if items have endings."""
    list_content.first = int(list_content.start or numbers.get(list_content.after or "", 1))
    items = list_content.items
    item_endings = [None] * len(items) if last is None else endings(items, style, last)
    list_content.items = [_complete_item(item, numbers, style, ending) for item, ending in zip(items, item_endings, strict=True)]


def _complete_item(item: Any, numbers: Mapping[str, int], style: ItemEndings, ending: str | None) -> Any:
    """Return an item with its ending; if the item has an inner list, the last inner item gets the ending."""
    if isinstance(item, LocalisedText):
        return _with_ending(item, ending, style)
    introduced = item.list.intro is not None
    _complete_list(item.list, numbers, style, inner_ending(item.text.running_text, introduced, ending, style))
    if not introduced and ending is not None:
        item.text = _with_ending(item.text, style.with_list, style)
    return item


def _with_ending(text: LocalisedText, ending: str | None, style: ItemEndings) -> LocalisedText:
    """Return a text with an ending, unless the text already has an ending."""
    running_text, style_endings = text.running_text, tuple(filter(None, (style.each, style.last_but_one, style.last)))
    if not ending or _NEEDS_NO_ENDING.search(running_text) or running_text.endswith(style_endings):
        return text
    return replace(text, content=(*text.content, TextPart(ending, Origin("style"))))
