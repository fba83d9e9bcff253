"""Dates, times, weekdays and spans of years as slots: one reader for each kind, the same in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from ipdocs.values.dates import PARTS_OF_DAY, RELATIVE_DAYS, joining_word
from ipdocs.values.fields import Fields, field_number, has_chinese_numerals, match_fields
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.slot import NumeralReading, Slot, slot_of_group
from ipdocs.values.types import Date, DateRange, Label, RelativeDay, Time, TimeRange, Value, Weekday, Years

# "21st" would keep its letters beside another day.
_ENGLISH_ORDINAL = re.compile("d'(?:st|nd|rd|th)")


def _slot(match: re.Match[str], group: str, value: Value, kind: Kind, found: Fields, reading: NumeralReading) -> Slot:
    return slot_of_group(
        match, group, value, Form(kind, _locale(found, reading), found.pattern, _numerals(match[group], found, reading))
    )


def _locale(found: Fields, reading: NumeralReading) -> str:
    """Return the locale that spells am and pm as the match does: Babel's en has capitals, en_HK has none."""
    half = found.first.get("a") or found.last.get("a") or ""
    return "en" if half.isascii() and half.isupper() else reading.locale


def _numerals(surface: str, found: Fields, reading: NumeralReading) -> Numerals:
    if not has_chinese_numerals(found):
        return Numerals("arabic")
    zero = next((sign for sign in surface if sign in "零○〇"), "")
    return Numerals("chinese", zero=zero or reading.zero, zero_in_years=zero or reading.zero_in_years)


def _number(texts: dict[str, str], letter: str) -> int | None:
    return field_number(letter, texts[letter]) if letter in texts else None


def date(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of a day or month; it is frozen where its weekday contradicts it or its day has an ordinal's letters."""
    found = match_fields(match, "date", reading.groups)
    value = _day(found.first, reading)
    if _ENGLISH_ORDINAL.search(found.pattern):
        return slot_of_group(match, "date", value, None)
    return _slot(match, "date", value, "date", found, reading)


def _day(texts: dict[str, str], reading: NumeralReading) -> Date:
    return reading.with_year(_number(texts, "y"), _number(texts, "M") or 0, _number(texts, "d"))


def dates(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of two days named together; each takes from the other the month or year that stands once."""
    found = match_fields(match, "dates", reading.groups)
    first, last = _day(found.last | found.first, reading), _day(found.first | found.last, reading)
    return _slot(match, "dates", DateRange(first, last, joining_word(found.pattern)), "dates", found, reading)


def time(match: re.Match[str], reading: NumeralReading) -> Slot | None:
    """Return the slot of a time of day, None for hours that no clock has."""
    found = match_fields(match, "time", reading.groups)
    value = _clock(found.first, match["time"])
    return _slot(match, "time", value, "time", found, reading) if value else None


def times(match: re.Match[str], reading: NumeralReading) -> Slot | None:
    """Return the slot of a range of times; where am or pm stands once, the other end is the nearest that fits."""
    found = match_fields(match, "times", reading.groups)
    surface, middle = match["times"], match.start("times_z") - match.start("times")
    first, last = _clock(found.first, surface[:middle]), _clock(found.last, surface[middle:])
    if not first or not last:
        return None
    if "h" in found.first and not _says_half(found.first, surface[:middle]):
        first = max((one for one in _halves(first) if one < last), default=first)
    if "h" in found.last and not _says_half(found.last, surface[middle:]):
        last = min((one for one in _halves(last) if one > first), default=last)
    return _slot(match, "times", TimeRange(first, last), "times", found, reading)


def _says_half(texts: dict[str, str], surface: str) -> bool:
    return "a" in texts or any(words in surface for words in PARTS_OF_DAY)


def _halves(stated: Time) -> tuple[Time, Time]:
    """Return the two times of day that a time by the twelve-hour clock can be."""
    return Time(stated.hour % 12, stated.minute), Time(stated.hour % 12 + 12, stated.minute)


def _clock(texts: dict[str, str], surface: str) -> Time | None:
    hour = _number(texts, "h") if "h" in texts else _number(texts, "H")
    minute = _number(texts, "m") or (30 if "半" in surface else 0)
    part = next((hours for words, hours in PARTS_OF_DAY.items() if words in surface), None)
    half = texts.get("a", "")
    if hour is None:
        hour = part.start if part else 24
    elif half:
        hour = hour % 12 + (12 if half[0] in "pP下" else 0) if hour <= 12 else 24
    elif part:
        hour = next((one for one in (hour, hour % 12, hour % 12 + 12) if one in part), hour)
    return Time(hour, minute) if hour < 24 and minute < 60 else None


def years(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of a span of years; 1999-00 ends in 2000, and what would end before it begins is a label."""
    found = match_fields(match, "years", reading.groups)
    first, last = field_number("y", found.first["y"]), field_number("y", found.last["y"])
    if len(found.last["y"]) == 2:
        last += first // 100 * 100 + (100 if last == 0 else 0)
    if last <= first:
        return slot_of_group(match, "years", Label(match["years"]), None)
    return _slot(match, "years", Years(first, last), "years", found, reading)


def year(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of a single year."""
    found = match_fields(match, "year", reading.groups)
    stated = field_number("y", found.first["y"])
    return _slot(match, "year", Years(stated, stated), "years", found, reading)


def weekday(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of a day of the week."""
    found = match_fields(match, "weekday", reading.groups)
    return _slot(match, "weekday", Weekday(field_number("E", found.first["E"])), "weekday", found, reading)


def relative(match: re.Match[str], reading: NumeralReading) -> Slot:
    """Return the slot of yesterday, today or tomorrow."""
    surface = match["relative"]
    today, words = next((today, words) for today, words in RELATIVE_DAYS.items() if surface in words)
    value = RelativeDay(words.index(surface) - 1)
    return slot_of_group(match, "relative", value, Form("relative", reading.locale, today, Numerals("words")))


READERS: dict[str, Callable[[re.Match[str], NumeralReading], Slot | None]] = {
    "dates": dates,
    "date": date,
    "times": times,
    "time": time,
    "years": years,
    "year": year,
    "weekday": weekday,
    "relative": relative,
}
