"""Markers typed before list items: bullets, numbers and letters, in Western and Chinese forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipdocs.locale.import_words import half_width
from ipdocs.locale.list_markers import CHINESE_DIGITS, COUNTERS, LARGEST_CHINESE

_BULLET = "•●◦▪■◆◇►▶➢➤✓✔‧∙·＊*－—–-"
_SPACED_BULLETS = ("*", "-", "–", "—")
"""Bullets that are markers only before a space, because text begins with them, too: -5 degrees."""

_CHINESE_NUMBER = f"(?:[二三四五六七八九]?十[{CHINESE_DIGITS}]?|[{CHINESE_DIGITS}])"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_BRACKETED_CHINESE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN = "(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_IN_BRACKETS = rf"(?:[0-9]{{1,2}}|{_CHINESE_NUMBER}|[{_STEMS}]|[{_BRANCHES}]|[a-z]|[A-Z]|{_ROMAN}|{_ROMAN.upper()})"
_MARKER = re.compile(
    rf"(?:\({_IN_BRACKETS}\)|(?:[0-9]{{1,2}}|[a-z]|[ivx]+)\)"
    # A full stop after a figure or letter ends a marker only before a space or a Chinese character: 17.5 per cent.
    rf"|(?:[0-9]{{1,2}}|[a-z]|[ivx]+)\.(?=[ \t\u3000])|[0-9]{{1,2}}\.(?=[\u3400-\u9fff「《“])"
    # A comma between numbers does not end a marker: 一、二月, 第一、二季.
    rf"|[0-9]{{1,2}}、(?![0-9])|第?{_CHINESE_NUMBER}、(?![零○一二三四五六七八九十百千兩两])|[{_STEMS}]、(?![{_STEMS}])"
    rf"|[{_CIRCLED}{_BRACKETED}{_BRACKETED_CHINESE}])[ \t\u3000]*(?=\S)"
)
_BULLET_MARKER = re.compile(rf"[{_BULLET}][ \t\u3000]*(?=[^\s{_BULLET}])")
_ITEM_BOUNDARY = re.compile(r"(?<=[;；。.])[ \t\u3000]*([•●◦▪■＊])[ \t\u3000]*(?=\S)")
_COUNTED = re.compile(r"([(第]?)([^()第、.]+)([).、]?)")


@dataclass(frozen=True, slots=True)
class MarkerReading:
    """A way to read a typed marker, such as (i), which is a Roman one or the ninth letter.

    Attributes:
        list_style: the style of the list: bullet, number, letter or roman.
        pattern: the marker that the first item of the list has, with half-width brackets; a bullet itself.
        number: the number of the item; 0 for a bullet.
    """

    list_style: str
    pattern: str
    number: int


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """The place of an item with a typed marker: the reading of its marker, its level, and whether it begins another list."""

    reading: MarkerReading
    level: int
    begins_list: bool


def find_list_marker(text: str) -> tuple[str, int] | None:
    """Return the list style of the marker at the start of a line, and the length of the marker; None if there is no marker.

    "*", "-", "–", "—" and numbers such as "1." are markers only if a space follows; "1." also before a Chinese character.
    """
    if match := _BULLET_MARKER.match(text):
        return None if match[0] in _SPACED_BULLETS else ("bullet", match.end())
    match = _MARKER.match(half_width(text[:12]) + text[12:])
    return (marker_readings(match[0])[0].list_style, match.end()) if match else None


@lru_cache(maxsize=2048)
def marker_readings(marker: str) -> tuple[MarkerReading, ...]:
    """Return the ways to read a typed marker, the likelier one first; there is at least one."""
    text = half_width(marker.strip())
    for characters, pattern in ((_CIRCLED, "①"), (_BRACKETED, "(1)"), (_BRACKETED_CHINESE, "(一)")):
        if text in characters and text:
            return (MarkerReading("number", pattern, characters.index(text) + 1),)
    match = _COUNTED.fullmatch(text)
    readings = []
    for list_style, first, write in _COUNTS if match and marker.strip() not in _BULLET else ():
        numbers = (number for number in range(1, LARGEST_CHINESE + 1) if match and write(number) == match[2])
        if match and (number := next(numbers, 0)):
            readings.append(MarkerReading(list_style, f"{match[1]}{first}{match[3]}", number))
    return tuple(readings) or (MarkerReading("bullet", text, 0),)


def _nth(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if number <= len(characters) else ""


_COUNTS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("number", "1", str),
    ("number", "一", COUNTERS["一"].write),
    ("roman", "i", COUNTERS["i"].write),
    ("roman", "I", COUNTERS["I"].write),
    ("letter", "a", COUNTERS["a"].write),
    ("letter", "A", COUNTERS["A"].write),
    ("letter", "甲", _nth(_STEMS)),
    ("roman", "子", _nth(_BRANCHES)),
)
"""The list style, the first number and the way to count of each kind of marker."""


def place_items(markers: Sequence[str]) -> Iterator[ItemPlace]:
    """Yield the place of each of a sequence of items with typed markers.

    A marker that counts on from an item on an open level is on that level. Another kind of marker that begins from 1 opens a
    level below. All others begin a list of their own, such as (b) at the start, or the second (1) of two lists.
    """
    open_levels: list[MarkerReading] = []
    readings = [marker_readings(marker) for marker in markers]
    for index, options in enumerate(readings):
        level, reading = _place(options, open_levels, readings[index + 1 : index + 1 + _ITEMS_AHEAD])
        begins_list = level < 0
        open_levels = [*open_levels[: max(level, 0)], reading]
        yield ItemPlace(reading, max(level, 0), begins_list)


_ITEMS_AHEAD = 60
"""The number of items in which the next item of the same kind is looked for."""


def _place(
    options: Sequence[MarkerReading], open_levels: Sequence[MarkerReading], following: Sequence[tuple[MarkerReading, ...]]
) -> tuple[int, MarkerReading]:
    """Return the level and the reading of an item; the level is -1 for an item that begins another list."""
    continuing = [
        (level, reading)
        for level in range(len(open_levels) - 1, -1, -1)
        for reading in options
        if _follows(reading, open_levels[level])
    ]
    opening = [reading for reading in options if reading.number <= 1 and reading.pattern not in _patterns(open_levels)]
    if continuing and opening and _comes_first(opening[0], continuing[0][1], following):
        continuing = []
    if continuing:
        return continuing[0]
    if opening and open_levels:
        return len(open_levels), opening[0]
    firsts = [reading for reading in options if reading.number <= 1] or list(options)
    letters = [reading for reading in options if reading.list_style == "letter"]
    if len(options) > 1 and letters and _comes_first(letters[0], firsts[0], following):
        return -1, letters[0]
    return -1, firsts[0]


def _follows(reading: MarkerReading, before: MarkerReading) -> bool:
    return reading.pattern == before.pattern and reading.number == before.number + (reading.list_style != "bullet")


def _patterns(readings: Sequence[MarkerReading]) -> set[str]:
    return {reading.pattern for reading in readings}


def _comes_first(first: MarkerReading, second: MarkerReading, following: Sequence[tuple[MarkerReading, ...]]) -> bool:
    """Whether the next item that counts on from `first` comes before the next one that counts on from `second`."""
    for options in following:
        if any(_follows(reading, second) for reading in options):
            return False
        if any(_follows(reading, first) for reading in options):
            return True
    return False


def split_list_items(text: str) -> list[tuple[str, str]]:
    """Split a line into its list items, each with the bullet before it: a bullet after a full stop begins another item."""
    first, *others = _ITEM_BOUNDARY.split(text)
    return [("", first.strip()), *((bullet, item.strip()) for bullet, item in zip(others[::2], others[1::2], strict=True))]
