"""Write values as people type them into a form: 21 Aug 2018, 3.9 %, $14 million, 2018 to 2019."""

from __future__ import annotations

import calendar
import decimal

from ipdocs.values.notation import notation
from ipdocs.values.numerals import ordinal_suffix
from ipdocs.values.types import (
    Date,
    DateTime,
    Decimal,
    Integer,
    Money,
    Ordinal,
    Percent,
    Series,
    TimeRange,
    Value,
    Years,
)

_SYMBOLS = {"HKD": "$", "USD": "US$", "EUR": "€", "GBP": "£"}
_MILLION = decimal.Decimal(1_000_000)


def everyday_form(value: Value) -> str:
    """Return a value as people type it.

    Raises:
        ValueError: sources have no notation for the value, such as a date without a year.
    """
    match value:
        case Integer():
            return f"{value.number:,}" if abs(value.number) > 9999 else str(value.number)
        case Decimal():
            return f"{value.number:f}"
        case Percent():
            return f"{value.number:f} %"
        case Ordinal():
            return f"{value.number}{ordinal_suffix(value.number)}"
        case Money():
            return _amount(value)
        case Date(int(), _, _):
            return " ".join(filter(None, (str(value.day or ""), calendar.month_abbr[value.month], str(value.year))))
        case DateTime():
            return f"{everyday_form(value.date)}, {notation(value.time)}"
        case TimeRange():
            return f"{notation(value.first)} to {notation(value.last)}"
        case Years() if value.first != value.last:
            return f"{value.first} to {value.last}"
        case Series():
            return f" {value.joined} ".join(map(everyday_form, value.values))
        case _:
            return notation(value)


def _amount(value: Money) -> str:
    symbol = _SYMBOLS.get(value.currency, f"{value.currency} ")
    millions = value.amount / _MILLION
    if millions >= 1 and millions == round(millions, 3):
        return f"{symbol}{millions.normalize():f} million"
    return f"{symbol}{value.amount:,f}"
