"""Functions that implement filters: each returns the text of a value in the language and house style of a setting."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from ipdocs.findings import nearest
from ipdocs.locale.style_keys import GENDERS
from ipdocs.values import style_forms
from ipdocs.values.dates import RELATIVE_DAYS
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.notation import notation
from ipdocs.values.render import render
from ipdocs.values.series import series_texts
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


def _write(value: Value, value_context: ValueContext, form_of: Callable[[Any], Form]) -> str:
    """Return a value, or the values of a series, in the forms that `form_of` returns for a single value."""
    if not isinstance(value, Series):
        return render(value, form_of(value))
    style = value_context.language_style
    texts = series_texts(value, [form_of(item) for item in value.values])
    return style.range_word.join(texts) if value.joined == "to" else inline_list(texts, value_context)


def number(value: Integer | Decimal | Count | Series, value_context: ValueContext, written_in: str = "") -> str:
    """Return a number: 1 400, 14 million, 36; with "figures" or "words", written so whatever the house style prescribes.

    Raises:
        CannotRender: the argument is another one, or the number has no words.
    """
    style, following = value_context.language_style, value_context.following
    _check_numerals(written_in)
    return _write(value, value_context, lambda item: style_forms.number_form(style, item, "number", following, written_in))


def _check_numerals(written_in: str) -> None:
    if written_in not in ("", "figures", "words"):
        raise CannotRender(f"numbers cannot be written in {written_in!r}", "write figures or words")


def count(value: Integer | Count | Series | Sequence[Any], value_context: ValueContext) -> str:
    """Return a count or the length of a list: seven, 七, 兩, 36."""
    style, following = value_context.language_style, value_context.following
    number = value if isinstance(value, Integer | Count | Series) else Count(len(value))
    return _write(number, value_context, lambda item: style_forms.number_form(style, item, "count", following))


def fraction(value: Fraction, value_context: ValueContext) -> str:
    """Return a fraction: two-thirds, 三分之二."""
    style = value_context.language_style
    pattern = style.fractions.get(notation(value)) or style.fractions.get("other", "{numerator}/{denominator}")
    numerals = style_forms.numerals(style, "ordinal")
    form = Form("number", style.cldr, "{}", replace(numerals, system="chinese" if style.zero else "arabic"))
    numerator, denominator = (render(Integer(number), form) for number in (value.numerator, value.denominator))
    return pattern.format(numerator=numerator, denominator=denominator)


def period(value: Period, value_context: ValueContext, form: str = "") -> str:
    """Return a quarter or half of a year, with its year or in the form "without-year", or a decade: third quarter of 2018, 1990s.

    Raises:
        CannotRender: the style has no such form, or a decade is to be written without its year.
    """
    style = value_context.language_style
    if form not in ("", "without-year"):
        raise CannotRender(f"there is no form {form!r}", "use the form without-year, or none")
    if style.periods is None:
        raise CannotRender("the house style has no forms of periods", "add `periods` to the style of the language")
    years = Years(value.year, value.year)
    if value.part == "decade":
        if form:
            raise CannotRender(f"{notation(value)} cannot be written without its years", "write | period")
        return render(years, replace(style_forms.years_form(style, years), pattern=style.periods.decade))
    names = style.periods.quarters if value.part.startswith("Q") else style.periods.halves
    name = names[int(value.part[1]) - 1]
    return name if form else style.periods.with_year.format(period=name, year=year(years, value_context))


def ordinal(value: Ordinal | Integer, value_context: ValueContext, form: str = "") -> str:
    """Return an ordinal: 17th, 第十七.

    The form "words" gives fourth, and "figures" 4th, whatever the house style prescribes. In Portuguese, the gender "feminine"
    gives 17.ª.

    Raises:
        CannotRender: the number is below 1, or there is no such form.
    """
    style = value_context.language_style
    if value.number < 1:
        raise CannotRender(f"{value.number} has no ordinal", "use 1 or a larger number")
    if form in ("figures", "words"):
        return render(Ordinal(value.number), style_forms.ordinal_form(style, value.number, written_in=form))
    if form and form not in GENDERS:
        raise CannotRender(f"there is no form {form!r} of an ordinal", f"use one of figures, words, {', '.join(GENDERS)}")
    return render(Ordinal(value.number), style_forms.ordinal_form(style, value.number, form))


def percent(value: Percent | Integer | Decimal | Series, value_context: ValueContext, sign: str = "") -> str:
    """Return a percentage: 3.9 per cent, 百分之三點九; with the sign "%", 3.9%, and with 成, 八成.

    Raises:
        CannotRender: the sign is neither "%" nor, in Chinese, 成.
    """
    style = value_context.language_style
    signs = ("%", "成") if style.zero else ("%",)
    if sign and sign not in signs:
        raise CannotRender(f"{sign!r} is not a sign of percentages", 'write | percent("%") or | percent')
    percentages = Series(tuple(map(_percent_of, value.values)), value.joined) if isinstance(value, Series) else _percent_of(value)
    return _write(percentages, value_context, lambda _: style_forms.percent_form(style, sign))


def _percent_of(value: Any) -> Percent:
    return Percent(decimal.Decimal(value.number))


def money(value: Money | Series, value_context: ValueContext, written_in: str = "") -> str:
    """Return an amount of money: $14 million, 一千四百萬元; with "figures", 1,400萬元."""
    _check_numerals(written_in)
    return _write(value, value_context, lambda amount: style_forms.money_form(value_context.language_style, amount, written_in))


def _date_of(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def date(value: Date | DateTime | Series, value_context: ValueContext, form: str = "") -> str:
    """Return a date in full, or in a named form of the house style such as issue-line or end-block."""
    section = value_context.language_style
    days = value if isinstance(value, Series) else _date_of(value)
    if not form or _is_zero(form, value_context):
        return _write(days, value_context, lambda day: _with_zero(style_forms.natural_date_form(section, day), form))
    key = _form_key(form, section.date, RELATIVE_DAYS["today"])
    return _write(days, value_context, lambda _: style_forms.date_form(section, key))


def _is_zero(form: str, value_context: ValueContext) -> bool:
    """Whether an argument is a Chinese zero that the house style accepts in years: 零 in place of ○."""
    zero = value_context.language_style.zero
    return zero is not None and form in (zero.in_years, *zero.accepted_in_years)


def _with_zero(form: Form, zero: str) -> Form:
    return replace(form, numerals=replace(form.numerals, zero_in_years=zero)) if zero else form


def _check_zero(zero: str, value_context: ValueContext) -> None:
    if zero and not _is_zero(zero, value_context):
        raise CannotRender(f"{zero!r} is not a zero that the house style accepts in years", "leave the argument out")


def _form_key(form: str, forms: BaseModel, hidden: tuple[str, ...]) -> str:
    """Return the field name of a form, such as end_block for "end-block"; expressions cannot use the forms in `hidden`."""
    known = [name.replace("_", "-") for name in type(forms).model_fields if name not in hidden]
    if form in known:
        return form.replace("-", "_")
    similar = nearest(form, known)
    raise CannotRender(
        f"there is no form {form!r}", f"did you mean {similar!r}?" if similar else f"use one of the forms {', '.join(known)}"
    )


def day(value: Date | DateTime | Series, value_context: ValueContext) -> str:
    """Return a day without its year: August 21, 八月二十一日."""
    days = value if isinstance(value, Series) else _date_of(value)
    return _write(days, value_context, lambda _: style_forms.date_form(value_context.language_style, "day"))


def month(value: Date | DateTime | Series, value_context: ValueContext, zero: str = "") -> str:
    """Return a month with its year: August 2003, 二○○三年八月; with the zero 零, 二零零三年八月."""
    months = value if isinstance(value, Series) else _date_of(value)
    _check_zero(zero, value_context)
    return _write(months, value_context, lambda _: _with_zero(style_forms.date_form(value_context.language_style, "month"), zero))


def year(value: Date | DateTime | Years, value_context: ValueContext, zero: str = "") -> str:
    """Return a year: 2018, 二○一八年; with the zero 零, 二零一八年.

    Raises:
        CannotRender: the value is more than one year, or the house style does not accept the zero.
    """
    _check_zero(zero, value_context)
    years = value if isinstance(value, Years) else _year_of(_date_of(value))
    if years.first != years.last:
        raise CannotRender(f"{notation(years)} is more than one year", "write | years")
    return render(years, _with_zero(style_forms.years_form(value_context.language_style, years), zero))


def _year_of(day: Date) -> Years:
    if day.year is None:
        raise CannotRender("the date has no year", "add the year to the fact")
    return Years(day.year, day.year)


def today(value: Date | DateTime, value_context: ValueContext) -> str:
    """Return the word for a day relative to the day of issue, with the date: today (August 21).

    Raises:
        CannotRender: the document has no date of issue, or the day is more than one day from the day of issue.
    """
    day, issued = _date_of(value), value_context.issued
    if not issued:
        raise CannotRender("the document has no date of issue", "add an `issued` date to the source, or write | day")
    offset = _day_number(day) - _day_number(issued)
    if abs(offset) > 1:
        raise CannotRender(
            f"{notation(day)} is {abs(offset)} days {'before' if offset < 0 else 'after'} the day of issue",
            "write | day or | date",
        )
    return render(day, style_forms.date_form(value_context.language_style, RELATIVE_DAYS["today"][offset + 1]))


def _day_number(day: Date) -> int:
    if day.day is None:
        raise CannotRender("a month is not a day", "write | month")
    if day.year is None:
        raise CannotRender("the date has no year", "add the year to the fact")
    return datetime.date(day.year, day.month, day.day).toordinal()


def time(value: Time | TimeRange | DateTime, value_context: ValueContext, form: str = "") -> str:
    """Return a time of day or a range of times in the usual form, or in a named form of the house style such as end-block.

    The form "without-hour" writes noon and midnight as words: 中午.
    """
    moment = value.time if isinstance(value, DateTime) else value
    if form == "without-hour":
        return render(moment, style_forms.time_form(value_context.language_style, moment, "without_hour"))
    form_key = _form_key(form, value_context.language_style.time, ("to",)) if form else ""
    return render(moment, style_forms.time_form(value_context.language_style, moment, form_key))


def weekday(value: Date | DateTime | Weekday | Series, value_context: ValueContext) -> str:
    """Return the day of the week: Tuesday, 星期二, 星期一至五."""
    days = Series(tuple(map(_weekday_of, value.values)), value.joined) if isinstance(value, Series) else _weekday_of(value)
    return _write(days, value_context, lambda _: style_forms.weekday_form(value_context.language_style))


def _weekday_of(value: Any) -> Weekday:
    return value if isinstance(value, Weekday) else Weekday((_day_number(_date_of(value)) - 1) % 7)


def years(value: Years, value_context: ValueContext, unit: str | None = None) -> str:
    """Return a span of years: 2018-19, 二○一八至一九年度; a unit such as 學年 replaces the unit of the style."""
    return render(value, style_forms.years_form(value_context.language_style, value, unit))


def inline_list(items: Sequence[str], value_context: ValueContext, word: str | None = None) -> str:
    """Join items as the language does: "a, b and c", 甲、乙及丙; `word` replaces "and" or 及."""
    from babel.core import Locale

    if not items:
        raise CannotRender("this list is empty")
    section = value_context.language_style
    patterns = Locale.parse(section.cldr).list_patterns["standard"]
    cldr_word = patterns["2"].replace("{0}", "").replace("{1}", "").strip()
    *others, last = items
    if not others:
        return last
    joined = others[0]
    for item in others[1:]:
        joined = str(patterns["middle"].format(joined, item))
    ending = str(patterns["end" if len(others) > 1 else "2"])
    return ending.replace(cldr_word, word or section.and_ or cldr_word).format(joined, last)


def phone(value: Phone, value_context: ValueContext) -> str:
    """Return a telephone number; digits without spaces are grouped as in the house style."""
    pattern = value_context.language_style.telephone
    if not value.number.isdigit() or len(value.number) != pattern.count("#"):
        return value.number
    digits = iter(value.number)
    return "".join(next(digits) if character == "#" else character for character in pattern)


def link(value: LinkValue, _setting: ValueContext) -> str:
    """Return the text of a link, or the address if there is no text."""
    return value.text or address(value, _setting)


def address(value: LinkValue, _setting: ValueContext) -> str:
    """Return the address of a link."""
    return value.href.removeprefix("mailto:")


def capital(value: str, _setting: ValueContext) -> str:
    """Return a text with a capital first letter, for the start of a sentence."""
    return value[:1].upper() + value[1:]


def words(value: TextValue | TermValue, _setting: ValueContext) -> str:
    """Return the text of a text value or glossary term."""
    return value.text
