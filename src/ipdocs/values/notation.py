"""Read and write the notation of values in sources: `2018-08-21`, `HKD 14000000`, `2018-2019`, `3 to 5`."""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Literal

from ipdocs.values.types import (
    HONG_KONG,
    Date,
    DateRange,
    DateTime,
    Decimal,
    Fraction,
    Integer,
    Money,
    Ordinal,
    Percent,
    Period,
    Phone,
    Series,
    SeriesItem,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)

_DIGITS = re.compile(r"[0-9]+")
_SIGNED_DIGITS = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MONEY = re.compile(r"([A-Z]{3}) (-?[0-9]+(?:\.[0-9]+)?)")
_PERIOD = re.compile(r"([0-9]{4})-(Q[1-4]|H[12])|([0-9]{3}0)s")
_FRACTION = re.compile(r"([0-9]+)/([0-9]+)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_PHONE = re.compile(r"\+?[0-9() -]*[0-9]")
# In characters. No amount in a document is longer; a longer number is probably a mistake.
_MAX_LENGTH = 18


def parse_value(kind: str, text: str) -> Value:
    """Parse a value of the given kind, such as date, money or years.

    Raises:
        ValueError: the text is not a value of this kind; the message can be used in a finding and includes an example.
    """
    if parser := PARSERS.get(kind):
        return parser(text.strip())
    raise ValueError(f"there is no kind of value {kind!r}; the kinds are {', '.join(PARSERS)}")


def _parse_whole_number(text: str, example: str, digits: re.Pattern[str] = _DIGITS) -> int:
    if not digits.fullmatch(text) or not text.isascii():
        raise ValueError(f"{text!r} is not a whole number; write digits only, such as {example}")
    return int(_check_length(text))


def _parse_number(text: str, example: str) -> decimal.Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number; write digits and a decimal point only, such as {example}")
    return decimal.Decimal(_check_length(text))


def _check_length(text: str) -> str:
    if len(text) > _MAX_LENGTH:
        raise ValueError(f"the number is {len(text)} characters long; write at most {_MAX_LENGTH}")
    return text


def _parse_range(text: str, parse: Callable[[str], SeriesItem]) -> SeriesItem | Series:
    """Parse a number or a range of numbers, such as 3 to 5."""
    values = tuple(parse(part) for part in text.split(" to "))
    if len(values) == 1:
        return values[0]
    if len(values) > 2:
        raise ValueError(f"{text!r} has more than two ends; write a range such as 3 to 5")
    if _rank(values[0]) >= _rank(values[1]):
        raise ValueError(f"the range {text} does not end above its start; write the lower number first")
    return Series(values, "to")


def _rank(value: SeriesItem) -> Any:
    """Return the key by which the values of a series are in order."""
    match value:
        case Money():
            return value.amount
        case Date():
            return value.year, value.month, value.day or 0
        case _:
            return value.number


def _parse_series(text: str, parse: Callable[[str], SeriesItem], noun: str) -> SeriesItem | Series:
    """Parse a day or month, a range such as "A to B", or a list such as "A and B and C"."""
    joined: Literal["and", "to"] = "to" if " to " in text else "and"
    values = tuple(parse(part) for part in text.split(f" {joined} "))
    if len(values) == 1:
        return values[0]
    if joined == "to" and len(values) > 2:
        raise ValueError(f"{text!r} has more than two ends; join {noun} of a list with and")
    if len({*values}) < len(values):
        raise ValueError(f"{text!r} has the same one twice")
    return Series(values, joined)


def _parse_dates(text: str) -> SeriesItem | Series:
    value = _parse_series(text, _parse_date, "days")
    if isinstance(value, Series):
        days = [day for day in value.values if isinstance(day, Date)]
        if len({day.day is None for day in days}) > 1:
            raise ValueError(f"{text!r} has both a day and a month; write all with a day, or all without")
        if any(_rank(first) > _rank(second) for first, second in pairwise(days)):
            raise ValueError(
                f"the range {text} ends before it begins"
                if value.joined == "to"
                else f"the dates {text} are not in order; write the earliest first"
            )
    return value


def _parse_weekday(text: str) -> Weekday:
    name = text.capitalize()
    if name not in _DAYS:
        raise ValueError(f"{text!r} is not a day of the week; write its English name, such as Monday")
    return Weekday(_DAYS.index(name))


def _parse_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text)
    if not match:
        raise ValueError(
            f"{text!r} is not a quarter, a half of a year or a decade; write, for example, 2026-Q3, 2026-H1 or 1990s"
        )
    if match[3]:
        return Period(int(match[3]), "decade")
    return Period(int(match[1]), match[2])  # type: ignore[arg-type]  # the pattern has no other parts


def _parse_fraction(text: str) -> Fraction:
    match = _FRACTION.fullmatch(text)
    numerator, denominator = (int(match[1]), int(match[2])) if match and len(text) <= _MAX_LENGTH else (0, 0)
    if not 0 < numerator < denominator:
        raise ValueError(f"{text!r} is not a fraction below 1; write two whole numbers, such as 2/3")
    return Fraction(numerator, denominator)


def _parse_ordinal(text: str) -> Ordinal:
    number = _parse_whole_number(text, "17")
    if number == 0:
        raise ValueError("0 is not an ordinal; write 1 or a larger number")
    return Ordinal(number)


def _parse_money(text: str) -> Money | Series:
    """Parse an amount, or a range of amounts whose currency is written once: HKD 500 to 800."""
    start, *ends = text.split(" to ")
    currency = start.partition(" ")[0]
    amounts = tuple(_parse_amount(amount) for amount in (start, *(f"{currency} {end}" for end in ends)))
    if not ends:
        return amounts[0]
    if len(amounts) > 2 or amounts[0].amount >= amounts[1].amount:
        raise ValueError(f"{text!r} is not a range of amounts; write the lower amount first, such as HKD 500 to 800")
    return Series(amounts, "to")


def _parse_amount(text: str) -> Money:
    match = _MONEY.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not an amount of money; write a currency and a number, such as HKD 14000000")
    return Money(match[1], decimal.Decimal(_check_length(match[2])))


def _parse_date(text: str) -> Date:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date; write year, month and day, such as 2018-08-21, or a month, such as 2003-08")
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    try:
        date(year, month, day or 1)
    except ValueError as error:
        raise ValueError(f"there is no {'day' if match[3] else 'month'} {text}: {error}") from error
    if day == 0:
        raise ValueError(f"there is no day {text}: days begin at 01")
    return Date(year, month, day)


def _parse_datetime(text: str) -> DateTime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date and time; write 2018-08-22T18:30+08:00 ({error})") from error
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; add the time zone of Hong Kong, such as 2018-08-22T18:30+08:00")
    try:
        moment.astimezone(HONG_KONG)
    except OverflowError as error:
        raise ValueError(f"{text!r} is not a possible date in Hong Kong") from error
    return DateTime(moment)


def _parse_time(text: str) -> Time | TimeRange:
    first, dash, last = text.partition("-")
    if not dash:
        return _parse_time_of_day(text)
    span = TimeRange(_parse_time_of_day(first), _parse_time_of_day(last))
    if span.last < span.first and not span.is_overnight:
        raise ValueError(f"the range {text} ends before it begins")
    return span


def _parse_time_of_day(text: str) -> Time:
    match = _TIME.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(
            f"{text!r} is not a time of day; write hours and minutes, such as 14:30, or a range, such as 14:30-16:00"
        )
    return Time(int(match[1]), int(match[2]))


def _parse_years(text: str) -> Years:
    match = _YEARS.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a span of years; write two full years, such as 2018-2019, or one, such as 2018")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise ValueError(f"the span {text} ends before it begins")
    return Years(first, last)


def _parse_phone(text: str) -> Phone:
    if not _PHONE.fullmatch(text):
        raise ValueError(f"{text!r} is not a telephone number; write digits and spaces, such as 2961 4500 or +852 2961 4500")
    return Phone(text)


PARSERS: dict[str, Callable[[str], Value]] = {
    "integer": lambda text: _parse_range(text, lambda part: Integer(_parse_whole_number(part, "1400", _SIGNED_DIGITS))),
    "decimal": lambda text: _parse_range(text, lambda part: Decimal(_parse_number(part, "3.9"))),
    "ordinal": _parse_ordinal,
    "fraction": _parse_fraction,
    "percent": lambda text: _parse_range(text, lambda part: Percent(_parse_number(part, "3.9"))),
    "money": _parse_money,
    "date": _parse_dates,
    "weekday": lambda text: _parse_series(text, _parse_weekday, "days"),
    "period": _parse_period,
    "datetime": _parse_datetime,
    "time": _parse_time,
    "years": _parse_years,
    "phone": _parse_phone,
}
"""The parsers of values that are a single scalar in a source, keyed by kind. Persons, links and terms are mappings instead."""


def notation(value: Value) -> str:
    """Return a value in the notation of sources; `parse_value` parses this notation.

    Raises:
        ValueError: sources have no notation for the value, such as a date without a year.
    """
    match value:
        case Integer() | Ordinal():
            return str(value.number)
        case Decimal() | Percent():
            return f"{value.number:f}"
        case Money():
            return f"{value.currency} {value.amount:f}"
        case Date(int(), _, _):
            return f"{value.year:04}-{value.month:02}" + (f"-{value.day:02}" if value.day else "")
        case DateTime():
            return value.moment.isoformat(timespec="minutes")
        case Time():
            return f"{value.hour:02}:{value.minute:02}"
        case TimeRange():
            return f"{notation(value.first)}-{notation(value.last)}"
        case Years():
            return f"{value.first}-{value.last}" if value.first != value.last else str(value.first)
        case Phone():
            return value.number
        case Series() | DateRange() | Weekday() | Period() | Fraction():
            return _notation_of_words(value)
        case _:
            raise ValueError(f"there is no notation for {value} in sources")


def _notation_of_words(value: Series | DateRange | Weekday | Period | Fraction) -> str:
    match value:
        case Series((Money(currency, _), *_)):
            return f"{currency} " + " to ".join(notation(amount).removeprefix(f"{currency} ") for amount in value.values)
        case DateRange(first, last, joined):
            return f"{notation(first)} {joined} {notation(last)}"
        case Series():
            return f" {value.joined} ".join(map(notation, value.values))
        case Weekday():
            return _DAYS[value.number]
        case Period():
            return f"{value.year}s" if value.part == "decade" else f"{value.year}-{value.part}"
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
