"""The filters of expressions, one vocabulary for all languages: {{ meeting | ordinal }} is 17th, 第十七 or 第17."""

from __future__ import annotations

import decimal
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ipdocs.findings import nearest
from ipdocs.values import filter_functions
from ipdocs.values.dates import shows_zero_minutes
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.render import render
from ipdocs.values.setting import Setting
from ipdocs.values.types import (
    Count,
    Date,
    DateTime,
    Decimal,
    Integer,
    LinkValue,
    Money,
    Ordinal,
    Percent,
    PersonValue,
    Phone,
    TermValue,
    TextValue,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)

__all__ = ["FILTERS", "CannotRender", "Filter", "Operand", "apply_filter", "describe", "render_plain", "restate"]

# What an expression names: a value, words already finished, or a list of either.
Operand: TypeAlias = Value | str | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: what writes the value, the kinds it takes, its meaning in a line, and a value to show it on.

    Words are of one language: where the example has some, it has others for Chinese.
    """

    write: Callable[..., str]
    takes: tuple[type, ...]
    meaning: str
    example: Operand
    in_chinese: Operand | None = None


def apply_filter(name: str, value: Operand, arguments: Sequence[Any], options: dict[str, Any], setting: Setting) -> str:
    """Return what a filter makes of a value in a setting; raises CannotRender where filter and value do not fit."""
    found = FILTERS.get(name)
    if not found:
        close = nearest(name, FILTERS)
        raise CannotRender(
            f"there is no filter {name!r}", f"did you mean {close!r}?" if close else f"the filters are {', '.join(FILTERS)}"
        )
    if not isinstance(value, found.takes):
        fitting = [other for other, row in FILTERS.items() if isinstance(value, row.takes)]
        hint = f"write | {' or | '.join(fitting)}" if fitting else None
        raise CannotRender(f"{name!r} does not take {describe(value)}", hint)
    _, _, *known = inspect.signature(found.write).parameters
    given = [*arguments, *options.values()]
    if len(given) > len(known) or not options.keys() <= {*known} or not all(isinstance(one, str) for one in given):
        raise CannotRender(
            f"{name!r} takes no argument" + (f" but {known[0]}, in quotation marks" if known else ""),
            f"it writes {found.meaning}",
        )
    return found.write(value, setting, *arguments, **options)


def render_plain(value: Operand, setting: Setting) -> str:
    """Return what an expression without a filter gives: the value in the house style's usual form."""
    if isinstance(value, str):
        return value
    for types, write in PLAIN:
        if isinstance(value, types):
            return write(value, setting)
    hints = {DateTime: "say which part you mean: write | date or | time", list: "write | list or | count"}
    raise CannotRender(f"{describe(value)} has no form of its own", hints.get(type(value)))


def restate(value: Value, form: Form, setting: Setting) -> str:
    """Return a value in the form another stands in, or in the house style's where that form cannot hold it.

    The first word of a sentence is never a figure: what has no word below a hundred raises CannotRender.
    """
    if isinstance(value, Time | TimeRange) and shows_zero_minutes(value, form):
        return render_plain(value, setting)
    try:
        return render(value, form)
    except CannotRender:
        if form.numerals.capital:
            raise
        return render_plain(value, setting)


def describe(value: Operand) -> str:
    """Return what a value is, in words for a message: "a date", "an integer"."""
    if isinstance(value, str):
        return "text"
    name = type(value).__name__.removesuffix("Value")
    words = {
        "DateTime": "date and time",
        "DateRange": "pair of dates",
        "TimeRange": "range of times",
        "RelativeDay": "day seen from the day of issue",
        "Years": "span of years",
        "list": "list",
        "tuple": "list",
    }
    noun = words.get(name, name.lower())
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _list(value: Sequence[Operand], setting: Setting, word: str | None = None) -> str:
    return filter_functions.inline_list([render_plain(item, setting) for item in value], setting, word)


_DATES = (Date, DateTime)
_ISSUED = Date(2018, 8, 21)
_DIRECTOR = PersonValue("X", "Mr", "Director of Intellectual Property", acting=True, short="Mr X")
_DIRECTOR_IN_CHINESE = PersonValue("某某", "先生", "知識產權署署長", acting=True, short="某署長")
_LINK = LinkValue("https://example.org", "the website")
_LINK_IN_CHINESE = LinkValue("https://example.org", "網站")

FILTERS: dict[str, Filter] = {
    "ordinal": Filter(filter_functions.ordinal, (Ordinal, Integer), "a place in a series", Ordinal(17)),
    "number": Filter(filter_functions.number, (Integer, Decimal, Count), "a number, in figures in English", Integer(1400)),
    "count": Filter(
        filter_functions.count, (Count, Integer, tuple, list), "how many: a number, or the length of a list", Count(7)
    ),
    "percent": Filter(filter_functions.percent, (Percent, Integer, Decimal), "a percentage", Percent(decimal.Decimal("3.9"))),
    "money": Filter(filter_functions.money, (Money,), "an amount of money", Money("HKD", decimal.Decimal(14_000_000))),
    "date": Filter(
        filter_functions.date,
        _DATES,
        'a full date; `date("end-block")` and `date("issue-line")` as the ends of a release show it',
        _ISSUED,
    ),
    "day": Filter(filter_functions.day, _DATES, "a date without its year", _ISSUED),
    "month": Filter(filter_functions.month, _DATES, "a month with its year", Date(2003, 8)),
    "year": Filter(filter_functions.year, (*_DATES, Years), "a year", _ISSUED),
    "years": Filter(filter_functions.years, (Years,), 'a span of years; `years("學年")` with another unit', Years(2018, 2019)),
    "today": Filter(
        filter_functions.today, _DATES, "today, yesterday or tomorrow, seen from the day of issue, with the date", _ISSUED
    ),
    "weekday": Filter(filter_functions.weekday, (*_DATES, Weekday), "a day of the week", _ISSUED),
    "time": Filter(
        filter_functions.time,
        (Time, TimeRange, DateTime),
        'a time of day or from when to when; `time("end-block")` of issue',
        Time(14, 30),
    ),
    "list": Filter(
        _list,
        (tuple, list),
        'members joined in the sentence; `list("以及")` by another word',
        ("trade", "law", "training"),
        ("貿易", "法律", "培訓"),
    ),
    "person": Filter(filter_functions.person, (PersonValue,), "a person with post and title", _DIRECTOR, _DIRECTOR_IN_CHINESE),
    "name": Filter(
        filter_functions.name, (PersonValue,), "a person's name, with the title in English", _DIRECTOR, _DIRECTOR_IN_CHINESE
    ),
    "post": Filter(
        filter_functions.post, (PersonValue,), "a person's post, with Acting or 署理 where it is", _DIRECTOR, _DIRECTOR_IN_CHINESE
    ),
    "short": Filter(
        filter_functions.short_name,
        (PersonValue,),
        "what a person is called after the first mention",
        _DIRECTOR,
        _DIRECTOR_IN_CHINESE,
    ),
    "phone": Filter(filter_functions.phone, (Phone,), "a telephone number", Phone("00000000")),
    "link": Filter(filter_functions.link, (LinkValue,), "the words of a link", _LINK, _LINK_IN_CHINESE),
    "address": Filter(filter_functions.address, (LinkValue,), "the address of a link", _LINK, _LINK_IN_CHINESE),
    "capital": Filter(
        filter_functions.capital, (str,), "a capital first letter where a sentence begins, after another filter", "seven"
    ),
}

# What an expression without a filter gives. A list has no form of its own: join it or count it.
PLAIN: tuple[tuple[tuple[type, ...], Callable[[Any, Setting], str]], ...] = (
    ((Count,), filter_functions.count),
    ((Integer, Decimal), filter_functions.number),
    ((Ordinal,), filter_functions.ordinal),
    ((Percent,), filter_functions.percent),
    ((Money,), filter_functions.money),
    ((Date,), filter_functions.date),
    ((Years,), filter_functions.years),
    ((Time, TimeRange), filter_functions.time),
    ((Weekday,), filter_functions.weekday),
    ((PersonValue,), filter_functions.person),
    ((Phone,), filter_functions.phone),
    ((LinkValue,), filter_functions.link),
    ((TextValue, TermValue), filter_functions.words),
)
