"""Numbers, markers and endings of list items in a localised document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ipdocs.locale.list_markers import marker_width
from ipdocs.locale.style import LanguageStyle
from ipdocs.locale.style_records import ItemEndings
from ipdocs.localisation.localised_document import LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, Origin, TextPart

ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|與|或|与)|[;；,，、.。])$")
"""An ending that the author has written."""

NEEDS_NO_ENDING = re.compile(rf"{ENDING.pattern}|[：！？…—:!?]$|[.。！？!?…](?:[ \u00a0\u202f]?»|[”\"’」』）)])+$")
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


def complete_list(list_content: LocalisedRecord, numbers: Mapping[str, int], style: LanguageStyle) -> None:
    """Set the first numbers and markers of a list and its inner lists, and add the endings of the house style to its items.

    Only lists with introductions get endings.

    Args:
        list_content: the list.
        numbers: the next number after each earlier list, keyed by the id of its block.
        style: the house style for the language.
    """
    _complete_list(list_content, numbers, style, style.items.last if list_content.intro else None, 1)


def _complete_list(
    list_content: LocalisedRecord, numbers: Mapping[str, int], style: LanguageStyle, last: str | None, level: int
) -> None:
    """Set the first number and the marker of a list, and complete its items.

    Args:
        list_content: the list.
        numbers: the next number after each earlier list.
        style: the house style for the language.
        last: the ending for the last item; None if the items have no endings.
        level: the level of the list; 1 is the outermost.
    """
    items = list_content.items
    list_content.first = int(list_content.start or numbers.get(list_content.after or "", 1))
    if list_content.style == "enumeration":
        list_content.style = style.markers.kind_on_level(level)
    list_content.marker, list_content.marker_width = "", 0
    if list_content.style != "bullet":
        list_content.marker = style.markers.pattern(list_content.style)
        last_number = list_content.first + len(items) - 1
        list_content.marker_width = marker_width(list_content.marker, list_content.first, last_number) if items else 0
    item_endings = [None] * len(items) if last is None else endings(items, style.items, last)
    list_content.items = [
        _complete_item(item, numbers, style, ending, level) for item, ending in zip(items, item_endings, strict=True)
    ]


def _complete_item(item: Any, numbers: Mapping[str, int], style: LanguageStyle, ending: str | None, level: int) -> Any:
    """Return an item with its ending; if the item has an inner list, the last inner item gets the ending."""
    if isinstance(item, LocalisedText):
        return _with_ending(item, ending, style.items)
    introduced = item.list.intro is not None
    _complete_list(item.list, numbers, style, inner_ending(item.text.running_text, introduced, ending, style.items), level + 1)
    if not introduced and ending is not None:
        item.text = _with_ending(item.text, style.items.with_list, style.items)
    return item


def _with_ending(text: LocalisedText, ending: str | None, style: ItemEndings) -> LocalisedText:
    """Return a text with an ending, unless the text already has an ending."""
    running_text, style_endings = text.running_text, tuple(filter(None, (style.each, style.last_but_one, style.last)))
    if not ending or NEEDS_NO_ENDING.search(running_text) or running_text.endswith(style_endings):
        return text
    return replace(text, content=(*text.content, TextPart(ending, Origin("style"))))
