"""Values of one kind in Chinese numerals and in figures, where the house style writes only one of the two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.checks.checked_document import CheckedDocument
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
_TENTHS_OR_ABOUT = re.compile("成|[一二三四五六七八九十百千][多餘余]")
_AFTER_NAME = re.compile("[《「『“][^》」』”]*$|[A-Za-z][ .-]?$")
_KINDS = ("number", "percent", "money", "date", "time", "years")
_UNIT = re.compile("[多餘余]?(?P<unit>[\u3400-\u9fff])")
_APPROXIMATE_BEFORE = re.compile("(?:[近約约逾過过達达計计]|最多|最少|至少|不少[於于])[有為为]?$")
_APPROXIMATE_AFTER = re.compile("[多餘余幾几]|[\u3400-\u9fff]?(?:以[上下]|左右)")
_MORE = re.compile("[多餘余]")


@dataclass
class _Written:
    """The values of one kind that the house style writes in the same numerals, by the numerals of the text."""

    chinese: list[Highlight] = field(default_factory=list)
    arabic: list[Highlight] = field(default_factory=list)


def mixed_numerals(document: CheckedDocument) -> Iterator[Violation]:
    """Find values that a document writes in Chinese numerals and in figures, although the style writes only one of them.

    Counts are compared within a document if they have the same measure word, other values within their passage. A style may
    write some values of a kind in Chinese numerals and others in figures, such as 三個 and 36個, or 五千元 and 1 980元; only
    values that it writes alike are compared. Labels, titles, round numbers that are approximate, Chinese numerals up to ten, and
    numbers before measure words that keep Chinese numerals (十二個月, 十八區) are ignored: official texts mix these.
    """
    groups: dict[tuple[str, int, str, str, str], _Written] = defaultdict(_Written)
    for passage in document.passages:
        if not passage.language.is_chinese or passage.role in ("title", "heading"):
            continue
        for value_span in passage.value_spans:
            kind = KINDS.get(type(value_span.value), "")
            unit = _unit(kind, value_span, passage)
            if kind in _KINDS and unit is not None and not _is_exempt(value_span, passage):
                place = 0 if kind == "number" and passage.role != "cell" else id(passage)
                house_system = _house_system(passage.language_style, kind, value_span)
                group = groups[passage.language.code, place, kind, unit, house_system]
                highlight = Highlight(passage, value_span.start, value_span.end)
                if _CHINESE.search(value_span.surface):
                    group.chinese.append(highlight)
                elif _FIGURE.search(value_span.surface):
                    group.arabic.append(highlight)
    for (_, _, kind, _, house_system), group in groups.items():
        right, wrong = (group.chinese, group.arabic) if house_system == "chinese" else (group.arabic, group.chinese)
        for highlight in wrong if right else ():
            if not highlight.passage.is_computed(highlight.start, highlight.end):
                message = f"{highlight.text} and {right[0].text} are written in different numerals"
                hint = f"write {house_system.capitalize()} numerals, as the house style does"
                yield Violation(message, (highlight,), hint, cause=kind)


def _unit(kind: str, value_span: ValueSpan, passage: Passage) -> str | None:
    """Return the measure word after a number, or None if there is none; for money the unit, and for other kinds no text."""
    if kind == "number":
        match = _UNIT.match(passage.plain, value_span.end)
        return match["unit"] if match and not isinstance(value_span.value, Decimal) else None
    return value_span.surface[-1] if kind == "money" else ""


def _house_system(style: LanguageStyle, kind: str, value_span: ValueSpan) -> str:
    """Return the numerals in which the house style writes a value: "chinese" or "arabic"."""
    match value_span.value:
        case Integer(number) | Count(number):
            return numerals(style, kind, number).system
        case Decimal(decimal) | Money(_, decimal):
            return numerals(style, kind, decimal).system
    return numerals(style, kind).system


def _is_exempt(value_span: ValueSpan, passage: Passage) -> bool:
    """Whether a value has numerals of its own.

    It is a number up to ten in Chinese numerals or, where the style writes these in Chinese numerals, in figures; a number before
    a measure word that keeps Chinese numerals (十二個月, 十八區), a number of tenths (六成), a number with 多 (四十多), an
    approximate number that is round (近十二萬元), or a figure in a title or after a Latin word (《藍圖2050》, Web 2.0).
    """
    text, style = passage.plain, passage.language_style
    if (
        _TENTHS_OR_ABOUT.search(value_span.surface)
        or (value_span.form and value_span.form.only is not None)
        or _SET_PHRASE.match(text, value_span.start)
        or text.startswith(style.no_figures_before, value_span.end)
        or _AFTER_NAME.search(text[: value_span.start])
        or _is_round_approximation(value_span, text)
    ):
        return True
    match value_span.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= max(style.words_to, 10 if _CHINESE.search(value_span.surface) else 0)
        case Decimal():
            return value_span.is_frozen
    return False


def _is_round_approximation(value_span: ValueSpan, text: str) -> bool:
    """Whether a value has one or two digits before its zeros, and words such as 約 and 多 call it approximate."""
    match value_span.value:
        case Integer(number) | Money(_, number):
            is_round = number >= 20 and not number % 10 and len(str(int(number)).rstrip("0")) <= 2
            words = (_APPROXIMATE_BEFORE.search(text[: value_span.start]), _APPROXIMATE_AFTER.match(text, value_span.end))
            return is_round and bool(any(words) or _MORE.search(value_span.surface))
    return False
