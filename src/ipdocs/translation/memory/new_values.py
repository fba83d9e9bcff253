"""Forms of values that replace values of a stored translation."""

from __future__ import annotations

from dataclasses import replace

from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.dates import split_range
from ipdocs.values.form import Form
from ipdocs.values.numbers import fits_scale
from ipdocs.values.style_forms import figures, number_form
from ipdocs.values.types import Decimal, Integer, Money, Value, Years
from ipdocs.values.value_context import ValueContext


def chinese_number_form(form: Form, old: Value | ProperName, new: Value, following: str, value_context: ValueContext) -> Form:
    """Return the form for a new number: that of the house style if it writes only one of the two numbers in figures."""
    limit = value_context.language_style.words_to
    if form.kind != "number" or form.numerals.scale or not isinstance(old, Integer) or not isinstance(new, Integer):
        return form
    if not limit or (0 < old.number <= limit) == (0 < new.number <= limit):
        return form
    return number_form(value_context.language_style, new, following=following)


def short_span(form: Form, old: Value | ProperName, new: Value, value_context: ValueContext) -> Form:
    """Return the form for a new span of years, shortened if only the stored span crosses a century.

    House styles may write 2024-26 in short, but 1999-2001 in full.
    """
    if not isinstance(old, Years) or not isinstance(new, Years) or old.first // 100 == old.last // 100:
        return form
    start, end = split_range(form.pattern)
    shorten = (
        "yy" in split_range(value_context.language_style.years)[1] and "yy" not in end and new.first // 100 == new.last // 100
    )
    return replace(form, pattern=f"{start}|{end.replace('y', 'yy', 1)}") if shorten else form


def unscaled(form: Form, value: Value, value_context: ValueContext) -> Form:
    """Return a form without its scale word (million, 萬) if a value would have to be rounded to use the word."""
    number = value.amount if isinstance(value, Money) else value.number if isinstance(value, Integer | Decimal) else None
    if not form.numerals.scale or number is None or fits_scale(number, form.numerals.scale):
        return form
    pattern, separator = figures(value_context.language_style, form.kind)
    return replace(form, numerals=replace(form.numerals, scale="", pattern=pattern, separator=separator))
