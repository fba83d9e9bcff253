"""Lists of web pages: how they count, and the list paragraphs of pages saved from Word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.importing.readers.web.elements import style_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES = {"1": "number", "a": "letter", "A": "letter", "i": "roman", "I": "roman"}
_CSS_STYLES = {
    "alpha": "letter",
    "latin": "letter",
    "roman": "roman",
    "decimal": "number",
    "ideographic": "number",
    "cjk": "number",
}
_CSS_TYPE = re.compile(r"(?:^|;)list-style(?:-type)?:([^;]*)")
_WORD_LEVEL = re.compile(r"(?:^|;)mso-list:[^;]*?\blevel(\d)")
_MARKER_TAGS = ("span", "font", "b", "i", "strong", "em")
_MAX_MARKER = 20
"""The maximum length of a list marker."""

_LETTER = re.compile(r"[(（]?[a-z][)）.]", re.I)
_ROMAN = re.compile(r"[(（]?[ivx]+[)）.]", re.I)
MAX_NUMBER = 999
"""The largest number that the list of a source can begin with."""


@dataclass(slots=True)
class ItemCounter:
    """The style of a list and the number of its next item.

    Attributes:
        style: the list style: bullet, number, letter or roman.
        step: the difference between the numbers of two items, 1 or -1.
        number: the number of the next item.
        expected: the number that the next item has in a source without being told; 0 before the first item.
    """

    style: str
    step: int
    number: int
    expected: int = 0


def list_counter(element: _Element) -> ItemCounter:
    """Return how the list of an element counts."""
    if element.tag != "ol":
        return ItemCounter("bullet", 1, 1)
    css = _CSS_TYPE.search(style_of(element))
    style = next((name for word, name in _CSS_STYLES.items() if css and word in css[1]), "")
    style = style or _STYLES.get(element.get("type", "1").strip(), "number")
    is_reversed = element.get("reversed") is not None
    first = _whole_number(element.get("start"))
    if first is None:
        first = sum(child.tag == "li" for child in element) if is_reversed else 1
    return ItemCounter(style, -1 if is_reversed else 1, first)


def item_number(item: _Element, counter: ItemCounter) -> int:
    """Return the number of an item, and set the number of the next one."""
    value = _whole_number(item.get("value"))
    number = counter.number if value is None else value
    counter.number = number + counter.step
    return number


def _whole_number(text: str | None) -> int | None:
    match = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return int(match[1]) if match else None


def typed_marker(number: int, style: str) -> str:
    """Return the marker before an item whose number a list in a source cannot have, or that is not in a list there."""
    if style == "letter" and 1 <= number <= 26:
        return f"({chr(ord('a') + number - 1)})"
    return f"{number}."


def word_list_level(element: _Element) -> int | None:
    """Return the level, from 0, of a list paragraph that Word saved; None for other paragraphs."""
    match = _WORD_LEVEL.search(style_of(element))
    return max(int(match[1]) - 1, 0) if match else None


def is_word_marker(element: _Element) -> bool:
    """Whether an element has the marker of a list paragraph that Word saved, and nothing else."""
    if "mso-list:ignore" not in style_of(element):
        return False
    text = " ".join("".join(map(str, element.itertext())).split())
    return len(text) <= _MAX_MARKER and all(descendant.tag in _MARKER_TAGS for descendant in element.iter())


def marker_style(marker: str) -> str:
    """Return the style of a list with a typed marker."""
    if not any(character.isalnum() for character in marker) or marker in ("o", "§", "Ø", "ü", "q", "v", "n", "l"):
        return "bullet"
    if re.search(r"\d|[一二三四五六七八九十]", marker):
        return "number"
    if _ROMAN.fullmatch(marker) and not _LETTER.fullmatch(marker.replace("i", "").replace("I", "") or "-"):
        return "roman"
    return "letter" if _LETTER.fullmatch(marker) else "number"
