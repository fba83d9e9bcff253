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
_ALWAYS_CHINESE = re.compile("十[一二八](?:個月|区|區)|二十四小[時时]|廿四")
_AFTER_NAME = re.compile("[《「『“][^》」』”]*$|[A-Za-z][ .-]?$")
_COMPARED_KINDS = ("number", "percent", "money", "date", "time", "years")


def mixed_numerals(passage: Passage) -> Iterator[Violation]:
    """Find paragraphs with both Chinese and Arabic numerals.

    Only values of one kind are compared: officials write dates in Chinese beside percentages in figures. Labels, Chinese numerals
    up to ten, and numbers that are always in one kind of numerals, such as 十二個月 and 十八區, are ignored.
    """
    if not passage.language.is_chinese:
        return
    chinese_value_spans: dict[str, ValueSpan] = {}
    arabic_value_spans: dict[str, ValueSpan] = {}
    for value_span in passage.value_spans:
        kind = KINDS.get(type(value_span.value), "")
        if kind in _COMPARED_KINDS and not _is_exempt(value_span, passage.plain):
            value_spans = (
                chinese_value_spans
                if _CHINESE.search(value_span.surface)
                else arabic_value_spans
                if re.search("[0-9]", value_span.surface)
                else None
            )
            if value_spans is not None:
                value_spans.setdefault(kind, value_span)
    for kind in _COMPARED_KINDS:
        if kind not in chinese_value_spans or kind not in arabic_value_spans:
            continue
        style = passage.language_style.numerals.number
        wrong_value_span, right_value_span = (
            (arabic_value_spans[kind], chinese_value_spans[kind])
            if style == "chinese"
            else (chinese_value_spans[kind], arabic_value_spans[kind])
        )
        message = f"{wrong_value_span.surface} and {right_value_span.surface} are written in different numerals"
        hint = f"write {style.capitalize()} numerals, as the house style does"
        yield Violation(message, (Highlight(passage, wrong_value_span.start, wrong_value_span.end),), hint, cause=kind)


def _is_exempt(value_span: ValueSpan, text: str) -> bool:
    """Whether a value has numerals of its own.

    It is a number up to ten in Chinese numerals, a number such as 1.4億 in which only the unit is Chinese, a number of months or
    districts (十二個月, 十八區), a number of tenths (六成), or a figure in a title or after a Latin word (《藍圖2050》, Web 2.0).
    """
    if (
        "成" in value_span.surface
        or _ALWAYS_CHINESE.match(text, value_span.start)
        or _AFTER_NAME.search(text[: value_span.start])
    ):
        return True
    match value_span.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= 10 and _CHINESE.search(value_span.surface) is not None
        case Decimal():
            return value_span.is_frozen
    return False
