"""Find the fields of dates and times in matches, and convert them to CLDR patterns and numbers."""

from __future__ import annotations

import re
from collections import ChainMap
from dataclasses import dataclass

from ipdocs.values.numerals import TO_ARABIC, read_chinese

# fmt: off
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: on
_MONTH_NUMBERS = ChainMap(*({name: number, name[:3]: number} for number, name in enumerate(MONTHS, 1)))
_WEEKDAY_NUMBERS = {name[:3]: number for number, name in enumerate(WEEKDAYS)} | {
    day: number for number, day in enumerate("一二三四五六日")
}
_FIELD_GROUP = re.compile(r"(?P<kind>[a-z]+)_(?P<letter>[yMdEhHmaz])\d?")

FieldGroups = dict[str, tuple[str, ...]]
"""The names of the groups that are fields, keyed by kind of value: date_y and date_M for "date"."""


def field_groups(pattern: re.Pattern[str]) -> FieldGroups:
    """Return the names of the field groups in a pattern, keyed by kind; a name is <kind>_<letter> with an optional digit."""
    groups: dict[str, list[str]] = {}
    for name in pattern.groupindex:
        if match := _FIELD_GROUP.fullmatch(name):
            groups.setdefault(match["kind"], []).append(name)
    return {kind: tuple(names) for kind, names in groups.items()}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a match.

    Attributes:
        pattern: the CLDR pattern of the match; | separates the start and end of a range.
        first: the text of each field, keyed by letter; in a range, only the fields of the start.
        last: the text of each field in the end of a range, keyed by letter.
    """

    pattern: str
    first: dict[str, str]
    last: dict[str, str]


def match_fields(match: re.Match[str], kind: str, groups: FieldGroups) -> Fields:
    """Return the fields of a match, and the match as a CLDR pattern, in which Latin words are quoted.

    The group with the letter z marks where the end of a range begins; it becomes | in the pattern.
    """
    text, position = match.string, match.start(kind)
    spans = sorted((*match.span(name), name[len(kind) + 1]) for name in groups[kind] if match.start(name) >= 0)
    parts: list[str] = []
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for start, end, letter in spans:
        surface = text[start:end]
        parts += _quote(text[position:start]), _cldr_field(letter, surface)
        (last if "|" in parts else first)[letter] = surface
        position = end
    return Fields("".join(parts) + _quote(text[position : match.end(kind)]), first, last)


def _quote(words: str) -> str:
    return "'" + words.replace("'", "''") + "'" if re.search("[A-Za-z']", words) else words


def _cldr_field(letter: str, surface: str) -> str:
    """Return the CLDR field that writes a value in the same way as the surface: MMMM for August, mm for 05."""
    match letter:
        case "z":
            return "|"
        case "E":
            return {1: "EEEEE", 3: "EEEE" if surface[0] == "星" else "EEE"}.get(len(surface), "EEEE")
        case "M" if surface in _MONTH_NUMBERS:
            return "MMM" if len(surface) == 3 and surface != "May" else "MMMM"
        case "a":
            return "aaaaa" if len(surface) == 1 else "a"
        case "y":
            return "yy" if len(surface) == 2 else "y"
        case "m":
            return "m" if len(surface) == 1 and surface != "十" else "mm"
        case _:
            return letter * 2 if len(surface) == 2 and surface[0] in "0零○〇" else letter


def field_number(letter: str, surface: str) -> int:
    """Return the number that a field states: 8 for August and 八, 1 for Tuesday, 2018 for 二○一八."""
    if letter == "M" and surface in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[surface]
    if letter == "E":
        return _WEEKDAY_NUMBERS[surface[:3] if surface.isascii() else surface[-1].replace("天", "日")]
    digits = surface.translate(TO_ARABIC)
    if digits.isdecimal():
        return int(digits)
    return read_chinese(surface.lstrip("零○〇")) or 0


def has_chinese_numerals(fields: Fields) -> bool:
    """Whether a field has Chinese numerals."""
    return any(
        text[0] in "零○〇一二三四五六七八九十廿卅"
        for letter, text in (*fields.first.items(), *fields.last.items())
        if letter not in "Eaz"
    )
