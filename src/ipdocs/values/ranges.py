"""Apply the unit of a range to both ends: in "3 to 5 per cent" both are percentages, in 三至五萬元 both have 萬."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal as Number
from itertools import pairwise

from ipdocs.values.form import Form
from ipdocs.values.numbers import SCALES
from ipdocs.values.numerals import TO_TRADITIONAL, read_chinese
from ipdocs.values.types import (
    Date,
    Decimal,
    Integer,
    Label,
    Money,
    Ordinal,
    Percent,
    Value,
    Weekday,
    integer_or_decimal,
    without_trailing_zeros,
)
from ipdocs.values.value_span import ValueSpan, renders_as

_JOINED = re.compile(r" (?:to|or) | ?[-–] ?|[至到或～]")
_BETWEEN = (" and ", "與", "与", "及", "和")
# 三至五萬 is thirty to fifty thousand; 三至五十 is three to fifty.
_DIGIT_AND_SCALE = re.compile("([一二兩两三四五六七八九])[百千萬万億亿]+")


def share_units(text: str, value_spans: Sequence[ValueSpan]) -> list[ValueSpan]:
    """Apply the unit at one end of each range in a text to the other end, and return all value spans of the text.

    A start that takes its scale (million, 萬) from the end is frozen: its surface does not show its whole value, so that no other
    value can be written there.
    """
    result = list(value_spans)
    for index, (first, last) in enumerate(pairwise(value_spans)):
        if first.form and last.form and not (first.is_frozen or last.is_frozen) and _are_joined(text, first, last):
            if last.form.pattern == "{}成" and isinstance(first.value, Integer) and 0 < first.value.number < 10:
                numerals = replace(last.form.numerals, two=first.form.numerals.two)
                form = replace(last.form, numerals=numerals, omitted="成", is_fixed=True)
                result[index] = _with_form(first, Percent(Number(first.value.number * 10)), form)
            elif last.form.pattern.startswith("{}"):
                result[index] = _convert_to_unit(first, last.form)
            if first.form.pattern.endswith("{}") and (last.form.numerals.scale or first.form.kind == "percent"):
                result[index + 1] = _convert_to_unit(last, first.form)
            if factor := _factor(first, last):
                value_span = result[index]
                result[index] = _with_form(value_span, _multiply(value_span.value, factor), _scaled_form(value_span, last))
    return result


_DAY_AFTER = re.compile(r"(?:(?:, |,? (?:and|to|&) |、|[及和與与至或]|以及)|[)）](?:, |,? (?:and|to|&) |、|[及和與与至或]|以及))")
_BEFORE_WEEKDAY = re.compile(r"(日)?(?: \((?=[A-Z][a-z]+day\))|[（(](?=星期))|(日)(?![間内內月])")
_NEXT_OF_SERIES = re.compile("[、及和至]")
_MEASURE_OF_ORDINAL = re.compile("[次屆届個个項项期季批輪轮代章]")
_NEXT_LABEL = re.compile(", | and |,? and | to |[、及和至]")
_NO_NOUN_FOLLOWS = re.compile(r"[,.;:)，。、；：）及和至的]|$| (?:and|to|or|of|are|is|were|was|will|in|on|at|by)\b")


def days_with_weekdays(text: str, value_spans: Sequence[ValueSpan]) -> list[ValueSpan]:
    """Return the value spans of a text; a number with a weekday after a date is a day: "May 7 (Thursday) and 9 (Saturday)"."""
    result: list[ValueSpan] = []
    day: ValueSpan | None = None
    for value_span in value_spans:
        value = value_span.value
        if isinstance(value, Date) and value.day:
            day = value_span
        elif (
            isinstance(value, Integer)
            and day
            and isinstance(day.value, Date)
            and 1 <= value.number <= 31
            and (after := _BEFORE_WEEKDAY.match(text, value_span.end))
            and (after[2] is None or value.number > (day.value.day or 0))
            and _DAY_AFTER.fullmatch(text, result[-1].end, value_span.start)
        ):
            suffix = after[1] or after[2] or ""
            end = value_span.end + len(suffix)
            form = value_span.form and replace(value_span.form, kind="date", pattern=f"d{suffix}", is_fixed=True)
            span = ValueSpan(value, text[value_span.start : end], value_span.start, end)
            value_span = _with_form(span, replace(day.value, day=value.number), form)
            day = value_span
        elif not isinstance(value, Weekday):
            day = None
        result.append(value_span)
    return result


def series_of_names(text: str, value_spans: Sequence[ValueSpan]) -> list[ValueSpan]:
    """Return the value spans of a text; numbers in a series after an ordinal or label are of its kind.

    These are 第四、五次 and "paragraphs 3, 4 and 7".
    """
    result: list[ValueSpan] = []
    for value_span in value_spans:
        previous = result[-1] if result else None
        value = value_span.value
        if previous and isinstance(value, Integer) and value_span.form:
            between = text[previous.end : value_span.start]
            match previous.value:
                case Ordinal() if _NEXT_OF_SERIES.fullmatch(between) and _MEASURE_OF_ORDINAL.match(text, value_span.end):
                    form = replace(value_span.form, kind="ordinal", is_fixed=True)
                    value_span = _with_form(value_span, Ordinal(value.number), form)
                case Label() if _is_in_series_of_labels(text, previous, value_span, between):
                    value_span = replace(value_span, value=Label(value_span.surface), form=None)
        result.append(value_span)
    return result


def _is_in_series_of_labels(text: str, previous: ValueSpan, value_span: ValueSpan, between: str) -> bool:
    """Whether a number continues a series of labels, after a noun in the plural or codes of as many figures."""
    if not (_NEXT_LABEL.fullmatch(between) and value_span.surface.isdecimal() and _NO_NOUN_FOLLOWS.match(text, value_span.end)):
        return False
    is_code = len(value_span.surface) == len(previous.surface) >= 4 and previous.surface.isdecimal()
    return is_code or bool(
        re.search(
            r"(?:[a-z]s|\bNos?\.?) (?:\d+[A-Z]*(?:\(\w+\))*(?:, | and ))*$", text[max(previous.start - 80, 0) : previous.start]
        )
    )


def _are_joined(text: str, first: ValueSpan, last: ValueSpan) -> bool:
    """Whether two value spans are the ends of a range: "3 to 5", "between 3 and 5", 介乎三與五."""
    if _JOINED.fullmatch(text, first.end, last.start):
        return True
    between = text[max(first.start - 8, 0) : first.start]
    return text[first.end : last.start] in _BETWEEN and between.endswith(("etween ", "介乎", "介於", "介于"))


def _convert_to_unit(value_span: ValueSpan, unit: Form) -> ValueSpan:
    """Convert a number to an amount of money or a percentage, as in the other end of the range, whose form is `unit`."""
    if not value_span.form or not isinstance(value_span.value, Integer | Decimal):
        return value_span
    number = Number(value_span.value.number)
    form = replace(value_span.form, kind=unit.kind, pattern="{}", currency=unit.currency)
    if unit.kind == "percent":
        return replace(value_span, value=Percent(number), form=form)
    return replace(value_span, value=Money(unit.currency, number), form=form) if unit.kind == "money" else value_span


def _factor(first: ValueSpan, last: ValueSpan) -> int:
    """Return the factor that the start of a range takes from the end, or 0 if it takes none."""
    if not first.form or not last.form or not isinstance(first.value, Integer | Decimal | Money):
        return 0
    if (scale := last.form.numerals.scale) and not first.form.numerals.scale:
        return SCALES[scale] if _number(first.value) < _number(last.value) / SCALES[scale] else 0
    match = _DIGIT_AND_SCALE.match(last.surface)
    if match and len(_number_words(first)) == 1 and last.form.numerals.system == "chinese":
        return int(_number(last.value)) // (read_chinese(match[1]) or 1)
    return 0


def _number_words(value_span: ValueSpan) -> str:
    """Return the surface of a number or amount without the currency before it."""
    return value_span.surface.removeprefix(value_span.form.pattern.partition("{}")[0] if value_span.form else "")


def _scaled_form(first: ValueSpan, last: ValueSpan) -> Form | None:
    """Return the form of the start of a range whose scale only the end states."""
    if not first.form or not last.form:
        return None
    numerals, scale = first.form.numerals, last.form.numerals.scale
    if scale:
        omitted = f" {scale}" if scale.isascii() else scale
        return replace(first.form, numerals=replace(numerals, scale=scale), omitted=omitted, is_fixed=True)
    match = _DIGIT_AND_SCALE.match(last.surface.translate(TO_TRADITIONAL))
    omitted = match[0][1:] if match else ""
    two = omitted if _number_words(first) in ("兩", "两") else ""
    return replace(first.form, numerals=replace(numerals, two=two), omitted=omitted, is_fixed=True)


def _with_form(value_span: ValueSpan, value: Value, form: Form | None) -> ValueSpan:
    """Return a value span with another value, and with a form if it writes the value as in the text."""
    is_right = form is not None and renders_as(value, form, value_span.surface)
    return replace(value_span, value=value, form=form if is_right else None)


def _number(value: Value) -> Number:
    return value.amount if isinstance(value, Money) else Number(getattr(value, "number", 0))


def _multiply(value: Value, factor: int) -> Value:
    if isinstance(value, Money):
        return Money(value.currency, without_trailing_zeros(value.amount * factor))
    return integer_or_decimal(_number(value) * factor)
