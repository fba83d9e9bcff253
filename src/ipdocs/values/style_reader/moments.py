"""Alternatives for dates, times and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from ipdocs.locale import cldr
from ipdocs.locale.style import LanguageStyle
from ipdocs.values.dates import field_letters, pattern_tokens
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.style_reader.alternatives import Alternatives, Read
from ipdocs.values.style_reader.expressions import YEAR, PatternExpression, Vocabulary, any_of, half_days, join, literal, quote
from ipdocs.values.types import Date, DateRange, Label, Time, TimeRange, Years
from ipdocs.values.value_span import MAX_ITEMS, ReadingContext, ValueSpan, span_of_group


def add_dates(alternatives: Alternatives, vocabulary: Vocabulary) -> None:
    """Add ranges and series of days, dates, and months alone."""
    style = vocabulary.style
    forms = style.date
    patterns = (forms.full, forms.day, forms.month, forms.issue_line, forms.end_block, *style.reading.date)
    dates = [pattern for pattern in (*patterns, *cldr.date_patterns(style.cldr)) if _has_month(pattern)]
    plain = [pattern for pattern in dict.fromkeys(dates) if "d" in field_letters(pattern) and "E" not in field_letters(pattern)]
    for pattern in sorted(plain, key=len, reverse=True):
        _add_days(alternatives, vocabulary, pattern, plain)
    with_weekday = [form for pattern in plain for form in (f"EEEE, {pattern}", f"{pattern} (EEEE)")]
    for pattern in sorted(dict.fromkeys([*with_weekday, *dates, "y-MM-dd"]), key=lambda pattern: -len(field_letters(pattern))):
        name = alternatives.next_name()
        expression = vocabulary.expression(pattern, name + "_")
        alternatives.add(expression.text + r"(?!\w)", _date_reader(name, expression, vocabulary))
    months = [*style.months] or [month for month in vocabulary.months if "." not in month]
    if not any(character.isdigit() for month in months for character in month):
        name = alternatives.next_name()
        month = PatternExpression(
            "MMMM", f"(?P<{name}_0>{any_of(months)}|{any_of(map(str.capitalize, months))})", (("M", f"{name}_0"),)
        )
        alternatives.add(month.text + r"(?!\w)", _date_reader(name, month, vocabulary))


def _has_month(pattern: str) -> bool:
    """Whether a pattern has the name of a month, or its number and a day or year."""
    letters = field_letters(pattern)
    return "M" in letters and ("MMM" in pattern or not letters.isdisjoint("dy"))


def _add_days(alternatives: Alternatives, vocabulary: Vocabulary, pattern: str, plain: Sequence[str]) -> None:
    """Add two days that share a month or year, such as "20 a 22 de Dezembro", and series such as "20, 21 e 22 de Maio"."""
    tokens = pattern_tokens(pattern)
    letters = [letters[0] for letters, _ in tokens if letters]
    day = next(index for index, (field, _) in enumerate(tokens) if field[:1] == "d")
    if letters.index("d") < letters.index("M"):
        following = tokens[day + 1][1] if day + 1 < len(tokens) else ""
        firsts = [*plain, _pattern_of(tokens[: day + 1]) + following[: len(following) - len(following.lstrip(".º"))]]
        lasts = [pattern]
        _add_series(alternatives, vocabulary, pattern)
    else:
        firsts = [pattern]
        lasts = [*plain, _pattern_of(tokens[day:])]
    for first in sorted(dict.fromkeys(firsts), key=len, reverse=True):
        for last in sorted(dict.fromkeys(lasts), key=len, reverse=True):
            _add_range(alternatives, vocabulary, first, last)


def _pattern_of(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(letters or quote(words) for letters, words in tokens)


def _add_range(alternatives: Alternatives, vocabulary: Vocabulary, first_pattern: str, last_pattern: str) -> None:
    name = alternatives.next_name()
    first, last = vocabulary.expression(first_pattern, f"{name}a"), vocabulary.expression(last_pattern, f"{name}b")

    def read(match: re.Match[str], context: ReadingContext) -> list[ValueSpan]:
        first_fields, last_fields = first.fields(match), last.fields(match)
        start = _date({**last_fields, **first_fields}, vocabulary, context)
        end = _date({**first_fields, **last_fields}, vocabulary, context)
        joiner = match[f"{name}_j"]
        form = _date_form("dates", join(first_pattern, joiner, last_pattern), vocabulary.style)
        joined: Literal["and", "to"] = "and" if joiner.strip() in vocabulary.and_words else "to"
        return [span_of_group(match, name, DateRange(start, end, joined), form)] if start and end else []

    alternatives.add(rf"{first.text}(?P<{name}_j>{vocabulary.to}|{vocabulary.and_}){last.text}(?!\w)", read)


def _add_series(alternatives: Alternatives, vocabulary: Vocabulary, pattern: str) -> None:
    name = alternatives.next_name()
    last = vocabulary.expression(pattern, f"{name}b")

    def read(match: re.Match[str], context: ReadingContext) -> list[ValueSpan]:
        fields = last.fields(match)
        last_start = min(match.start(group) for _, group in last.groups)
        days = [(day[0], day.span()) for day in re.compile(r"\d+").finditer(match.string, *match.span(f"{name}_d"))]
        return [
            ValueSpan(value, match.string[start:end], start, end)
            for day, (start, end) in [*days, (fields["d"], (last_start, match.end(name)))]
            if (value := _date({**fields, "d": day}, vocabulary, context))
        ]

    alternatives.add(rf"(?P<{name}_d>\d\d?(?:, \d\d?){{1,{MAX_ITEMS}}}),?{vocabulary.and_}{last.text}(?!\w)", read)


def _date(fields: Mapping[str, str], vocabulary: Vocabulary, context: ReadingContext) -> Date | None:
    """Return the date that fields state, or None if its month or day does not exist."""
    month = vocabulary.months.get(fields["M"].lower(), 0)
    if fields["M"].isdecimal():
        month = int(fields["M"])
    day = int(fields["d"]) if "d" in fields else None
    year = int(fields["y"]) if "y" in fields else None
    if year is not None and year < 100:
        year += 2000
    return context.with_year(year, month, day) if 1 <= month <= 12 and day != 0 else None


def _date_reader(name: str, expression: PatternExpression, vocabulary: Vocabulary) -> Read:
    form = _date_form("date", expression.pattern, vocabulary.style)

    def read(match: re.Match[str], context: ReadingContext) -> list[ValueSpan]:
        value = _date(expression.fields(match), vocabulary, context)
        return [span_of_group(match, name, value, form)] if value else []

    return read


def _date_form(kind: Kind, pattern: str, style: LanguageStyle) -> Form:
    return Form(kind, style.cldr, pattern, Numerals("arabic"), months=style.months, weekdays=style.weekdays)


def add_times(alternatives: Alternatives, vocabulary: Vocabulary) -> None:
    """Add times of day, and ranges of times."""
    forms, reading = vocabulary.style.time, vocabulary.style.reading
    known = (
        forms.hour,
        forms.minutes,
        forms.noon,
        forms.midnight,
        *reading.time,
        cldr.time_pattern(vocabulary.style.cldr),
        "HH:mm",
    )
    usable = [pattern for pattern in known if "h" in field_letters(pattern) or _is_in_words(pattern)]
    patterns = sorted(dict.fromkeys(usable), key=lambda pattern: (-len(field_letters(pattern)), -len(pattern)))
    for first_pattern in (*patterns, "H"):
        for last_pattern in patterns:
            name = alternatives.next_name()
            first, last = vocabulary.expression(first_pattern, f"{name}a"), vocabulary.expression(last_pattern, f"{name}b")
            text = rf"{first.text}(?P<{name}_j>{vocabulary.to}){last.text}(?!\w)"
            alternatives.add(text, _times_reader(name, first, last, vocabulary))
    for pattern in patterns:
        name = alternatives.next_name()
        expression = vocabulary.expression(pattern, name + "_")
        alternatives.add(expression.text + r"(?!\w)", _time_reader(name, expression, vocabulary))


def _is_in_words(pattern: str) -> bool:
    """Whether a pattern has only words, such as "meio-dia"."""
    return bool(pattern.strip("' ")) and not field_letters(pattern)


def _time(expression: PatternExpression, match: re.Match[str], style: LanguageStyle) -> Time | None:
    fields = expression.fields(match)
    hour_text = fields.get("H") or fields.get("h")
    if hour_text is None:
        return Time(0 if expression.pattern == style.time.midnight else 12)
    hour, minute = int(hour_text), int(fields.get("m", 0))
    if "a" in fields and hour <= 12:
        hour = hour % 12 + 12 * (fields["a"].lower() == half_days(style.cldr)[1])
    return Time(hour, minute) if hour < 24 else None


def _time_reader(name: str, expression: PatternExpression, vocabulary: Vocabulary) -> Read:
    form = Form("time", vocabulary.style.cldr, expression.pattern, Numerals("arabic"))

    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        value = _time(expression, match, vocabulary.style)
        return [span_of_group(match, name, value, form)] if value else []

    return read


def _times_reader(name: str, first: PatternExpression, last: PatternExpression, vocabulary: Vocabulary) -> Read:
    style = vocabulary.style

    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        start, end = _time(first, match, style), _time(last, match, style)
        form = Form("times", style.cldr, join(first.pattern, match[f"{name}_j"], last.pattern), Numerals("arabic"))
        return [span_of_group(match, name, TimeRange(start, end), form)] if start and end else []

    return read


def add_years(alternatives: Alternatives, vocabulary: Vocabulary) -> None:
    """Add spans of years and single years."""
    style = vocabulary.style
    name = alternatives.next_name()
    span = rf"(?P<{name}_0>{YEAR})(?P<{name}_j>{vocabulary.to}|/)(?P<{name}_1>{YEAR}|\d\d)(?![\w/]|[-.,]\d)"
    alternatives.add(span, _years_reader(name, style))
    name = alternatives.next_name()
    suffix = literal("".join(words for _, words in pattern_tokens(style.date.year)))
    year = rf"(?P<{name}_0>(?:19|20)\d\d){suffix}(?![\w/]|[.,:]\d|[ -](?:{vocabulary.scale})\b)"
    alternatives.add(year, _year_reader(name, style))


def _years_reader(name: str, style: LanguageStyle) -> Read:
    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        first, last = int(match[f"{name}_0"]), int(match[f"{name}_1"])
        is_short = len(match[f"{name}_1"]) == 2
        if is_short:
            last += first // 100 * 100 + (100 if last == 0 else 0)
        if last <= first:
            return [span_of_group(match, name, Label(match[name]), None)]
        form = Form("years", style.cldr, join("y", match[f"{name}_j"], "yy" if is_short else "y"), Numerals("arabic"))
        return [span_of_group(match, name, Years(first, last), form)]

    return read


def _year_reader(name: str, style: LanguageStyle) -> Read:
    form = Form("years", style.cldr, style.date.year, Numerals("arabic"))

    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        year = int(match[f"{name}_0"])
        return [span_of_group(match, name, Years(year, year), form)]

    return read
