"""Render a value in a form."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ipdocs.values import dates, numbers
from ipdocs.values.form import CannotRender, Form, Kind
from ipdocs.values.numerals import TO_SIMPLIFIED
from ipdocs.values.types import (
    Count,
    Date,
    DateRange,
    Decimal,
    Integer,
    Money,
    Ordinal,
    Percent,
    RelativeDay,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)

WRITERS: dict[Kind, tuple[tuple[type, ...], Callable[[Any, Form], str]]] = {
    "number": ((Integer, Count, Decimal), numbers.write_number),
    "ordinal": ((Ordinal,), numbers.write_ordinal),
    "percent": ((Percent,), numbers.write_percentage),
    "money": ((Money,), numbers.write_money),
    "date": ((Date,), dates.write_date),
    "dates": ((DateRange,), dates.write_date_range),
    "time": ((Time,), dates.write_time),
    "times": ((TimeRange,), dates.write_time_range),
    "years": ((Years,), dates.write_years),
    "weekday": ((Weekday,), dates.write_weekday),
    "relative": ((RelativeDay,), dates.write_relative_day),
}
"""For each kind of form, the types of value that fit, and the function that writes the value."""


def render(value: Value, form: Form) -> str:
    """Return a value in a form.

    Numbers are never rounded: 12,345 does not fit a form with "million". Rendering is the inverse of recognition: a value
    span has a form only if rendering its value in this form gives its surface.

    Raises:
        CannotRender: the form cannot express the value exactly.
    """
    # 3.0 equals 3, but is written differently, so that the cache needs the digits.
    amount = getattr(value, "amount", getattr(value, "number", None))
    return _render(value, form, str(amount) if isinstance(amount, decimal.Decimal) else "")


@lru_cache(maxsize=4096)
def _render(value: Value, form: Form, _digits: str) -> str:
    types, write = WRITERS[form.kind]
    if not isinstance(value, types):
        raise CannotRender(f"a {form.kind} form does not take {type(value).__name__} values")
    if form.only is not None:
        text = numbers.write_phrase(value, form)
    elif positive := numbers.without_sign(value):
        minus = form.numerals.minus or ("負" if form.numerals.system == "chinese" else "-")
        text = minus + write(positive, form)
    else:
        text = write(value, form)
    text = text.removesuffix(form.omitted)
    return text.translate(TO_SIMPLIFIED) if form.is_simplified else text
