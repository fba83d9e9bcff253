"""Whether two values in texts of different languages are equal, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

from ipdocs.values import types
from ipdocs.values.numerals import read_chinese
from ipdocs.values.value_span import ValueSpan

_YEAR = re.compile("[0-9]{4}|年")


def range_ends(value_span: ValueSpan) -> list[ValueSpan]:
    """Return the beginning and the end of a range as two value spans, or an empty list for a value that is no range."""
    match value_span.value:
        case types.DateRange(first, last) | types.TimeRange(first, last):
            return [ValueSpan(value, value_span.surface, value_span.start, value_span.end) for value in (first, last)]
        case types.Years(first_year, last_year) if first_year != last_year:
            return [
                ValueSpan(types.Years(year, year), value_span.surface, value_span.start, value_span.end)
                for year in (first_year, last_year)
            ]
    return []


def has_end(range_span: ValueSpan, value_span: ValueSpan) -> bool:
    """Whether a range begins or ends with the value of a value span."""
    return any(are_equal(end, value_span) for end in range_ends(range_span))


def are_equal(first: ValueSpan, second: ValueSpan) -> bool:
    """Whether two value spans state the same value.

    One of two dates may lack the year. Labels are compared by their letters and figures only. The kind of a single number is
    ignored: 第三 equals "three".
    """
    match first.value, second.value:
        case types.Date(year, month, day), types.Date(second_year, second_month, second_day):
            both_state_year = _YEAR.search(first.surface) and _YEAR.search(second.surface)
            return (month, day) == (second_month, second_day) and (year == second_year or not both_state_year)
        case types.DateRange(), types.DateRange():
            return all(are_equal(*ends) for ends in zip(range_ends(first), range_ends(second), strict=True))
        case (types.Percent(), types.Label()) | (types.Label(), types.Percent()):
            return share(first.value) == share(second.value)
        case types.Money() | types.Percent() | types.Label(), types.Money() | types.Percent() | types.Label():
            return (
                _label_key(first) == _label_key(second) if isinstance(first.value, types.Label) else first.value == second.value
            )
    return first.value == second.value or ((number := bare_number(first)) is not None and number == bare_number(second))


ValueIndex = Mapping[Hashable, list[ValueSpan]]
"""Value spans, keyed by what they have in common with every equal one."""


def index_values(value_spans: Iterable[ValueSpan]) -> ValueIndex:
    """Return an index of value spans; a range is also found by its beginning and its end.

    Without an index, the time to compare two texts would be quadratic in the number of their values.
    """
    index: dict[Hashable, list[ValueSpan]] = {}
    for value_span in value_spans:
        for key in {key for span in (value_span, *range_ends(value_span)) for key in _keys(span)}:
            index.setdefault(key, []).append(value_span)
    return index


def find_values(index: ValueIndex, value_span: ValueSpan) -> list[ValueSpan]:
    """Return the value spans of an index that may equal a value span, or begin or end with its value."""
    found = {(span.start, span.end): span for key in _keys(value_span) for span in index.get(key, ())}
    return list(found.values())


def _keys(value_span: ValueSpan) -> set[Hashable]:
    """Return keys of a value: two values that `are_equal` have at least one in common."""
    value = value_span.value
    keys: set[Hashable] = {value, ("number", bare_number(value_span))}
    match value:
        case types.Date():
            keys.add(("day", value.month, value.day))
        case types.DateRange(first, last):
            keys.add(("days", first.month, first.day, last.month, last.day))
        case types.Money() | types.Percent() | types.Label():
            keys |= {("label", _label_key(value_span)), ("share", share(value))}
    return keys - {("number", None), ("share", None)}


_FRACTION = re.compile("([0-9]{1,9})/([0-9]{1,9})")
_AGE = re.compile("[1-9]0s")
_FRACTION_OR_DECADE = re.compile("[0-9]+/[0-9]+|[0-9]{4}s|[0-9]+:[0-9]{2}[.][0-9]+")
_CHINESE_NUMBERS = re.compile("[一二三四五六七八九十百]+")


def share(value: types.Value) -> Fraction | None:
    """Return a percentage or a fraction such as one-tenth as a part of 1; None for another value."""
    match value:
        case types.Percent(number):
            return Fraction(number) / 100
        case types.Label(text) if match := _FRACTION.fullmatch(text):
            return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    return None


def is_fraction_or_decade(value_span: ValueSpan) -> bool:
    """Whether a label is a fraction, a decade or a time in sports: its text (2/3, 1990s, 6:58.4) is the same in all languages."""
    return isinstance(value_span.value, types.Label) and _FRACTION_OR_DECADE.fullmatch(value_span.value.text) is not None


def _label_key(value_span: ValueSpan) -> str:
    """Return the letters and figures of a label, such as 2 for 第二."""
    number = read_chinese(value_span.surface)
    if number is not None:
        return str(number)
    if isinstance(value_span.value, types.Label) and is_fraction_or_decade(value_span):
        return value_span.value.text
    surface = _CHINESE_NUMBERS.sub(lambda match: str(read_chinese(match[0]) or match[0]), value_span.surface)
    key = "".join(character for character in surface if character.isalnum()).lower().removesuffix("年")
    return key.removesuffix("s") if _AGE.fullmatch(key) else key


def bare_number(value_span: ValueSpan) -> float | None:
    """Return the number in a value without its unit, or None if the value is not a single number."""
    match value_span.value:
        case types.Integer(number) | types.Decimal(number) | types.Count(number) | types.Ordinal(number):
            return float(number)
        case types.Money(_, amount):
            return float(amount)
        case types.Percent(number):
            return float(number) / 100
        case types.Years(first, last) if first == last:
            return float(first)
        case types.Label():
            key = (
                _label_key(value_span)
                if "分之" not in value_span.surface
                else str(read_chinese(value_span.surface.partition("分之")[0]))
            )
            return float(key) if key.isdecimal() else None
    return None
