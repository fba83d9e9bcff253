"""Render dates, times, weekdays and spans of years with CLDR patterns, in Arabic or Chinese numerals."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Literal

from ipdocs.locale.cldr import joining_words
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.numerals import DIGITS, digit_by_digit, write_chinese
from ipdocs.values.types import Date, DateRange, RelativeDay, Time, TimeRange, Weekday, Years

# The year in which dates without a year and weekdays are formatted: a leap year that begins on a Monday.
_PLACEHOLDER_YEAR = 2024
PARTS_OF_DAY = {
    "noon": range(12, 13),
    "midnight": range(1),
    "午夜": range(1),
    "凌晨": range(6),
    "清晨": range(5, 8),
    "早上": range(5, 12),
    "正午": range(12, 13),
    "中午": range(11, 14),
    "傍晚": range(17, 20),
    "晚上": range(18, 24),
}
"""The hours of each part of the day, keyed by the word that replaces am and pm in patterns."""
RELATIVE_DAYS = {
    "today": ("yesterday", "today", "tomorrow"),
    "Today": ("Yesterday", "Today", "Tomorrow"),
    "今日": ("昨日", "今日", "明日"),
    "今天": ("昨天", "今天", "明天"),
}
"""Words for yesterday, today and tomorrow, keyed by the word for today, which is also the pattern of the form."""
_AND = ("and", "及", "和", "、", "&")


def write_date(value: Date, form: Form) -> str:
    """Return a day or month in a form: "August 21, 2018" or 二○一八年八月."""
    return _format_fields(form.pattern, _date_as_datetime(value, form.pattern), form)


def _date_as_datetime(value: Date, pattern: str) -> datetime:
    fields = field_letters(pattern)
    if value.year is None and fields & set("yE"):
        raise CannotRender("the date has no year, but the form shows the year or the weekday")
    if value.day is None and fields & set("dE"):
        raise CannotRender("the date is a month, but the form shows a day")
    try:
        return datetime(value.year or _PLACEHOLDER_YEAR, value.month, value.day or 1)
    except ValueError as error:
        raise CannotRender(f"there is no such day: {error}") from error


def write_date_range(value: DateRange, form: Form) -> str:
    """Return two days in a form; the form may show a common month or year once: December 5 and 6, 2013."""
    first, last = split_range(form.pattern)
    if joining_word(form.pattern, form.locale) != value.joined:
        raise CannotRender(f"the form does not join days with {value.joined!r}")
    fields_shown_once = field_letters(first) ^ field_letters(last)
    if "M" in fields_shown_once and value.first.month != value.last.month:
        raise CannotRender("the form shows the month once, but the days are in two months")
    if "y" in fields_shown_once and value.first.year != value.last.year:
        raise CannotRender("the form shows the year once, but the days are in two years")
    return _format_fields(first, _date_as_datetime(value.first, first), form) + _format_fields(
        last, _date_as_datetime(value.last, last), form
    )


def joining_word(pattern: str, locale: str = "en") -> Literal["and", "to"]:
    """Return the word with which a pattern of a locale joins two days: "and" or "to"."""
    if not locale.startswith(("en", "zh")):
        joiner = pattern_tokens(split_range(pattern)[0])[-1][1]
        return "and" if joiner.strip() == joining_words(locale)[0] else "to"
    return "and" if any(word in pattern for word in _AND) else "to"


def write_time(value: Time, form: Form) -> str:
    """Return a time of day in a form: 2.30pm, 下午二時三十分."""
    return _format_fields(form.pattern, _time_as_datetime(value, form.pattern), form)


def _time_as_datetime(value: Time, pattern: str) -> datetime:
    implied_minute = 30 if "半" in pattern else 0
    if value.minute != implied_minute and "m" not in field_letters(pattern):
        raise CannotRender(f"{value.hour}:{value.minute:02} has minutes that the form does not show")
    for words, hours in PARTS_OF_DAY.items():
        if words in pattern and value.hour not in hours:
            raise CannotRender(f"{value.hour}:{value.minute:02} is not within {words}")
        if words == "中午" and words in pattern and value.hour != 12 and "h" not in field_letters(pattern):
            raise CannotRender(f"{value.hour}:{value.minute:02} is not noon")
    return datetime(_PLACEHOLDER_YEAR, 1, 1, value.hour, value.minute)


def write_time_range(value: TimeRange, form: Form) -> str:
    """Return a range of times in a form: 2.30pm to 4pm, 上午九時至十一時."""
    first, last = split_range(form.pattern)
    if names_half_of_day(first) != names_half_of_day(last) and (
        value.first.hour // 12 != value.last.hour // 12 or value.first >= value.last
    ):
        raise CannotRender("the form shows am or pm once, but the range is not within one half of the day")
    return _format_fields(first, _time_as_datetime(value.first, first), form) + _format_fields(
        last, _time_as_datetime(value.last, last), form
    )


def shows_zero_minutes(value: Time | TimeRange, form: Form) -> bool:
    """Whether a form in the 12-hour format would show zero minutes: 3.00pm, 三時零零分."""
    ends = (value, value) if isinstance(value, Time) else (value.first, value.last)
    return "H" not in form.pattern and any(
        not end.minute and "m" in field_letters(part) for end, part in zip(ends, split_range(form.pattern), strict=True)
    )


def names_half_of_day(pattern: str) -> bool:
    """Whether a pattern in the 12-hour format shows am, pm or a part of the day."""
    return "a" in field_letters(pattern) or any(words in pattern for words in PARTS_OF_DAY)


def write_years(value: Years, form: Form) -> str:
    """Return a span of years or a single year in a form; a two-digit end (yy) gets four digits if the century changes."""
    first, last = split_range(form.pattern)
    if not last:
        if value.first != value.last:
            raise CannotRender(f"a span of years does not fit the form {form.pattern!r} for one year")
        return _format_fields(first, datetime(value.first, 1, 1), form)
    if value.first == value.last:
        raise CannotRender(f"one year does not fit the form {form.pattern!r} for a span")
    if value.first // 100 != value.last // 100:
        last = last.replace("yy", "y")
    return _format_fields(first, datetime(value.first, 1, 1), form) + _format_fields(last, datetime(value.last, 1, 1), form)


def write_weekday(value: Weekday, form: Form) -> str:
    """Return a day of the week in a form: Tuesday, 星期二."""
    return _format_fields(form.pattern, datetime(_PLACEHOLDER_YEAR, 1, 1 + value.number), form)


def write_relative_day(value: RelativeDay, form: Form) -> str:
    """Return the word for yesterday, today or tomorrow in a form."""
    if abs(value.offset) > 1:
        raise CannotRender(f"there is no word for the day {value.offset:+} from the day of issue")
    return RELATIVE_DAYS[form.pattern][value.offset + 1]


@cache
def field_letters(pattern: str) -> frozenset[str]:
    """Return the letters of the fields in a CLDR pattern: y, M, d, E, h, m, a; h also stands for H."""
    return frozenset(field[0].replace("H", "h") for field, _ in pattern_tokens(pattern) if field)


@cache
def split_range(pattern: str) -> tuple[str, str]:
    """Split the pattern of a range into two, at | or, as in CLDR, before the first repeated field."""
    from babel.dates import split_interval_pattern

    if "|" in pattern:
        start, _, end = pattern.partition("|")
        return start, end
    first, *last = split_interval_pattern(pattern)
    return first, "".join(last)


@cache
def pattern_tokens(pattern: str) -> tuple[tuple[str, str], ...]:
    """Split a pattern into pairs of a field and literal text; one of the two is always empty."""
    from babel.dates import tokenize_pattern

    parts = tokenize_pattern(pattern)
    return tuple(("", part) if isinstance(part, str) else (part[0] * part[1], "") for _, part in parts)


def _format_fields(pattern: str, moment: datetime, form: Form) -> str:
    from babel.core import Locale
    from babel.dates import DateTimeFormat

    names = DateTimeFormat(moment, Locale.parse(form.locale))
    chinese = form.numerals.system == "chinese"
    texts = (words or _own_name(field, moment, form) or names[field] for field, words in pattern_tokens(pattern))
    return "".join(
        _in_chinese(field, text, form) if chinese and field else text
        for (field, _), text in zip(pattern_tokens(pattern), texts, strict=True)
    )


def _own_name(field: str, moment: datetime, form: Form) -> str:
    """Return the name of a month or weekday that the form has in place of the name of its locale, or an empty string."""
    if field == "MMMM" and form.months:
        return form.months[moment.month - 1]
    return form.weekdays[moment.weekday()] if field == "EEEE" and form.weekdays else ""


def _in_chinese(field: str, text: str, form: Form) -> str:
    if not text.isdigit():
        return text
    if field[0] == "y":
        return digit_by_digit(text, form.numerals.zero_in_years)
    if len(text) == 2 and text[0] == "0":
        return form.numerals.zero + DIGITS[int(text[1])]
    return write_chinese(int(text), form.numerals.zero)
