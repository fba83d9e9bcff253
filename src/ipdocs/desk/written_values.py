"""Read values as people write them: 21 Aug 2018, 3.9 %, $14 million, 2018 to 2019, 百分之三點九."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ipdocs.importing.fact_proposals import fact_type
from ipdocs.importing.stated_values import StatedValue, stated_ranges, stated_values
from ipdocs.values.notation import PARSERS, notation, parse_value
from ipdocs.values.types import Date, DateTime, Decimal, Integer, Ordinal, Percent, Time, Value, Years
from ipdocs.values.value_context import ValueContext

WrittenValue = tuple[str, str]
"""The type of a fact and its value in the notation of sources: ("date", "2018-08-21")."""
_UNMISTAKABLE = ("date", "datetime", "period", "money", "fraction")
"""Types whose notation is read before the languages are asked, because it is not the notation of any other type."""
_LIKE_A_DATE = re.compile(r"\d{4}-\d\d?(?:-\d\d?)?")
"""A month or day that does not exist would otherwise be a telephone number."""
_BETWEEN_DAY_AND_TIME = re.compile(r",? (?:at )?")


def read_value(text: str, contexts: Iterable[ValueContext], kind: str = "", currency: str = "HKD") -> WrittenValue | None:
    """Return the type and notation of a value as a person writes it, or None if it is not one value.

    Args:
        text: the value.
        contexts: the languages in which it may be written, each with its house style and the day of issue.
        kind: the type that the value should have. The result has another type if the text is plainly a value of that type.
        currency: the currency of an amount that is written as a number only.
    """
    text = text.strip()
    for name in (kind, *_UNMISTAKABLE) if kind else _UNMISTAKABLE:
        if name in PARSERS and (read := _in_notation(name, text)):
            return name, read
    if kind and kind not in PARSERS:
        return (kind, text) if text else None
    values = [value for context in contexts for value in _stated_as_whole(text, context)]
    for value in values:
        if kind and (fitting := _as_kind(value, kind, currency)):
            return kind, fitting
    if natural := next(filter(None, map(_as_its_kind, values)), None):
        return natural
    if _LIKE_A_DATE.fullmatch(text):
        return None
    return next(((name, read) for name in PARSERS if (read := _in_notation(name, text))), None)


def _in_notation(kind: str, text: str) -> str | None:
    try:
        return notation(parse_value(kind, text))
    except ValueError:
        return None


def _stated_as_whole(text: str, context: ValueContext) -> Iterator[Value]:
    """Yield the value that the whole of a text states in a language."""
    stated = list(stated_values((text,), context, stated_ranges((text,), context)))
    if len(stated) == 1 and stated[0].surface == text:
        yield stated[0].value
    if len(stated) == 2 and (moment := _moment(text, *stated)):
        yield moment


def _moment(text: str, first: StatedValue, second: StatedValue) -> Value | None:
    """Return the date and time that a text states by a day and a time of day."""
    is_whole = first.start == 0 and second.end == len(text) and _BETWEEN_DAY_AND_TIME.fullmatch(text, first.end, second.start)
    if not is_whole or not isinstance(first.value, Date) or not isinstance(second.value, Time):
        return None
    try:
        return parse_value("datetime", f"{notation(first.value)}T{notation(second.value)}+08:00")
    except ValueError:
        return None


def _as_kind(value: Value, kind: str, currency: str) -> str | None:
    """Return a value in the notation of a type, or None if it is not of this type."""
    match value:
        case Years(first, last) if first == last and kind in ("integer", "decimal"):
            return str(first)
        case Integer() | Ordinal() if kind in ("integer", "ordinal", "decimal", "percent"):
            return _in_notation(kind, str(value.number))
        case Decimal() if kind in ("decimal", "percent"):
            return notation(value)
        case Integer() | Decimal() if kind == "money":
            return _in_notation(kind, f"{currency} {value.number}")
        case Percent() if kind == "decimal":
            return notation(value)
    natural = _as_its_kind(value)
    return natural[1] if natural and natural[0] == kind else None


def _as_its_kind(value: Value) -> WrittenValue | None:
    """Return the type and notation of a value, or None if no fact can hold it, as a day that does not exist."""
    try:
        kind = "datetime" if isinstance(value, DateTime) else fact_type(value)
        read = _in_notation(kind, notation(value))
    except (KeyError, ValueError):
        return None
    return (kind, read) if read else None
