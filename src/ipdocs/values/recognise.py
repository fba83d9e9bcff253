"""Recognise the values in a text, each with its span and form."""

from __future__ import annotations

from ipdocs.locale.language import Language
from ipdocs.values import chinese, english
from ipdocs.values.fields import FieldGroups, field_groups
from ipdocs.values.ranges import share_units
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ReadingContext, ValueSpan

MAX_LENGTH = 80
"""The maximum length of a value in characters; no document writes a longer one."""


def recognise(text: str, context: Language | ValueContext) -> list[ValueSpan]:
    """Return the values in a text, in order.

    Labels such as Cap. 559 are also values. Idioms such as 一帶一路, expressions and addresses are skipped.

    Args:
        text: the text.
        context: the language, or a setting; the setting supplies missing years and the grouping of digits.
    """
    language = context if isinstance(context, Language) else context.language
    module = chinese if language.is_chinese else english
    reading_context = _reading_context(context, field_groups(module.value_pattern()))
    value_spans = []
    for match in module.value_pattern().finditer(text):
        reader = module.READERS.get(match.lastgroup or "")
        if len(match[0]) > MAX_LENGTH:
            continue
        if reader and (value_span := reader(match, reading_context)):
            value_spans.append(value_span)
    return share_units(text, value_spans)


def _reading_context(context: Language | ValueContext, groups: FieldGroups) -> ReadingContext:
    if isinstance(context, Language):
        return ReadingContext(
            context.babel if context.is_chinese else english.LOCALE, groups, currency=_default_currency(context)
        )
    section = context.language_style
    return ReadingContext(
        section.cldr,
        groups,
        number_pattern=section.number,
        words_to=section.words_to if section.numerals.count == "words" else 0,
        zero=section.zero.in_numbers if section.zero else "零",
        zero_in_years=section.zero.in_years if section.zero else "○",
        currency=_default_currency(context.language),
        issued=context.issued,
    )


def _default_currency(language: Language) -> str:
    """Return the currency that 元 or $ alone means: in Mainland Chinese the yuan, otherwise the Hong Kong dollar."""
    return "CNY" if language.tag.endswith("-CN") else "HKD"
