"""Markers of list items, written as the marker of the first item: (1), （一）, (a), (i)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass


def _alphabetic(number: int) -> str:
    letters = ""
    while number:
        number, index = divmod(number - 1, 26)
        letters = chr(ord("a") + index) + letters
    return letters


_ROMAN = {
    "m": 1000,
    "cm": 900,
    "d": 500,
    "cd": 400,
    "c": 100,
    "xc": 90,
    "l": 50,
    "xl": 40,
    "x": 10,
    "ix": 9,
    "v": 5,
    "iv": 4,
    "i": 1,
}


def _roman(number: int) -> str:
    numeral = ""
    for letters, value in _ROMAN.items():
        numeral += letters * (number // value)
        number %= value
    return numeral


CHINESE_DIGITS = "一二三四五六七八九"
LARGEST_CHINESE = 99
"""The largest number that is written in Chinese numerals; larger numbers are in figures."""


def _chinese(number: int) -> str:
    if number > LARGEST_CHINESE:
        return str(number)
    tens, ones = divmod(number, 10)
    return (CHINESE_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (CHINESE_DIGITS[ones - 1] if ones else "")


@dataclass(frozen=True, slots=True)
class Counter:
    """A way to count: the name of the CSS counter style, the HTML type of the list, and the function that writes a number."""

    css: str
    html_type: str
    write: Callable[[int], str]


COUNTERS = {
    "1": Counter("decimal", "1", str),
    "一": Counter("trad-chinese-informal", "1", _chinese),
    "a": Counter("lower-alpha", "a", _alphabetic),
    "A": Counter("upper-alpha", "A", lambda number: _alphabetic(number).upper()),
    "i": Counter("lower-roman", "i", _roman),
    "I": Counter("upper-roman", "I", lambda number: _roman(number).upper()),
}
"""The counters, keyed by how each writes 1."""

_PATTERN = re.compile(rf"([^\w\s]*)([{''.join(COUNTERS)}])([^\w\s]+)")
_WIDTHS = {"i": 0.28, "l": 0.28, "(": 0.34, ")": 0.34, ".": 0.25, "m": 0.78}
"""Widths of narrow and wide characters as fractions of the font size; other half-width characters have half of it."""

_GAP = 0.25
"""The space between marker and text as a fraction of the font size."""


@dataclass(frozen=True, slots=True)
class ListMarker:
    """The text before the number of an item, the counter, and the text after the number with the space before the item."""

    prefix: str
    counter: Counter
    suffix: str

    def text(self, number: int) -> str:
        """Return the marker of the item with a number."""
        return f"{self.prefix}{self.counter.write(number)}{self.suffix}"


def parse_marker(pattern: str) -> ListMarker:
    """Return the marker for a pattern, which is the marker of the first item; a space follows a half-width mark.

    Raises:
        ValueError: the pattern is not a number from 1, 一, a, A, i or I with a mark after it.
    """
    match = _PATTERN.fullmatch(pattern)
    if not match:
        raise ValueError(f"{pattern!r} is not the marker of a first item, such as (1), （一）, (a) or (i)")
    is_wide = unicodedata.east_asian_width(match[3][-1]) in "WF"
    return ListMarker(match[1], COUNTERS[match[2]], match[3] + ("" if is_wide else " "))


def marker_width(pattern: str, first: int, last: int) -> int:
    """Return the room for the markers of the items from `first` to `last`, in Chinese characters."""
    marker = parse_marker(pattern)
    return math.ceil(max(_width(marker.text(number)) for number in range(first, last + 1)))


def _width(text: str) -> float:
    return sum(
        1 if unicodedata.east_asian_width(character) in "WF" else _GAP if character == " " else _WIDTHS.get(character, 0.5)
        for character in text
    )
