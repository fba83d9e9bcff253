"""The forms that a house style prescribes for values."""

from __future__ import annotations

import decimal

from ipdocs.locale.style import LanguageStyle
from ipdocs.values.form import CannotRender, Form, Numerals
from ipdocs.values.numbers import fits_scale
from ipdocs.values.types import Count, Date, Decimal, Integer, Money, Time, TimeRange, Years


def numerals(section: LanguageStyle, kind: str, number: int | decimal.Decimal = 0) -> Numerals:
    """Return the numerals for a kind of value in a house style.

    The number decides between words and digits, and whether there is a scale word. In Chinese, a measure word follows a count
    or number, and therefore 2 is 兩.
    """
    system = getattr(section.numerals, kind)
    if system == "words" and (number > section.words_to or number != int(number)):
        system = "arabic"
    scale = _scale(section, number) if system == "arabic" and kind in ("number", "money") else ""
    return Numerals(
        system=system,
        pattern=section.scaled if scale else section.number,
        scale=scale,
        zero=section.zero.in_numbers if section.zero else "零",
        zero_in_years=section.zero.in_years if section.zero else "○",
        two="個" if kind in ("number", "count") else "",
        words_to=section.words_to if system == "words" else 0,
    )


def _scale(section: LanguageStyle, number: int | decimal.Decimal) -> str:
    return next((scale for scale in reversed(section.large) if fits_scale(number, scale)), "")


def number_form(section: LanguageStyle, value: Integer | Count | Decimal, kind: str = "number") -> Form:
    """Return the form for a number, or for a count if `kind` is "count"."""
    return Form("number", section.cldr, "{}", numerals(section, kind, value.number))


def ordinal_form(section: LanguageStyle) -> Form:
    """Return the form for an ordinal."""
    return Form("ordinal", section.cldr, section.ordinal, numerals(section, "ordinal"))


def percent_form(section: LanguageStyle) -> Form:
    """Return the form for a percentage."""
    return Form("percent", section.cldr, section.percent, numerals(section, "percent"))


def money_form(section: LanguageStyle, value: Money) -> Form:
    """Return the form for an amount of money.

    Raises:
        CannotRender: the style has no form for the currency.
    """
    pattern = section.money.get(value.currency)
    if pattern is None:
        raise CannotRender(
            f"the house style has no form for {value.currency}",
            f"add a form for {value.currency} under `money`; there are forms for {', '.join(section.money)}",
        )
    return Form("money", section.cldr, pattern, numerals(section, "money", value.amount), value.currency)


def date_form(section: LanguageStyle, name: str) -> Form:
    """Return a form for dates, named as in the house style: full, day, month, year, today, issue_line or end_block."""
    kind = "end_block" if name == "end_block" else "date"
    return Form("date", section.cldr, getattr(section.date, name), numerals(section, kind))


def natural_date_form(section: LanguageStyle, value: Date) -> Form:
    """Return the form that shows exactly the parts that a date has: year, month and day; month and day; or year and month."""
    return date_form(section, "month" if value.day is None else "day" if value.year is None else "full")


def time_form(section: LanguageStyle, value: Time | TimeRange, name: str = "") -> Form:
    """Return the form for a time or a range of times; the name end_block selects the form for the time of issue."""
    kind = "end_block" if name == "end_block" else "time"
    if isinstance(value, TimeRange):
        first, last = _time_pattern(section, value.first), _time_pattern(section, value.last)
        # Two adjacent quotes would be an apostrophe, so adjacent quoted words are joined.
        start = f"{first[:-1]}{section.time.to}'" if first.endswith("'") else f"{first}'{section.time.to}'"
        pattern = f"{start}|{last}"
        return Form("times", section.cldr, pattern, numerals(section, kind))
    return Form(
        "time", section.cldr, getattr(section.time, name) if name else _time_pattern(section, value), numerals(section, kind)
    )


def _time_pattern(section: LanguageStyle, value: Time) -> str:
    if value.minute:
        return section.time.minutes
    return {0: section.time.midnight, 12: section.time.noon}.get(value.hour, section.time.hour)


def years_form(section: LanguageStyle, value: Years, unit: str | None = None) -> Form:
    """Return the form for a span of years or one year; a unit such as 學年 replaces the unit of the style, such as 年度."""
    pattern = section.date.year if value.first == value.last else section.years
    if unit is not None:
        pattern = pattern.rstrip("年度") + (f"'{unit}'" if unit else "")
    return Form("years", section.cldr, pattern, numerals(section, "years"))


def weekday_form(section: LanguageStyle) -> Form:
    """Return the form for a day of the week."""
    return Form("weekday", section.cldr, section.weekday, numerals(section, "date"))
