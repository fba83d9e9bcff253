"""Recognise the values in a text, each with its span and form."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ipdocs.locale.language import Language
from ipdocs.values import chinese, english
from ipdocs.values.date_readers import following_times
from ipdocs.values.fields import FieldGroups, field_groups
from ipdocs.values.ranges import days_with_weekdays, series_of_names, share_units
from ipdocs.values.style_forms import figures
from ipdocs.values.types import Decimal, Integer, Label, Money, Percent, Value
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import MAX_LENGTH, ReadingContext, ValueSpan


def recognise(text: str, context: Language | ValueContext) -> list[ValueSpan]:
    """Return the values in a text, in order.

    In a language without a reader of its own, values are recognised as the style writes them, and not without a style. Labels
    such as Cap. 559 are also values. Idioms such as 一帶一路, expressions and addresses are skipped.

    Args:
        text: the text.
        context: the language, or a setting; the setting supplies missing years and the grouping of digits.
    """
    language = context if isinstance(context, Language) else context.language
    if not language.is_chinese and not language.is_english:
        return [] if isinstance(context, Language) else _recognise_by_style(text, context)
    module = chinese if language.is_chinese else english
    reading_context = _reading_context(context, _field_groups(language.is_chinese))
    if _FULL_WIDTH_DIGIT.search(text):
        half_width = text.translate(_TO_HALF_WIDTH)
        return [
            replace(
                span, surface=text[span.start : span.end], form=None if span.surface != text[span.start : span.end] else span.form
            )
            for span in recognise(half_width, context)
        ]
    value_spans: list[ValueSpan] = []
    for match in module.value_pattern().finditer(text):
        reader = module.READERS.get(match.lastgroup or "")
        if len(match[0]) > MAX_LENGTH:
            continue
        if reader and (found := reader(match, reading_context)):
            value_spans += [found] if isinstance(found, ValueSpan) else found
    value_spans = share_units(text, series_of_names(text, days_with_weekdays(text, value_spans)))
    value_spans = [_with_sign(text, value_span) for value_span in value_spans if not _is_raised(text, value_span)]
    if language.is_chinese:
        value_spans = following_times(text, value_spans)
    return [_as_label(text, value_span) for value_span in value_spans] if "《" in text or "「" in text else value_spans


def _is_raised(text: str, value_span: ValueSpan) -> bool:
    """Whether a number has an exponent, an index or a note mark, as 10⁶ and 120¹ have, and therefore does not state itself."""
    return isinstance(value_span.value, Integer | Decimal | Label) and bool(
        _SCRIPT_DIGIT.search(text, value_span.start, value_span.end + 1)
    )


_SCRIPT_DIGIT = re.compile(r"(?<=\d)[⁺⁻₊₋]?[²³¹⁰⁴-⁹₀-₉]")
_FULL_WIDTH_DIGIT = re.compile("[０-９]")
_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％＄", "0123456789.%$")


def _recognise_by_style(text: str, context: ValueContext) -> list[ValueSpan]:
    """Return the values in a text of a language that has no reader of its own, as the style and the CLDR describe them."""
    from ipdocs.values.style_reader.reader import style_reader

    value_spans = style_reader(context.language_style).read(text, _reading_context(context, {}))
    return [_with_sign(text, value_span) for value_span in value_spans]


@cache
def _field_groups(is_chinese: bool) -> FieldGroups:
    """Return the field groups of a language; they are cached by language, because hashing a pattern is slow."""
    return field_groups((chinese if is_chinese else english).value_pattern())


_SIGN = re.compile(
    r"(?:\b[Mm]inus |(?<=[\u4e00-\u9fff（])－|(?<=[ (])–|(?<![自須须要擔担肩應应各分承抱欠])[負负]|零下|−"
    r"|(?:(?<![\w\s)）%％])|(?<=[\u4e00-\u9fff])|(?<=[^\d\W] )|(?<=[;:,，；：、] )|^)-)$"
)


def _with_sign(text: str, value_span: ValueSpan) -> ValueSpan:
    """Return a number, percentage or amount with the sign before it, such as "-" or 負; other values as they are."""
    start = value_span.start
    if not start or text[start - 1] not in "-−－–負负下 ":
        return value_span
    match = _SIGN.search(text, max(start - 8, 0), start)
    negative = _negative(value_span.value) if match else None
    if not match or negative is None:
        return value_span
    form = value_span.form
    minus = match[0].replace("负", "負")
    return replace(
        value_span,
        value=negative,
        surface=match[0] + value_span.surface,
        start=match.start(),
        form=form and replace(form, numerals=replace(form.numerals, minus=minus)),
    )


def _negative(value: Value) -> Value | None:
    match value:
        case Integer(number):
            return Integer(-number)
        case Decimal(number):
            return Decimal(-number)
        case Percent(number):
            return Percent(-number)
        case Money(currency, amount):
            return Money(currency, -amount)
    return None


_CLAUSE = re.compile("[」，。；：]")
_FIVE_YEAR_PLAN = re.compile("十[一二三四五六]五")


def _as_label(text: str, value_span: ValueSpan) -> ValueSpan:
    """Return a value within the title of a work as a label, such as 2050 in 《藍圖2050》; other values as they are.

    A year in figures at the beginning or end of a name in quotation marks is also a label: 「博覽2026」.
    The ordinal of a five-year plan stays one: 《十五五規劃》.
    """
    start, end = value_span.start, value_span.end
    if _FIVE_YEAR_PLAN.fullmatch(value_span.surface):
        return value_span
    title = text.rfind("《", 0, start)
    if title >= 0 and title > text.rfind("》", 0, start) and text.find("》", end) >= 0:
        return replace(value_span, value=Label(value_span.surface), form=None)
    if len(value_span.surface) == 4 and value_span.surface.isdecimal():
        name = text.rfind("「", 0, start)
        if name >= 0 and (text.startswith("」", end) or name == start - 1) and not _CLAUSE.search(text, name + 1, start):
            return replace(value_span, value=Label(value_span.surface), form=None)
    return value_span


def _reading_context(context: Language | ValueContext, groups: FieldGroups) -> ReadingContext:
    if isinstance(context, Language):
        return ReadingContext(
            context.babel if context.is_chinese else english.LOCALE, groups, currency=_default_currency(context)
        )
    section = context.language_style
    return ReadingContext(
        section.cldr,
        groups,
        *figures(section),
        *figures(section, "money"),
        thousands_from=section.thousands_from,
        words_to=section.words_to,
        zero=section.zero.in_numbers if section.zero else "零",
        zero_in_years=section.zero.in_years if section.zero else "○",
        currency=_default_currency(context.language),
        issued=context.issued,
    )


def _default_currency(language: Language) -> str:
    """Return the currency that 元 or $ alone means: in Mainland Chinese the yuan, otherwise the Hong Kong dollar."""
    return "CNY" if language.tag.endswith("-CN") else "HKD"
