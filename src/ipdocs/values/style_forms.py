"""The forms that a house style prescribes for values."""

from __future__ import annotations

import decimal
import re
from dataclasses import replace
from typing import Literal

from ipdocs.locale.style import LanguageStyle
from ipdocs.locale.style_keys import NumeralSystem, split_scale
from ipdocs.values.form import CannotRender, Form, Numerals
from ipdocs.values.numbers import NO_BREAK_SPACE, fits_scale, is_round, is_whole
from ipdocs.values.numerals import WORDS_BELOW
from ipdocs.values.types import Count, Date, Decimal, Integer, Money, Time, TimeRange, Years


def numerals(
    style: LanguageStyle, kind: str, number: int | decimal.Decimal = 0, following: str = "", written_in: str = ""
) -> Numerals:
    """Return the numerals for a kind of value in a house style.

    The number decides between words and figures, and whether there is a scale word. In Chinese, a measure word follows a count
    or number, and therefore 2 is 兩.

    Args:
        style: the section of the house style for the language.
        kind: the kind of value, which is a field of `NumeralsByKind`.
        number: the number.
        following: the text after the number, which may begin with a measure word.
        written_in: "figures" or "words", in place of what the house style prescribes.
    """
    system = _system_asked_for(style, written_in) or _system(style, kind, number, following)
    pattern, separator = figures(style, kind)
    return Numerals(
        system=system,
        pattern=pattern,
        separator=separator,
        thousands_from=style.thousands_from,
        scale=_scale(style, number) if system == "arabic" and kind in ("number", "count", "money") else "",
        zero=style.zero.in_numbers if style.zero else "零",
        zero_in_years=style.zero.in_years if style.zero else "○",
        two="個" if kind in ("number", "count") else "",
        words_to=int(number) if system == "words" else 0,
    )


def _system_asked_for(style: LanguageStyle, written_in: str) -> Literal["arabic", "chinese", "words"] | None:
    """Return the numerals that "figures" or "words" are in a language, or None if neither is asked for."""
    if written_in != "words":
        return "arabic" if written_in else None
    if style.zero:
        return "chinese"
    if not style.cldr.startswith("en"):
        raise CannotRender("numbers have no words in this language", "write | number")
    return "words"


def figures(style: LanguageStyle, kind: str = "number") -> tuple[str, str]:
    """Return the pattern of Arabic figures for a kind of value, with a comma between thousands, and the separator to write."""
    pattern = style.amount or style.number if kind == "money" else style.number
    sign = pattern[1] if pattern.startswith("#") else ","
    plain = ("#,##" if pattern.startswith("#") else "") + re.sub(r"^#.##", "", pattern).replace(",", ".")
    return plain, NO_BREAK_SPACE if sign == " " else sign


def _system(
    style: LanguageStyle, kind: str, number: int | decimal.Decimal, following: str
) -> Literal["arabic", "chinese", "words"]:
    system: NumeralSystem = getattr(style.numerals, kind)
    if system == "chinese-if-round":
        return "chinese" if is_round(number) else "arabic"
    if system == "arabic" or kind not in ("number", "count"):
        return system
    if following.startswith(style.no_figures_before) and is_whole(number):
        return system
    limit = style.words_to or (WORDS_BELOW - 1 if system == "words" else None)
    is_small = limit is None or (is_whole(number) and -limit <= number <= limit and (number != 0 or system == "words"))
    return system if is_small else "arabic"


def _scale(style: LanguageStyle, number: int | decimal.Decimal) -> str:
    scales = map(split_scale, reversed(style.large))
    return next((scale for scale, decimals in scales if fits_scale(number, scale, decimals)), "")


def number_form(
    style: LanguageStyle,
    value: Integer | Count | Decimal,
    kind: Literal["number", "count"] = "number",
    following: str = "",
    written_in: str = "",
) -> Form:
    """Return the form for a number, or for a count if `kind` is "count"; `following` and `written_in` as in `numerals`."""
    return Form("number", style.cldr, "{}", numerals(style, kind, value.number, following, written_in))


def ordinal_form(style: LanguageStyle, number: int, gender: str = "", written_in: str = "") -> Form:
    """Return the form for an ordinal, which in some languages depends on the gender of a noun, or is irregular.

    Args:
        style: the house style in a language.
        number: the number.
        gender: the gender of the noun, such as "feminine"; empty if it does not matter.
        written_in: "figures" or "words", in place of what the house style prescribes.
    """
    if written_in:
        return Form("ordinal", style.cldr, style.ordinal, numerals(style, "ordinal", number, written_in=written_in))
    keys = (f"{number}-{gender}", gender, str(number))
    pattern = next((style.ordinals[key] for key in keys if key in style.ordinals), style.ordinal)
    return Form("ordinal", style.cldr, pattern, numerals(style, "ordinal"))


def percent_form(style: LanguageStyle, sign: str = "") -> Form:
    """Return the form for a percentage; with a sign, in figures with the sign after them, or in tenths if the sign is 成."""
    house_numerals = numerals(style, "percent")
    if sign == "成":
        return Form("percent", style.cldr, "{}成", replace(house_numerals, system="chinese", two="個"))
    if sign:
        return Form("percent", style.cldr, "{}" + sign, replace(house_numerals, system="arabic"))
    return Form("percent", style.cldr, style.percent, house_numerals)


def money_form(style: LanguageStyle, value: Money, written_in: str = "") -> Form:
    """Return the form for an amount of money; `written_in` as in `numerals`.

    Raises:
        CannotRender: the style has no form for the currency.
    """
    pattern = style.money.get(value.currency)
    if pattern is None:
        raise CannotRender(
            f"the house style has no form for {value.currency}",
            f"add a form for {value.currency} under `money`; there are forms for {', '.join(style.money)}",
        )
    return Form("money", style.cldr, pattern, numerals(style, "money", value.amount, written_in=written_in), value.currency)


def date_form(style: LanguageStyle, name: str) -> Form:
    """Return a form for dates, named as in the house style: full, day, month, year, today, issue_line or end_block."""
    kind = "end_block" if name == "end_block" else "date"
    pattern = getattr(style.date, name)
    return Form("date", style.cldr, pattern, numerals(style, kind), months=style.months, weekdays=style.weekdays)


def natural_date_form(style: LanguageStyle, value: Date) -> Form:
    """Return the form that shows exactly the parts that a date has: year, month and day; month and day; or year and month."""
    return date_form(style, "month" if value.day is None else "day" if value.year is None else "full")


def time_form(style: LanguageStyle, value: Time | TimeRange, name: str = "") -> Form:
    """Return the form for a time or a range of times; the name end_block selects the form for the time of issue.

    In Chinese, a range within one half of the day states it once: 下午二時至四時.
    """
    kind = "end_block" if name == "end_block" else "time"
    if name == "without_hour":
        return Form("time", style.cldr, _pattern_without_hour(style, value), numerals(style, kind))
    if isinstance(value, TimeRange):
        first, last = _time_pattern(style, value.first), _time_pattern(style, value.last)
        # Two adjacent quotes would be an apostrophe, so adjacent quoted words are joined.
        start = f"{first[:-1]}{style.time.to}'" if first.endswith("'") else f"{first}'{style.time.to}'"
        if style.cldr.startswith("zh"):
            # A range to midnight ends on the same day: 下午八時至午夜十二時.
            if Time(0) < value.last < value.first:
                last = f"翌日{last}"
            elif value.first.hour // 12 == value.last.hour // 12 and first.startswith("a"):
                last = last.removeprefix("a")
        pattern = f"{start}|{last}"
        return Form("times", style.cldr, pattern, numerals(style, kind))
    return Form("time", style.cldr, getattr(style.time, name) if name else _time_pattern(style, value), numerals(style, kind))


def _time_pattern(style: LanguageStyle, value: Time) -> str:
    if value.minute:
        return style.time.minutes
    return {0: style.time.midnight, 12: style.time.noon}.get(value.hour, style.time.hour)


def _pattern_without_hour(style: LanguageStyle, value: Time | TimeRange) -> str:
    """Return the pattern of noon or midnight without the hour: 中午 in place of 中午十二時."""
    pattern = _time_pattern(style, value) if isinstance(value, Time) and not value.minute and value.hour in (0, 12) else ""
    words = re.match(r"(?:'[^']+'|[^A-Za-z'])+", pattern)
    if not words:
        raise CannotRender("only noon and midnight have a word of their own", "write | time")
    return words[0]


def years_form(style: LanguageStyle, value: Years, unit: str | None = None) -> Form:
    """Return the form for a span of years or one year; a unit such as 學年 replaces the unit of the style, such as 年度."""
    pattern = style.date.year if value.first == value.last else style.years
    if unit is not None:
        pattern = pattern.rstrip("年度") + (f"'{unit}'" if unit else "")
    return Form("years", style.cldr, pattern, numerals(style, "years"))


def weekday_form(style: LanguageStyle) -> Form:
    """Return the form for a day of the week."""
    return Form("weekday", style.cldr, style.weekday, numerals(style, "date"), weekdays=style.weekdays)
