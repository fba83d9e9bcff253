"""Recognise values in Chinese text of both scripts, with a function for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from ipdocs.values import date_readers
from ipdocs.values.chinese_patterns import value_pattern as value_pattern
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.numbers import SCALES
from ipdocs.values.numerals import TO_ARABIC, TO_TRADITIONAL, read_chinese
from ipdocs.values.types import Decimal as DecimalValue
from ipdocs.values.types import Integer, Label, Money, Ordinal, Percent, integer_or_decimal, without_trailing_zeros
from ipdocs.values.value_span import (
    ReadingContext,
    ValueSpan,
    label_reader,
    matched_group,
    read_figure,
    span_of_group,
)

CURRENCIES = {
    "港元": "HKD",
    "港幣": "HKD",
    "港币": "HKD",
    "HK$": "HKD",
    "美元": "USD",
    "US$": "USD",
    "人民幣": "CNY",
    "人民币": "CNY",
    "元人民幣": "CNY",
    "加元": "CAD",
    "澳元": "AUD",
    "新加坡元": "SGD",
    "瑞士法郎": "CHF",
    "韓圜": "KRW",
    "韩元": "KRW",
    "泰銖": "THB",
    "泰铢": "THB",
    "元人民币": "CNY",
    "RMB": "CNY",
    "歐元": "EUR",
    "欧元": "EUR",
    "英鎊": "GBP",
    "英镑": "GBP",
    "日圓": "JPY",
    "日圆": "JPY",
    "日元": "JPY",
    "澳門元": "MOP",
    "澳门元": "MOP",
}
"""Currencies, keyed by the words before or after an amount; 元 and $ alone mean `ReadingContext.currency`."""

IMPLIED_VALUES: dict[str, Integer | DecimalValue | Ordinal] = {
    "雙": Integer(2),
    "双": Integer(2),
    "兩": Integer(2),
    "两": Integer(2),
    "半": DecimalValue(Decimal("0.5")),
    "首": Ordinal(1),
}
"""Words that imply a fixed value; such a word cannot be rewritten for another number."""


def _numerals(surface: str, context: ReadingContext, *, may_precede_measure_word: bool = False) -> Numerals:
    """Return how Chinese numerals are written: which zero they use, and where 2 is 兩.

    Args:
        surface: the numerals.
        context: the context, for the zero if the numerals have none.
        may_precede_measure_word: whether a measure word may follow; before it, 2 is usually 兩.
    """
    zero = next((sign for sign in surface if sign in "零○〇"), context.zero)
    powers = {power for power in re.findall("兩(.)", surface.translate(TO_TRADITIONAL)) if power in "千萬億"}
    single = {"個"} if may_precede_measure_word and surface != "二" else set()
    return Numerals("chinese", zero=zero, two="".join(sorted(powers | single)))


def _read_number(
    match: re.Match[str], kind: str, suffix: str, context: ReadingContext
) -> tuple[Decimal | None, Numerals | None, str]:
    """Return a number, how its numerals are written, and the word after them that makes the number approximate, such as 多.

    The number is None if it cannot be read; the numerals are None if the number cannot be written with them, as in 十多萬.
    """
    groups = {
        name: match[f"{kind}_{name}{suffix}"] or ""
        for name in ("n", "more", "scale", "rest", "chinese", "decimals", "chinese_more_scale", "trailing_more")
    }
    more = groups["more"] + groups["chinese_more_scale"] + groups["trailing_more"]
    can_write = more in ("", "多", "餘", "余") and not groups["rest"] and not (groups["more"] and groups["scale"])
    if groups["n"]:
        number, numerals = read_figure(groups["n"], groups["scale"], context, is_money=kind == "money")
        if rest := groups["rest"]:
            number += read_figure(rest[:-1], rest[-1], context)[0]
        return number, numerals if can_write else None, more
    chinese = groups["chinese"]
    whole = read_chinese(chinese)
    if whole is None:
        return None, None, ""
    decimals = groups["decimals"].translate(TO_ARABIC)
    number = Decimal(f"{whole}.{decimals}" if decimals else whole)
    scale = SCALES.get(groups["chinese_more_scale"].lstrip("多餘余"), 1)
    chinese_numerals = _numerals(chinese + groups["decimals"], context, may_precede_measure_word=kind == "number")
    return number if scale == 1 else without_trailing_zeros(number * scale), chinese_numerals if can_write else None, more


def _arabic_digits(text: str) -> str:
    """Return a label with Arabic digits in place of Chinese numerals: 十四 becomes 14."""
    number = read_chinese(text)
    return text if number is None else str(number)


_label_reader = partial(label_reader, normalise=_arabic_digits)


def _number_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    number, numerals, more = _read_number(match, "number", "", context)
    if number is None:
        return span_of_group(match, "number", Label(match["number"]), None)
    form = Form("number", context.locale, "{}" + more, numerals, is_fixed=bool(more)) if numerals else None
    return span_of_group(match, "number", integer_or_decimal(number), form)


def _percent_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    surface = match["percent"]
    if in_ten := match["percent_in_ten"]:
        number = Decimal(read_chinese(in_ten) or 0) * 10
        form = Form("percent", context.locale, surface, Numerals("words"), only=number, is_fixed=True)
        return span_of_group(match, "percent", Percent(number), form)
    if tenths := match["percent_tenths"]:
        ones = read_chinese(match["percent_ones"] or "零") or 0
        number = Decimal(read_chinese(tenths) or 0) * 10 + (5 if surface.endswith("半") else ones)
        if ones:
            form = Form("percent", context.locale, surface, Numerals("words"), only=number, is_fixed=True)
            return span_of_group(match, "percent", Percent(number), form)
        return span_of_group(
            match,
            "percent",
            Percent(number),
            Form("percent", context.locale, "{}成", Numerals("chinese", two="個" if tenths in "兩两" else "")),
        )
    if digits := match["percent_n1"]:
        number, figures = read_figure(digits, "", context)
        return span_of_group(match, "percent", Percent(number), Form("percent", context.locale, "{}" + surface[-1], figures))
    if surface == "百分之百":
        form = Form("percent", context.locale, surface, Numerals("words"), only=Decimal(100), is_fixed=True)
        return span_of_group(match, "percent", Percent(Decimal(100)), form)
    percentage, numerals, more = _read_number(match, "percent", "", context)
    if percentage is None:
        return span_of_group(match, "percent", Label(surface), None)
    pattern = "百分之{}" + more
    percent_form = Form("percent", context.locale, pattern, numerals, is_fixed=bool(more)) if numerals else None
    return span_of_group(match, "percent", Percent(percentage), percent_form)


def _read_cents(text: str) -> int:
    """Return the cents of 五角, 五角五分 or 零五分."""
    tenths, _, hundredths = text.translate(TO_ARABIC).replace("毫", "角").rstrip("分").rpartition("角")
    return 10 * int(tenths or "0") + int(hundredths or "0")


def _money_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    if tenths := match["money_tenths"]:
        amount_below_one = Decimal(_read_cents(tenths + "角" + (match["money_hundredths"] or ""))) / 100
        return span_of_group(match, "money", Money(context.currency, amount_below_one), None)
    suffix = "1" if match["money_after1"] else ""
    before, after = match["money_before"] or "", match["money_after"] or match["money_after1"] or ""
    amount, numerals, more = _read_number(match, "money", suffix, context)
    if amount is None:
        return span_of_group(match, "money", Label(match["money"]), None)
    if cents := match[f"money_cents{suffix}"]:
        amount += Decimal(_read_cents(cents)).scaleb(-2)
    currency = CURRENCIES.get(before) or CURRENCIES.get(after) or context.currency
    gap = " " if match["money"][len(before)] == " " else ""
    pattern = before + gap + "{}" + more + after.translate(TO_TRADITIONAL)
    form = Form("money", context.locale, pattern, numerals, currency, is_fixed=bool(more)) if numerals else None
    return span_of_group(match, "money", Money(currency, amount), form)


def _ordinal_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    if century := match["century"]:
        numerals = Numerals("arabic" if century.isdecimal() else "chinese")
        form = Form("ordinal", context.locale, "{}", numerals, is_fixed=True)
        return span_of_group(match, "century", Ordinal(int(_arabic_digits(century))), form)
    if digits := match["ordinal_n"]:
        number, numerals = read_figure(digits, "", context)
        return span_of_group(match, "ordinal", Ordinal(int(number)), Form("ordinal", context.locale, "第{}", numerals))
    chinese = match["ordinal_chinese"]
    ordinal_number = read_chinese(chinese)
    if not ordinal_number:
        return span_of_group(match, "ordinal", Label(chinese), None)
    return span_of_group(
        match, "ordinal", Ordinal(ordinal_number), Form("ordinal", context.locale, "第{}", _numerals(chinese, context))
    )


def _fraction_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    suffix = "1" if match["fraction_n1"] else ""
    texts = match[f"fraction_n{suffix}"], match[f"fraction_of{suffix}"]
    numerator, denominator = (read_chinese(text) or read_chinese("一" + text) or text for text in texts)
    return span_of_group(match, "fraction", Label(f"{numerator}/{denominator}"), None)


def _implied_value_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    group = matched_group(match, "implied_n", "implied_n1", "implied_n2", "implied_n3", "implied_n4")
    value = IMPLIED_VALUES[match[group]]
    kind: Kind = "ordinal" if isinstance(value, Ordinal) else "number"
    form = Form(kind, context.locale, match[group], Numerals("words"), only=Decimal(value.number), is_fixed=True)
    return span_of_group(match, group, value, form)


def _decade_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a decade, or of a five-year plan such as 十四五, which is an ordinal; it is frozen."""
    if plan := match["five_year"]:
        form = Form("ordinal", context.locale, "{}五", Numerals("chinese"), is_fixed=True)
        return span_of_group(match, "decade", Ordinal(read_chinese(plan) or 0), form)
    if year := match["decade_year"]:
        return span_of_group(match, "decade", Label(f"{year.translate(TO_ARABIC)}s"), None)
    return span_of_group(match, "decade", Label(f"19{match['decade_tens'][0].translate(TO_ARABIC)}0s"), None)


def _round_number_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a power of ten without a digit, such as 百 in 近百名; it is frozen."""
    group = matched_group(match, "round_n", "round_n1", "round_n2", "round_n3")
    number = read_chinese("一" + match[group].translate({ord(more): None for more in "多餘余"})) or 0
    value: Integer | Money = Integer(number)
    code = ""
    if currency := match["round_currency"]:
        code = CURRENCIES.get(currency, context.currency)
        value = Money(code, Decimal(number))
    kind: Kind = "money" if code else "number"
    form = Form(kind, context.locale, match["round"], Numerals("words"), code, only=Decimal(number), is_fixed=True)
    return span_of_group(match, "round", value, form)


READERS: dict[str, Callable[[re.Match[str], ReadingContext], ValueSpan | Sequence[ValueSpan] | None]] = {
    "file_number": _label_reader("file_number"),
    "named": _label_reader(*(f"named_n{suffix}" for suffix in ("", *range(1, 20)))),
    "phone": _label_reader("phone"),
    "alphanumeric": _label_reader("alphanumeric"),
    "vague": _label_reader("vague"),
    **date_readers.READERS,
    "percent": _percent_span,
    "fraction": _fraction_span,
    "decade": _decade_span,
    "round": _round_number_span,
    "money": _money_span,
    "ordinal": _ordinal_span,
    "implied": _implied_value_span,
    "number": _number_span,
}
"""The functions that return the value span of a match, keyed by the kind of value."""
