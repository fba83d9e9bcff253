"""Read dates, times, weekdays and spans of years from matches in English and Chinese text, with a function for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ipdocs.values.dates import PARTS_OF_DAY, RELATIVE_DAYS, joining_word, names_half_of_day
from ipdocs.values.fields import Fields, field_groups, field_number, has_chinese_numerals, match_fields
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.types import Date, DateRange, Label, RelativeDay, Time, TimeRange, Value, Weekday, Years
from ipdocs.values.value_span import ReadingContext, ValueSpan, matched_group, span_of_group

# A day with a suffix, such as 21st, cannot be rewritten for another day.
_ENGLISH_ORDINAL = re.compile("d'(?:st|nd|rd|th)")


def _span(match: re.Match[str], group: str, value: Value, kind: Kind, fields: Fields, context: ReadingContext) -> ValueSpan:
    return span_of_group(
        match, group, value, Form(kind, _locale(fields, context), fields.pattern, _numerals(match[group], fields, context))
    )


def _locale(fields: Fields, context: ReadingContext) -> str:
    """Return a Babel locale that writes am and pm as the match does: en writes capitals, en_HK small letters."""
    am_or_pm = fields.first.get("a") or fields.last.get("a") or ""
    return "en" if am_or_pm.isascii() and am_or_pm.isupper() else context.locale


def _numerals(surface: str, fields: Fields, context: ReadingContext) -> Numerals:
    if not has_chinese_numerals(fields):
        return Numerals("arabic")
    zero = next((sign for sign in surface if sign in "零○〇"), "")
    return Numerals("chinese", zero=zero or context.zero, zero_in_years=zero or context.zero_in_years)


def _optional_number(texts: dict[str, str], letter: str) -> int | None:
    return field_number(letter, texts[letter]) if letter in texts else None


def date_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a day or month; it is frozen if the weekday is wrong or the day has an ordinal suffix."""
    fields = match_fields(match, "date", context.groups)
    value = _read_date(fields.first, context)
    if "y" not in fields.first:
        value = _with_year_in_words(match, value, context)
    if _ENGLISH_ORDINAL.search(fields.pattern):
        return span_of_group(match, "date", value, None)
    return _span(match, "date", value, "date", fields, context)


def _read_date(texts: dict[str, str], context: ReadingContext) -> Date:
    return context.with_year(_optional_number(texts, "y"), _optional_number(texts, "M") or 0, _optional_number(texts, "d"))


YEARS_BEFORE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1, "來年": 1, "来年": 1, "前年": -2, "後年": 2, "后年": 2}
"""Words that state the year of a date after them, with the difference from the year of issue."""

_YEARS_AFTER = {"this": 0, "last": -1, "next": 1}
_YEAR_BEFORE = re.compile(f"({'|'.join(YEARS_BEFORE)})度?的?$|((?:同|該|该)一?年)$|([翌次]年)$")
_YEAR_AFTER = re.compile(
    r",?(?: of)? (this|last|next) year\b|,?(?: of| in)? ((?:the same|that) year\b)|,?(?: of)? (the following year\b)"
)
_STATED_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d)|([一二][零○〇一二三四五六七八九]{3})(?=年)")


def _with_year_in_words(match: re.Match[str], value: Date, context: ReadingContext) -> Date:
    """Return a date whose year is stated in words beside it, as in 今年十二月 and "December 31 this year"; otherwise the date."""
    year, _ = _year_in_words(match, context)
    return value if year is None else replace(value, year=year)


def _year_in_words(match: re.Match[str], context: ReadingContext) -> tuple[int | None, bool]:
    """Return the year that words beside a date state, or None, and whether the words follow the date."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    words_before = _YEAR_BEFORE.search(before[-5:])
    words = words_before or _YEAR_AFTER.match(after)
    if not words:
        return None, False
    if words[1]:
        difference = {**YEARS_BEFORE, **_YEARS_AFTER}[words[1]]
        issued_year = context.issued.year if context.issued else None
        return issued_year + difference if issued_year else None, not words_before
    stated = [field_number("y", year[0]) for year in _STATED_YEAR.finditer(match.string[: match.end()])]
    return stated[-1] + (1 if words[3] else 0) if stated else None, not words_before


def _ends_with_year_in_words(
    match: re.Match[str], first: Date, last: Date, fields: Fields, context: ReadingContext
) -> tuple[Date, Date]:
    """Return the ends of a range with the year that is stated in words: "December 5 to January 3 next year"."""
    year, follows = _year_in_words(match, context)
    if year is None or "y" in fields.last:
        return first, last
    if "y" in fields.first:
        return first, replace(last, year=year) if follows else last
    over_new_year = (first.month, first.day or 0) > (last.month, last.day or 0)
    return (
        replace(first, year=year - (1 if over_new_year and follows else 0)),
        replace(last, year=year + (1 if over_new_year and not follows else 0)),
    )


def dates_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of two days written together; a month or year that is written once belongs to both."""
    fields = match_fields(match, "dates", context.groups)
    first, last = _read_date(fields.last | fields.first, context), _read_date(fields.first | fields.last, context)
    first, last = _ends_with_year_in_words(match, first, last, fields, context)
    return _span(match, "dates", DateRange(first, last, joining_word(fields.pattern)), "dates", fields, context)


def months_span(match: re.Match[str], context: ReadingContext) -> ValueSpan | None:
    """Return the value span of a range of months, such as "October to December 2025"; None if a month does not exist.

    A range over New Year that states one year begins in the year before, or ends in the year after: November to January 2026.
    """
    fields = match_fields(match, "months", context.groups)
    first, last = _read_date(fields.last | fields.first, context), _read_date(fields.first | fields.last, context)
    if not (1 <= first.month <= 12 and 1 <= last.month <= 12):
        return None
    if (year := first.year) and first.month > last.month:
        if "y" in fields.first:
            last = replace(last, year=year + 1)
        else:
            first = replace(first, year=year - 1)
    first, last = _ends_with_year_in_words(match, first, last, fields, context)
    return _span(match, "months", DateRange(first, last, "to"), "dates", fields, context)


_DAY_OF_SERIES = re.compile(
    r"(?P<day>(?:(?P<day_M>[A-Z][a-z]+) )?(?P<day_d>\d\d?)(?![\d年月日])(?: (?P<day_M1>[A-Z][a-z]+))?(?:,? (?P<day_y>[12]\d{3}))?"
    r"|(?:(?:(?P<day_y2>[12]\d{3}|[一二][零○〇一二三四五六七八九]{3})年)?(?P<day_M2>\d\d?|[一二三四五六七八九十]{1,2})月)?"
    r"(?P<day_d2>\d\d?|[一二三四五六七八九十廿卅]{1,3})(?:日|(?=[、及和與与以])))"
)
_FIELDS_OF_SERIES = field_groups(_DAY_OF_SERIES)


def series_spans(match: re.Match[str], context: ReadingContext) -> list[ValueSpan]:
    """Return a value span for each day of a list, such as "December 4, 15 and 23, 2025" and 星期一、三及五.

    The spans of days are frozen, because the month and year of each belong to all.
    """
    surface, offset = match["series"], match.start("series")
    if surface[0] in "星周週":
        return _weekday_series(match, context)
    parts = [(part, match_fields(part, "day", _FIELDS_OF_SERIES)) for part in _DAY_OF_SERIES.finditer(surface)]
    year = next((field_number("y", fields.first["y"]) for _, fields in parts if "y" in fields.first), None)
    month = next(fields.first["M"] for _, fields in parts if "M" in fields.first)
    spans = []
    for part, fields in parts:
        month = fields.first.get("M", month)
        value = context.with_year(year, field_number("M", month), field_number("d", fields.first["d"]))
        if year is None:
            value = _with_year_in_words(match, value, context)
        span = _span(part, "day", value, "date", fields, context)
        form = span.form and replace(span.form, is_fixed=True)
        spans.append(replace(span, start=offset + span.start, end=offset + span.end, form=form))
    return spans


def _weekday_series(match: re.Match[str], context: ReadingContext) -> list[ValueSpan]:
    surface, offset = match["series"], match.start("series")
    first = 3 if surface[0] == "星" else 2
    spans = []
    for day in re.finditer(f"^.{{{first}}}|(?<=.{{{first}}})[一二三四五六日]", surface):
        pattern = "EEEEE" if day.start() else "EEEE" if first == 3 else "EEE"
        form = Form("weekday", context.locale, pattern, Numerals("arabic"))
        value = Weekday(field_number("E", day[0]))
        spans.append(ValueSpan(value, day[0], offset + day.start(), offset + day.end(), form))
    return spans


def time_span(match: re.Match[str], context: ReadingContext) -> ValueSpan | None:
    """Return the value span of a time of day, or None if the hour or minute does not exist."""
    fields = match_fields(match, "time", context.groups)
    value = _read_time(fields.first, match["time"])
    return _span(match, "time", value, "time", fields, context) if value else None


def times_span(match: re.Match[str], context: ReadingContext) -> ValueSpan | None:
    """Return the value span of a range of times; an end without am or pm is the time nearest to the other end."""
    fields = match_fields(match, "times", context.groups)
    surface, middle = match["times"], match.start("times_z") - match.start("times")
    first, last = _read_time(fields.first, surface[:middle]), _read_time(fields.last, surface[middle:])
    if not first or not last:
        return None
    if "h" in fields.first and not _names_half_of_day(fields.first, surface[:middle]):
        first = max((candidate for candidate in _candidates(first) if candidate < last), default=first)
    next_day = "翌日" in surface or "次日" in surface
    if not next_day and "h" in fields.last and not _names_half_of_day(fields.last, surface[middle:]):
        later = (candidate for candidate in _candidates(last) if candidate > first)
        last = min(later, default=Time(0, last.minute) if last.hour == 12 else last)
    return _span(match, "times", TimeRange(first, last), "times", fields, context)


def _names_half_of_day(texts: dict[str, str], surface: str) -> bool:
    return "a" in texts or any(words in surface for words in PARTS_OF_DAY)


def _candidates(time: Time) -> tuple[Time, Time]:
    """Return the two times of day that a time in the 12-hour format can mean."""
    return Time(time.hour % 12, time.minute), Time(time.hour % 12 + 12, time.minute)


def _read_time(texts: dict[str, str], surface: str) -> Time | None:
    hour = _optional_number(texts, "h") if "h" in texts else _optional_number(texts, "H")
    minute = _optional_number(texts, "m") or (30 if "半" in surface else 0)
    part = next((hours for words, hours in PARTS_OF_DAY.items() if words in surface), None)
    if hour == 12 and "晚上" in surface:
        hour = 0
    am_or_pm = texts.get("a", "")
    if hour is None:
        hour = 12 if "中午" in surface else part.start if part else 24
    elif am_or_pm:
        hour = hour % 12 + (12 if am_or_pm[0] in "pP下" else 0) if hour <= 12 else 24
    elif part:
        hour = next((candidate for candidate in (hour, hour % 12, hour % 12 + 12) if candidate in part), hour)
    return Time(hour, minute) if hour < 24 and minute < 60 else None


def clock_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    """Return the value span of a time measured in sports, such as 6分58秒4 and "6:58.4": a label with the parts of the latter."""
    decimals = match[
        matched_group(match, *(group for group in ("clock_decimals", "clock_decimals1") if group in match.re.groupindex))
    ]
    return span_of_group(match, "clock", Label(f"{match['clock_minutes']}:{match['clock_seconds']:0>2}.{decimals}"), None)


def following_times(text: str, value_spans: Sequence[ValueSpan]) -> list[ValueSpan]:
    """Return value spans in which a Chinese time without 上午 or 下午 is the next such time after the one before it.

    The time before it stands in the same sentence: 晚上十時由碼頭開出，十一時到達.
    """
    result: list[ValueSpan] = []
    before: tuple[Time, int] | None = None
    for span in value_spans:
        end = span.value.last if isinstance(span.value, TimeRange) else span.value
        if isinstance(end, Time) and _has_chinese_time(span):
            if before and _END_OF_SENTENCE.search(text, before[1], span.start):
                before = None
            names_half = span.form is not None and names_half_of_day(span.form.pattern)
            if before and end == span.value and not names_half and 1 <= end.hour <= 12:
                later = [candidate for candidate in _candidates(end) if candidate > before[0]]
                if later and span.form:
                    end, names_half = later[0], True
                    span = replace(span, value=end, form=replace(span.form, pattern=span.form.pattern.replace("H", "h")))
            before = (end, span.end) if names_half else None
        result.append(span)
    return result


_END_OF_SENTENCE = re.compile("[。；！？]")


def _has_chinese_time(span: ValueSpan) -> bool:
    """Whether a time is written with 時, and not on the 24-hour clock with a colon."""
    return "時" in span.surface or "时" in span.surface


def years_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a span of years; 1999-00 ends in 2000. A span whose end is not after its start is a label."""
    fields = match_fields(match, "years", context.groups)
    first, last = field_number("y", fields.first["y"]), field_number("y", fields.last["y"])
    if len(fields.last["y"]) == 2:
        last += first // 100 * 100 + (100 if last == 0 else 0)
    if last <= first:
        return span_of_group(match, "years", Label(match["years"]), None)
    return _span(match, "years", Years(first, last), "years", fields, context)


def year_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a single year."""
    fields = match_fields(match, "year", context.groups)
    year = field_number("y", fields.first["y"])
    return _span(match, "year", Years(year, year), "years", fields, context)


def weekday_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a day of the week."""
    fields = match_fields(match, "weekday", context.groups)
    return _span(match, "weekday", Weekday(field_number("E", fields.first["E"])), "weekday", fields, context)


def month_day_span(match: re.Match[str], context: ReadingContext) -> ValueSpan | None:
    """Return the value span of a day of this, the last or the next month, such as 本月十五日; None without a day of issue."""
    issued = context.issued
    if not issued or not issued.year:
        return None
    fields = match_fields(match, "monthday", context.groups)
    month = issued.year * 12 + issued.month - 1 + {"上": -1, "下": 1}.get(match["monthday_word"], 0)
    value = Date(month // 12, month % 12 + 1, field_number("d", fields.first["d"]))
    span = _span(match, "monthday", value, "date", fields, context)
    return replace(span, form=span.form and replace(span.form, is_fixed=True))


def relative_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of yesterday, today or tomorrow."""
    surface = match["relative"]
    today, words = next((today, words) for today, words in RELATIVE_DAYS.items() if surface in words)
    value = RelativeDay(words.index(surface) - 1)
    return span_of_group(match, "relative", value, Form("relative", context.locale, today, Numerals("words")))


READERS: dict[str, Callable[[re.Match[str], ReadingContext], ValueSpan | Sequence[ValueSpan] | None]] = {
    "series": series_spans,
    "months": months_span,
    "dates": dates_span,
    "date": date_span,
    "clock": clock_span,
    "times": times_span,
    "time": time_span,
    "years": years_span,
    "year": year_span,
    "weekday": weekday_span,
    "monthday": month_day_span,
    "relative": relative_span,
}
"""The functions that return the value span of a match, keyed by the kind of value."""
