"""The values that a text states, and the expressions that write each of them as the text does."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import get_args

from ipdocs.source.segment import Code, Segment, is_shift
from ipdocs.values.filters import FILTERS, CannotRender, apply_filter, render_plain
from ipdocs.values.numbers import GROUP_SPACES
from ipdocs.values.recognise import recognise
from ipdocs.values.types import (
    Date,
    DateRange,
    Decimal,
    Fraction,
    Integer,
    Label,
    Money,
    Percent,
    Phone,
    RelativeDay,
    Series,
    Value,
    Weekday,
)
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan

NO_FILTER = ""
"""In place of a filter: the expression writes the value in its usual form."""

HOUSE_FILTERS = (
    NO_FILTER,
    "ordinal",
    "percent",
    "money",
    "years",
    "today",
    "day",
    "date",
    "month",
    "year",
    "weekday",
    "time",
    "number",
    "count",
    "phone",
    "period",
    "fraction",
)
"""The filters that write a value as the house style does, in the order in which they are tried."""

_FILTERS = (
    *HOUSE_FILTERS,
    'percent("%")',
    'percent("成")',
    'period("without-year")',
    'time("without-hour")',
    'money("figures")',
    'money("words")',
    'number("figures")',
    'number("words")',
    'ordinal("words")',
    'ordinal("figures")',
    'date("零")',
    'month("零")',
    'year("零")',
)
"""All filters, in the order in which they are tried; the last ones write forms that the house style does not prescribe."""
_CONTEXT = 100
"""The number of characters before and after a value that its meaning may depend on."""
_CALLS = {text: (text.partition("(")[0], re.findall('"([^"]*)"', text)) for text in _FILTERS}
_ACCEPTED = {text: set(get_args(Value) if text == NO_FILTER else FILTERS[_CALLS[text][0]].takes) for text in _FILTERS}
_CAPITAL = " | capital"


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value in a text.

    Attributes:
        value: the value.
        surface: the value as written.
        start: the offset of the surface, counting only characters outside codes.
        before: the text just before the surface, back to the nearest code.
        value_context: language, house style and day of issue, and the text after the value.
    """

    value: Value
    surface: str
    start: int
    before: str
    value_context: ValueContext

    @property
    def end(self) -> int:
        """The offset after the surface."""
        return self.start + len(self.surface)

    @property
    def following(self) -> str:
        """The text just after the surface, up to the nearest code."""
        return self.value_context.following


Way = tuple[str, ...]
"""A way to write a value: filters at odd places, and the text before, between and after them at even places."""


def stated_values(text: Segment, value_context: ValueContext, ranges: Container[Value] = ()) -> Iterator[StatedValue]:
    """Yield the values of a text in order; the two ends of a range are one value if it is among `ranges`."""
    offset = 0
    for part, following in zip(text, (*text[1:], ""), strict=False):  # an empty text has no parts
        if isinstance(part, str):
            value_spans = [span for span in recognise(part, value_context) if not _is_part_of_power(span, part, following)]
            for span in _with_ranges(part, _with_days_called_today(part, value_spans, value_context), ranges):
                # Whole texts before and after each value would take quadratic time.
                context = replace(value_context, following=part[span.end : span.end + _CONTEXT])
                before = part[max(span.start - _CONTEXT, 0) : span.start]
                value = _fact_value(span, before + span.surface + context.following)
                yield StatedValue(value, span.surface, offset + span.start, before, context)
            offset += len(part)


def _is_part_of_power(span: ValueSpan, text: str, following: str | Code) -> bool:
    """Whether a number is the 2 of m^2^ or the 10 of 10^6^, which are no values; `following` is the part after the text."""
    return is_shift(following) and (following.role == "close" or span.end == len(text))


def _with_days_called_today(text: str, value_spans: list[ValueSpan], value_context: ValueContext) -> list[ValueSpan]:
    """Return the value spans of a text; "today (August 21)" is one date if the filter `today` writes it so."""
    result: list[ValueSpan] = []
    for span in value_spans:
        previous = result[-1] if result else None
        if previous and isinstance(previous.value, RelativeDay) and isinstance(span.value, Date):
            surface = text[previous.start : span.end + 1]
            joined = StatedValue(span.value, surface, previous.start, "", value_context)
            if is_result_of(joined, "today"):
                result[-1] = ValueSpan(span.value, surface, previous.start, span.end + 1)
                continue
        result.append(span)
    return result


_QUARTERS = re.compile(r"([1-9])/([1-9]\d?)")
_PHONE_NUMBER = re.compile(r"(?:\+?\d{1,3}[ -])?\(?\d{2,4}\)?(?:[ -]\d{2,4}){1,3}|\d{8}|\d{5}")
_CALL = re.compile(
    r"(?i:\b(?:tel|telephone|phone|call|calling|dial|hotline|hotlines|fax|enquir\w+|contact)\b)|[致來来]電|[致来]电|電話|电话|熱線|热线"
    r"|傳真|传真|查詢|查询"
)


def _fact_value(span: ValueSpan, text: str) -> Value:
    """Return a value in the type of the facts that can hold it: a pair of days as a series, a label as a telephone number."""
    match span.value:
        case DateRange(first, last, joined):
            return Series((first, last), joined)
        case Label(label) if found := _QUARTERS.fullmatch(label):
            return Fraction(int(found[1]), int(found[2]))
        case Label() if _PHONE_NUMBER.fullmatch(span.surface) and _CALL.search(text):
            return Phone(span.surface)
    return span.value


def stated_ranges(text: Segment, value_context: ValueContext) -> set[Value]:
    """Return the ranges of numbers, amounts, percentages and days of the week in a text."""
    parts = [part for part in text if isinstance(part, str)]
    return {
        series
        for part in parts
        for first, last in pairwise(recognise(part, value_context))
        if (series := _range_of(part, first, last))
    }


_TO = re.compile(" to |[至到]")


def _with_ranges(text: str, value_spans: list[ValueSpan], ranges: Container[Value]) -> Iterator[ValueSpan]:
    """Yield the value spans of a text; the two ends of a range among `ranges` are one value span."""
    index = 0
    while index < len(value_spans):
        span = value_spans[index]
        last = value_spans[index + 1] if index + 1 < len(value_spans) else None
        if last and (series := _range_of(text, span, last)) and series in ranges:
            yield ValueSpan(series, text[span.start : last.end], span.start, last.end)
            index += 2
        else:
            yield span
            index += 1


def _range_of(text: str, first: ValueSpan, last: ValueSpan) -> Series | None:
    return _range(first.value, last.value) if _TO.fullmatch(text, first.end, last.start) else None


def _range(first: Value, last: Value) -> Series | None:
    match first, last:
        case Weekday(), Weekday():
            return Series((first, last), "to")
        case (Integer(low), Integer(high)) | (Decimal(low), Decimal(high)) | (Percent(low), Percent(high)) if low < high:
            return Series((first, last), "to")  # type: ignore[arg-type]  # the values have the types of the patterns
        case Money(currency, low_amount), Money(other, high_amount) if currency == other and low_amount < high_amount:
            return Series((first, last), "to")
    return None


def ways_to_write(stated: StatedValue) -> Iterator[Way]:
    """Yield the ways in which expressions write a value exactly as the text states it; the best come first."""
    for filter_name in _filters_for(stated.value):
        if is_result_of(stated, filter_name):
            yield ("", filter_name, "")
    yield from _ways_with_weekday(stated)
    if isinstance(stated.value, Money) and stated.surface.startswith("HK$"):
        local = replace(stated, surface=stated.surface.removeprefix("HK"))
        yield from (("HK", name, "") for name in _filters_for(stated.value) if name and is_result_of(local, name))
    if stated.surface[:1].isupper():
        small = replace(stated, surface=stated.surface[:1].lower() + stated.surface[1:])
        for filter_name in _filters_for(stated.value):
            if filter_name and is_result_of(small, filter_name):
                yield ("", filter_name + _CAPITAL, "")


def _filters_for(value: Value) -> tuple[str, ...]:
    """Return the filters that accept a value, in the order in which they are tried."""
    types = {type(value), type(value.values[0]) if isinstance(value, Series) else type(value)}
    return tuple(name for name, accepted in _ACCEPTED.items() if types <= accepted)


def _ways_with_weekday(stated: StatedValue) -> Iterator[Way]:
    """Yield the ways to write a date with its weekday by two expressions: "Monday, January 5" and 一月五日（星期一）."""
    if not (isinstance(stated.value, Date) and stated.value.year and stated.value.day):
        return
    weekday = _rendered(stated, "weekday")
    for filter_name in ("date", "day", 'date("零")'):
        day = _rendered(stated, filter_name)
        if not weekday or not day or weekday not in stated.surface or day not in stated.surface:
            continue
        for names, words in (((filter_name, "weekday"), (day, weekday)), (("weekday", filter_name), (weekday, day))):
            before, _, rest = stated.surface.partition(words[0])
            between, found, after = rest.partition(words[1])
            if found:
                yield (before, names[0], between, names[1], after)


def is_result_of(stated: StatedValue, filter_name: str) -> bool:
    """Whether a filter renders the value as the text states it; spaces between thousands may be of any kind."""
    rendered = _rendered(stated, filter_name)
    return rendered is not None and _SPACE_IN_NUMBER.sub(" ", rendered) == _SPACE_IN_NUMBER.sub(" ", stated.surface)


def _rendered(stated: StatedValue, filter_name: str) -> str | None:
    try:
        if filter_name == NO_FILTER:
            return render_plain(stated.value, stated.value_context)
        name, arguments = _CALLS[filter_name]
        if not FILTERS[name].accepts(stated.value):
            return None
        return apply_filter(name, stated.value, arguments, {}, stated.value_context)
    except CannotRender:
        return None


_SPACE_IN_NUMBER = re.compile(rf"(?<=\d)[{GROUP_SPACES}](?=\d{{3}})")
