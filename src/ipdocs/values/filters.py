"""Apply filters, which are the same in all languages: the expression {{ meeting | ordinal }} gives 17th, 第十七 or 第17."""

from __future__ import annotations

import decimal
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ipdocs.findings import nearest
from ipdocs.values import filter_functions, person_filters
from ipdocs.values.dates import shows_zero_minutes
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.render import render
from ipdocs.values.types import (
    Count,
    Date,
    DateTime,
    Decimal,
    Fraction,
    Integer,
    LinkValue,
    Money,
    Ordinal,
    Percent,
    Period,
    PersonValue,
    Phone,
    Series,
    TermValue,
    TextValue,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)
from ipdocs.values.value_context import ValueContext

__all__ = ["FILTERS", "CannotRender", "Filter", "Operand", "apply_filter", "describe", "render_plain", "restate"]

Operand: TypeAlias = Value | str | Sequence[Any]
"""The input of a filter: a value, the text from another filter, or a list of either."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of expressions.

    Attributes:
        write: the function that writes a value.
        takes: the types of value that the filter accepts.
        meaning: a description of the result, for documentation and messages.
        example: a value for the documentation.
        chinese_example: a value for the documentation in Chinese, if `example` contains English text.
    """

    write: Callable[..., str]
    takes: tuple[type, ...]
    meaning: str
    example: Operand
    chinese_example: Operand | None = None

    def accepts(self, value: Operand) -> bool:
        """Whether the filter writes values of this type; in a series, it must write each value."""
        if isinstance(value, Series):
            return Series in self.takes and all(isinstance(item, self.takes) for item in value.values)
        return isinstance(value, self.takes)


def apply_filter(
    name: str, value: Operand, arguments: Sequence[Any], options: dict[str, Any], value_context: ValueContext
) -> str:
    """Return the text that a filter writes for a value.

    Raises:
        CannotRender: the filter does not exist, or does not accept the value or the arguments.
    """
    filter_ = FILTERS.get(name)
    if not filter_:
        similar = nearest(name, FILTERS)
        raise CannotRender(
            f"there is no filter {name!r}",
            f"did you mean {similar!r}?" if similar else f"use one of the filters {', '.join(FILTERS)}",
        )
    if not filter_.accepts(value):
        suitable = [other_name for other_name, other in FILTERS.items() if other.accepts(value)]
        hint = f"write | {' or | '.join(suitable)}" if suitable else None
        raise CannotRender(f"{name!r} does not take {describe(value)}", hint)
    _, _, *parameters = inspect.signature(filter_.write).parameters
    values = [*arguments, *options.values()]
    if len(values) > len(parameters) or not options.keys() <= {*parameters} or not all(isinstance(item, str) for item in values):
        raise CannotRender(
            f"{name!r} takes {f'only the argument {parameters[0]}, in quotation marks' if parameters else 'no argument'}",
            f"correct the arguments; the filter writes {filter_.meaning}",
        )
    return filter_.write(value, value_context, *arguments, **options)


def render_plain(value: Operand, value_context: ValueContext) -> str:
    """Return a value in the usual form of the house style, as an expression without a filter does.

    Raises:
        CannotRender: the value needs a filter, as a list does.
    """
    if isinstance(value, str):
        return value
    for types, write in PLAIN_WRITERS:
        if isinstance(value.values[0] if isinstance(value, Series) else value, types):
            return write(value, value_context)
    hints = {DateTime: "write | date or | time", list: "write | list or | count"}
    raise CannotRender(f"{describe(value)} needs a filter", hints.get(type(value)))


def restate(value: Value, form: Form, value_context: ValueContext) -> str:
    """Return a value in a form, or in the form of the house style if the value does not fit.

    Raises:
        CannotRender: the form is for the start of a sentence, but the number cannot be written in words.
    """
    if isinstance(value, Time | TimeRange) and shows_zero_minutes(value, form):
        return render_plain(value, value_context)
    try:
        return render(value, form)
    except CannotRender:
        if form.numerals.starts_with_capital:
            raise
        return render_plain(value, value_context)


def describe(value: Operand) -> str:
    """Return the type of a value with an article, for messages: "a date", "an integer"."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, Series):
        return f"a {'range' if value.joined == 'to' else 'list'} of {_PLURALS[type(value.values[0])]}"
    name = type(value).__name__.removesuffix("Value")
    words = {
        "DateTime": "date and time",
        "DateRange": "pair of dates",
        "TimeRange": "range of times",
        "RelativeDay": "day relative to the day of issue",
        "Years": "span of years",
        "Weekday": "day of the week",
        "list": "list",
        "tuple": "list",
    }
    noun = words.get(name, name.lower())
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


_PLURALS: dict[type, str] = {
    Integer: "integers",
    Decimal: "decimals",
    Percent: "percentages",
    Money: "amounts of money",
    Date: "dates",
    Weekday: "days of the week",
}


def _join_items(value: Sequence[Operand], value_context: ValueContext, word: str | None = None) -> str:
    return filter_functions.inline_list([render_plain(item, value_context) for item in value], value_context, word)


_DATES = (Date, DateTime)
_ISSUED = Date(2018, 8, 21)
_DIRECTOR = PersonValue("X", "Mr", "Director of Intellectual Property", acting=True, short_name="Mr X")
_DIRECTOR_IN_CHINESE = PersonValue("某某", "先生", "知識產權署署長", acting=True)
_LINK = LinkValue("https://example.org", "the website")
_LINK_IN_CHINESE = LinkValue("https://example.org", "網站")

FILTERS: dict[str, Filter] = {
    "ordinal": Filter(
        filter_functions.ordinal,
        (Ordinal, Integer),
        'an ordinal number; `ordinal("words")` writes fourth, and `ordinal("feminine")` agrees with a noun, if the style has '
        "`ordinals`",
        Ordinal(17),
    ),
    "number": Filter(
        filter_functions.number,
        (Integer, Decimal, Count, Series),
        'a number, in figures in English; `number("figures")` and `number("words")` write it so in every style',
        Integer(1400),
    ),
    "count": Filter(
        filter_functions.count, (Count, Integer, tuple, list, Series), "a count: a number, or the length of a list", Count(7)
    ),
    "fraction": Filter(filter_functions.fraction, (Fraction,), "a fraction", Fraction(2, 3)),
    "percent": Filter(
        filter_functions.percent,
        (Percent, Integer, Decimal, Series),
        'a percentage; `percent("%")` writes the sign, as statistics do, and `percent("成")` tenths in Chinese',
        Percent(decimal.Decimal("3.9")),
    ),
    "money": Filter(
        filter_functions.money,
        (Money, Series),
        'an amount of money; `money("figures")` and `money("words")` write it so in every style',
        Money("HKD", decimal.Decimal(14_000_000)),
    ),
    "date": Filter(
        filter_functions.date,
        (*_DATES, Series),
        'a full date; `date("issue-line")` and `date("end-block")` are the forms under the title and at the end of a release',
        _ISSUED,
    ),
    "day": Filter(filter_functions.day, (*_DATES, Series), "a date without its year", _ISSUED),
    "month": Filter(
        filter_functions.month,
        (*_DATES, Series),
        'a month with its year; `month("零")`, `date("零")` and `year("零")` write this zero in Chinese years',
        Date(2003, 8),
    ),
    "year": Filter(filter_functions.year, (*_DATES, Years), "a year", _ISSUED),
    "years": Filter(filter_functions.years, (Years,), 'a span of years; `years("學年")` uses another unit', Years(2018, 2019)),
    "period": Filter(
        filter_functions.period,
        (Period,),
        'a quarter or half of a year, or a decade; `period("without-year")` leaves the year out',
        Period(2018, "Q3"),
    ),
    "today": Filter(
        filter_functions.today, _DATES, "today, yesterday or tomorrow, relative to the day of issue, with the date", _ISSUED
    ),
    "weekday": Filter(filter_functions.weekday, (*_DATES, Weekday, Series), "a day of the week", _ISSUED),
    "time": Filter(
        filter_functions.time,
        (Time, TimeRange, DateTime),
        'a time of day or a range of times; `time("end-block")` writes the time of issue, and `time("without-hour")` 中午',
        Time(14, 30),
    ),
    "list": Filter(
        _join_items,
        (tuple, list),
        'the items joined in a sentence; `list("以及")` uses another word for "and"',
        ("trade", "law", "training"),
        ("貿易", "法律", "培訓"),
    ),
    "person": Filter(person_filters.person, (PersonValue,), "a person with post and title", _DIRECTOR, _DIRECTOR_IN_CHINESE),
    "name": Filter(
        person_filters.name, (PersonValue,), "a person's name, with the title in English", _DIRECTOR, _DIRECTOR_IN_CHINESE
    ),
    "post": Filter(
        person_filters.post,
        (PersonValue,),
        "a person's post, with Acting or 署理 for an acting person",
        _DIRECTOR,
        _DIRECTOR_IN_CHINESE,
    ),
    "short": Filter(
        person_filters.short_name,
        (PersonValue,),
        "a person after the first mention: the short name of the fact, or the form of the style",
        _DIRECTOR,
        _DIRECTOR_IN_CHINESE,
    ),
    "phone": Filter(filter_functions.phone, (Phone,), "a telephone number", Phone("00000000")),
    "link": Filter(filter_functions.link, (LinkValue,), "the text of a link", _LINK, _LINK_IN_CHINESE),
    "address": Filter(filter_functions.address, (LinkValue,), "the address of a link", _LINK, _LINK_IN_CHINESE),
    "capital": Filter(
        filter_functions.capital,
        (str,),
        "the result of another filter with a capital first letter, for the start of a sentence",
        "seven",
    ),
}

# A list is not in this table: an author has to choose between the items and their number.
PLAIN_WRITERS: tuple[tuple[tuple[type, ...], Callable[[Any, ValueContext], str]], ...] = (
    ((Count,), filter_functions.count),
    ((Integer, Decimal), filter_functions.number),
    ((Ordinal,), filter_functions.ordinal),
    ((Percent,), filter_functions.percent),
    ((Money,), filter_functions.money),
    ((Date,), filter_functions.date),
    ((Years,), filter_functions.years),
    ((Time, TimeRange), filter_functions.time),
    ((Weekday,), filter_functions.weekday),
    ((Period,), filter_functions.period),
    ((Fraction,), filter_functions.fraction),
    ((PersonValue,), person_filters.person),
    ((Phone,), filter_functions.phone),
    ((LinkValue,), filter_functions.link),
    ((TextValue, TermValue), filter_functions.words),
)
"""Types of values, each with the function that writes such values if there is no filter."""
