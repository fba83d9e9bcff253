"""A value in a form, as text: the one place where values become words."""

from __future__ import annotations

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

# Each kind of form: the values it takes and what writes them.
WRITERS: dict[Kind, tuple[tuple[type, ...], Callable[[Any, Form], str]]] = {
    "number": ((Integer, Count, Decimal), numbers.plain_number),
    "ordinal": ((Ordinal,), numbers.ordinal),
    "percent": ((Percent,), numbers.percent),
    "money": ((Money,), numbers.money),
    "date": ((Date,), dates.date),
    "dates": ((DateRange,), dates.date_range),
    "time": ((Time,), dates.time),
    "times": ((TimeRange,), dates.time_range),
    "years": ((Years,), dates.years),
    "weekday": ((Weekday,), dates.weekday),
    "relative": ((RelativeDay,), dates.relative_day),
}


@lru_cache(maxsize=4096)
def render(value: Value, form: Form) -> str:
    """Return a value written in a form; raises CannotRender where the form cannot hold the value exactly.

    Nothing is rounded: 12,345 has no form in "million". The inverse of reading: a slot found in a text only counts
    as renderable when this gives its surface back.
    """
    taken, write = WRITERS[form.kind]
    if not isinstance(value, taken):
        raise CannotRender(f"a {form.kind} form does not take {type(value).__name__} values")
    text = write(value, form)
    return text.translate(TO_SIMPLIFIED) if form.is_simplified else text
