"""Lists of a view: the number with which each begins, and how the house style closes its items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ipdocs.locale.style import ItemEndings
from ipdocs.localisation.localised_document import LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, Origin, Piece

ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|與|或|与)|[;；,，、.。])$")
"""What closes an item that its author has closed."""

_CLOSED = re.compile(rf"{ENDING.pattern}|[：！？…—:!?]$|[.。！？!?…][”\"’」』）)]+$")
_COLONS = (":", "：")


def endings(items: Sequence[Any], style: ItemEndings, last: str) -> list[str]:
    """Return what closes each item of a list, the last one with `last`."""
    count = len(items)
    return [last if at == count - 1 else style.last_but_one if at == count - 2 else style.each for at in range(count)]


def inner_ending(text: str, introduced: bool, ending: str | None, style: ItemEndings) -> str | None:
    """Return what closes the last item of a list within an item; None where nothing closes its items.

    That is the ending of the item itself, or a full stop where only the inner
    list is introduced: by words of its own, or by an item's text with a colon.
    """
    if ending is None and (introduced or text.endswith(_COLONS)):
        return style.last
    return ending


def finish(items: LocalisedRecord, numbers: Mapping[str, int], style: ItemEndings) -> None:
    """Give a list and those within it the number that each begins with and, where they are introduced, the style's endings.

    `numbers` says how the lists go on that stand before, by their ids.
    """
    _finish(items, numbers, style, style.last if items.intro else None)


def _finish(items: LocalisedRecord, numbers: Mapping[str, int], style: ItemEndings, last: str | None) -> None:
    items.first = int(items.start or numbers.get(items.after or "", 1))
    closing = [None] * len(items.items) if last is None else endings(items.items, style, last)
    items.items = [_finished(item, numbers, style, ending) for item, ending in zip(items.items, closing, strict=True)]


def _finished(item: Any, numbers: Mapping[str, int], style: ItemEndings, ending: str | None) -> Any:
    """Return an item closed; one with a list of its own introduces that, and what closes it closes the list's last item."""
    if isinstance(item, LocalisedText):
        return _closed(item, ending, style)
    introduced = item.list.intro is not None
    _finish(item.list, numbers, style, inner_ending(item.text.running_text, introduced, ending, style))
    if not introduced and ending is not None:
        item.text = _closed(item.text, style.with_list, style)
    return item


def _closed(words: LocalisedText, ending: str | None, style: ItemEndings) -> LocalisedText:
    """Return words with an ending, unless they have one already."""
    text, known = words.running_text, tuple(filter(None, (style.each, style.last_but_one, style.last)))
    if not ending or _CLOSED.search(text) or text.endswith(known):
        return words
    return replace(words, content=(*words.content, Piece(ending, Origin("style"))))
