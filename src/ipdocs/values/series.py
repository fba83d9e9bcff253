"""Forms of the values of a series: what two of them share is written once, as in "August 21 to 23, 2018" and 百分之三至五."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ipdocs.values.form import CannotRender, Form
from ipdocs.values.render import render
from ipdocs.values.types import Date, Series, Weekday


def series_texts(series: Series, forms: Sequence[Form]) -> list[str]:
    """Return the texts of the values of a series; to be joined by the word of the language.

    Args:
        series: the values.
        forms: the form in which each value would be written alone.

    Raises:
        CannotRender: the form of months is asked for days of one month.
    """
    match series.values[0]:
        case Date():
            forms = _date_forms([day for day in series.values if isinstance(day, Date)], forms)
        case Weekday():
            prefix = _weekday_prefix(forms[0])
            first, *others = (render(day, form) for day, form in zip(series.values, forms, strict=True))
            return [first, *(text.removeprefix(prefix) for text in others)]
        case _:
            forms = _number_forms(forms)
    return [render(value, form) for value, form in zip(series.values, forms, strict=True)]


@cache
def _weekday_prefix(form: Form) -> str:
    """Return what the names of all days of the week begin with: 星期."""
    names = [render(Weekday(number), form) for number in range(7)]
    shared = (length for length in range(len(names[0]), 0, -1) if len({name[:length] for name in names}) == 1)
    return names[0][: next(shared, 0)]


def _number_forms(forms: Sequence[Form]) -> list[Form]:
    """Return forms with the same numerals; words of a percentage are written once, before the first or after the last number."""
    if len({form.numerals.system for form in forms}) > 1 and any(form.numerals.system == "chinese" for form in forms):
        forms = [replace(form, numerals=replace(form.numerals, system="arabic")) for form in forms]
    if forms[0].kind != "percent":
        return list(forms)
    if forms[0].pattern == "{}成":
        return [*(replace(form, omitted="成") for form in forms[:-1]), forms[-1]]
    before, _, after = forms[0].pattern.partition("{}")
    first = replace(forms[0], pattern=f"{before}{{}}" if _is_word(after) else forms[0].pattern)
    last = replace(forms[-1], pattern=f"{{}}{after}" if _is_word(before) else forms[-1].pattern)
    return [first, *forms[1:-1], last]


def _is_word(text: str) -> bool:
    return re.search(r"[^\W\d_]", text) is not None


def _date_forms(days: Sequence[Date], forms: Sequence[Form]) -> list[Form]:
    """Return forms that write a common year or month once: "August 21" and "23, 2018", 二○一八年八月二十一日 and 二十三日."""
    common = ""
    if len({day.year for day in days}) == 1:
        common = "yM" if len({day.month for day in days}) == 1 else "y"
    last = len(forms) - 1
    return [
        replace(form, pattern=_without_fields(form.pattern, common, at_start=index > 0, at_end=index < last))
        for index, form in enumerate(forms)
    ]


def _without_fields(pattern: str, common: str, *, at_start: bool, at_end: bool) -> str:
    """Return the pattern of a date without common fields at its start and end, and the text between them and other fields."""
    from babel.dates import tokenize_pattern, untokenize_pattern

    tokens = tokenize_pattern(pattern)
    if all(kind != "field" or value[0] in common for kind, value in tokens):
        raise CannotRender("the days are in one month", "write | day or | date")
    while at_start and tokens[0][0] == "field" and tokens[0][1][0] in common:
        del tokens[0]
        while tokens[0][0] != "field":
            del tokens[0]
    while at_end and tokens[-1][0] == "field" and tokens[-1][1][0] in common:
        del tokens[-1]
        while tokens[-1][0] != "field":
            del tokens[-1]
    return str(untokenize_pattern(tokens))
