"""Values of one kind in Chinese and Arabic numerals in one paragraph, where the house style writes only one of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.values import KINDS
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.style import LanguageStyle
from ipdocs.values.style_forms import numerals
from ipdocs.values.types import Count, Decimal, Integer, Money, Ordinal
from ipdocs.values.value_span import ValueSpan

_CHINESE = re.compile("[一二三四五六七八九十百千兩]")
_FIGURE = re.compile("[0-9]")
_SET_PHRASE = re.compile("二十四小[時时]|廿四")
_AFTER_NAME = re.compile("[《「『“][^》」』”]*$|[A-Za-z][ .-]?$")
_COMPARED_KINDS = ("number", "percent", "money", "date", "time", "years")


def mixed_numerals(passage: Passage) -> Iterator[Violation]:
    """Find paragraphs in which values of one kind are in Chinese numerals and in figures, although the style writes one of them.

    A style may write some values of a kind in Chinese numerals and others in figures, such as 三個 and 36個, or 五千元 and
    1 980元. Only values that it writes alike are compared. Labels, Chinese numerals up to ten, and numbers before measure words
    that keep Chinese numerals (十二個月, 十八區) are ignored.
    """
    if not passage.language.is_chinese:
        return
    first_spans: dict[tuple[str, str, str], ValueSpan] = {}  # keyed by kind, the numerals of the style, and those of the text
    for value_span in passage.value_spans:
        kind = KINDS.get(type(value_span.value), "")
        if kind in _COMPARED_KINDS and not _is_exempt(value_span, passage.plain, passage.language_style):
            written = "chinese" if _CHINESE.search(value_span.surface) else "arabic" if _FIGURE.search(value_span.surface) else ""
            expected = _house_system(passage.language_style, kind, value_span)
            first_spans.setdefault((kind, expected, written), value_span)
    for kind in _COMPARED_KINDS:
        for right, wrong in (("chinese", "arabic"), ("arabic", "chinese")):
            right_span, wrong_span = first_spans.get((kind, right, right)), first_spans.get((kind, right, wrong))
            if right_span and wrong_span:
                message = f"{wrong_span.surface} and {right_span.surface} are written in different numerals"
                hint = f"write {right.capitalize()} numerals, as the house style does"
                yield Violation(message, (Highlight(passage, wrong_span.start, wrong_span.end),), hint, cause=kind)


def _house_system(style: LanguageStyle, kind: str, value_span: ValueSpan) -> str:
    """Return the numerals in which the house style writes a value: "chinese" or "arabic"."""
    match value_span.value:
        case Integer(number) | Count(number):
            return numerals(style, kind, number).system
        case Decimal(decimal) | Money(_, decimal):
            return numerals(style, kind, decimal).system
    return numerals(style, kind).system


def _is_exempt(value_span: ValueSpan, text: str, style: LanguageStyle) -> bool:
    """Whether a value has numerals of its own.

    It is a number up to ten in Chinese numerals or, where the style writes these in Chinese numerals, in figures; a number before
    a measure word that keeps Chinese numerals (十二個月, 十八區), a number of tenths (六成), or a figure in a title or after a
    Latin word (《藍圖2050》, Web 2.0).
    """
    if (
        "成" in value_span.surface
        or _SET_PHRASE.match(text, value_span.start)
        or text.startswith(style.no_figures_before, value_span.end)
        or _AFTER_NAME.search(text[: value_span.start])
    ):
        return True
    match value_span.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= max(style.words_to, 10 if _CHINESE.search(value_span.surface) else 0)
        case Decimal():
            return value_span.is_frozen
    return False
