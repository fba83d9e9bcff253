"""Chinese and Arabic numerals in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.values import KINDS
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.types import Count, Decimal, Integer, Ordinal
from ipdocs.values.value_span import ValueSpan

_CHINESE = re.compile("[一二三四五六七八九十百千兩]")
_COMPARED_KINDS = ("number", "percent", "money", "date", "time", "years")


def mixed_numerals(passage: Passage) -> Iterator[Violation]:
    """Find paragraphs with both Chinese and Arabic numerals.

    Labels, and Chinese numerals up to ten, are ignored. If the house style writes two kinds of values in different numerals,
    such as dates in figures and amounts in Chinese, a paragraph may contain both.
    """
    if not passage.language.is_chinese:
        return
    chinese_value_spans: dict[str, ValueSpan] = {}
    arabic_value_spans: dict[str, ValueSpan] = {}
    for value_span in passage.value_spans:
        kind = KINDS.get(type(value_span.value), "")
        if kind in _COMPARED_KINDS and not _is_exempt(value_span):
            value_spans = (
                chinese_value_spans
                if _CHINESE.search(value_span.surface)
                else arabic_value_spans
                if re.search("[0-9]", value_span.surface)
                else None
            )
            if value_spans is not None:
                value_spans.setdefault(_group(kind, passage), value_span)
    for group in chinese_value_spans.keys() & arabic_value_spans.keys():
        style = passage.language_style.numerals.number
        wrong_value_span, right_value_span = (
            (arabic_value_spans[group], chinese_value_spans[group])
            if style == "chinese"
            else (chinese_value_spans[group], arabic_value_spans[group])
        )
        message = f"{wrong_value_span.surface} and {right_value_span.surface} are written in different numerals"
        hint = f"write {style.capitalize()} numerals, as the house style does"
        yield Violation(message, (Highlight(passage, wrong_value_span.start, wrong_value_span.end),), hint, cause=group)


def _is_exempt(value_span: ValueSpan) -> bool:
    """Whether a value is a number up to ten in Chinese numerals, or a number such as 1.4億, in which only the unit is Chinese."""
    match value_span.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= 10 and _CHINESE.search(value_span.surface) is not None
        case Decimal():
            return value_span.is_frozen
    return False


def _group(kind: str, passage: Passage) -> str:
    """Return the group of a kind of value; a paragraph must have the same numerals for all values of a group."""
    numerals = passage.language_style.numerals
    return str(getattr(numerals, kind)) if numerals.number == "chinese" else kind
