"""Comparison of the values (numbers, dates, money …) that a text states in two languages, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ipdocs.checks.counterparts import counterparts
from ipdocs.checks.equal_values import (
    ValueIndex,
    are_equal,
    bare_number,
    find_values,
    has_end,
    index_values,
    range_ends,
    share,
)
from ipdocs.checks.passage import Passage, Span
from ipdocs.values import types
from ipdocs.values.date_readers import YEARS_BEFORE
from ipdocs.values.value_span import ValueSpan

KINDS: dict[type, str] = {
    types.Integer: "number",
    types.Decimal: "number",
    types.Count: "number",
    types.Ordinal: "ordinal",
    types.Percent: "percent",
    types.Money: "money",
    types.Date: "date",
    types.DateRange: "date",
    types.RelativeDay: "date",
    types.Weekday: "weekday",
    types.Time: "time",
    types.TimeRange: "time",
    types.Years: "years",
    types.Label: "label",
}
"""The kind of value, keyed by type; rules compare values of the same kind."""

_FALL = re.compile(
    "[負负]增[長长]|[跌減减降縮缩負负虧亏]"
    "|(?i:\\b(?:negative growth|fall|fell|decreas|drop|declin|down|reduc|shr[iau]nk|contract|loss|lower))"
)
_RISE = re.compile("[升增漲涨]|(?i:\\b(?:rise|rising|rose|increas|grow|grew|climb|up\\b))")
_DIRECTION = re.compile(f"(?P<fall>{_FALL.pattern})|(?P<rise>{_RISE.pattern})")
_NEXT_DAY = re.compile("[翌次]日|(?i:\\b(?:next|following) day\\b)")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that only one language states, or a pair of different values, one in each language.

    If both value spans are set, the two values were probably meant to be equal.
    """

    kind: str
    source: ValueSpan | None
    target: ValueSpan | None


def differences(source: Passage, target: Passage) -> list[Difference]:
    """Return the values that only one of two passages states; values of the same kind are paired in order.

    A value stated twice in one language and once in the other is not a difference.
    """
    shared_names = {span.name for span in source.expressions} & {span.name for span in target.expressions}
    shared_names -= _names_after_sign(source) ^ _names_after_sign(target)
    pairs = list(counterparts(source, target))
    source_value_spans = _compared_spans(source, shared_names, [code for code, _, _ in pairs])
    target_value_spans = _compared_spans(target, shared_names, [words for _, words, _ in pairs])
    source_index, target_index = index_values(source.value_spans), index_values(target.value_spans)
    compared_sources, compared_targets = index_values(source_value_spans), index_values(target_value_spans)
    only_source = [
        value_span
        for value_span in source_value_spans
        if not _state_value(target_index, value_span) and not _is_relative_day(value_span, target_value_spans, target)
    ]
    only_target = [
        value_span
        for value_span in target_value_spans
        if not _state_value(source_index, value_span) and not _is_relative_day(value_span, source_value_spans, source)
    ]
    only_source = [span for span in only_source if not _is_written_otherwise(span, source, target, compared_targets)]
    only_target = [span for span in only_target if not _is_written_otherwise(span, target, source, compared_sources)]
    all_differences: list[Difference] = []
    for kind in dict.fromkeys(KINDS.values()):
        all_differences += _pair_spans(
            kind,
            _spans_of_kind(only_source, kind, only_target),
            _spans_of_kind(only_target, kind, only_source),
            _repeated_span(source_value_spans, compared_sources, compared_targets, kind),
            _repeated_span(target_value_spans, compared_targets, compared_sources, kind),
        )
    return [
        difference
        for difference in all_differences
        if (difference.source and difference.target) or not _may_be_implied(difference, source, target)
    ]


def _is_written_otherwise(value_span: ValueSpan, passage: Passage, other: Passage, other_values: ValueIndex) -> bool:
    """Whether the other language has a value in words that are not read as this value.

    These are 零碳 for zero-carbon, a fall of 2.6% for -2.6%, 博覽二○二六 for Expo 2026, 今年 for the year of
    issue, 翌日 for the day after another date, and "at five" for 五時.
    """
    match value_span.value:
        case types.Percent(number):
            opposites = [span for span in other_values.get(types.Percent(-number), ()) if span.value == types.Percent(-number)]
            falls, spans = (passage, [value_span] if opposites else []) if number > 0 else (other, opposites)
            return any(_says_fall(falls, span) for span in spans)
        case types.Years(first, last) if first == last and _says_year_in_words(first, other):
            return True
        case types.Years(first, last) if first == last and other.language.is_chinese:
            digits = str(first).translate(str.maketrans("123456789", "一二三四五六七八九"))
            return any(digits.replace("0", zero) in other.plain for zero in "○零〇")
        case types.Integer() | types.Decimal() if _has_half(value_span, passage, other_values, other):
            return True
        case types.Date(day=int()) as next_value if _NEXT_DAY.search(other.plain):
            return any(_is_next_day(span.value, next_value) for span in other.value_spans)
        case types.Time(hour, 0) if passage.language.is_chinese:
            return any(_is_hour_in_words(span, other) for span in other_values.get(types.Integer(hour % 12 or 12), ()))
        case types.Integer(number) if _is_hour_in_words(value_span, passage):
            spans = [span for hour in (number, number % 12, number + 12) for span in other_values.get(types.Time(hour, 0), ())]
            return number <= 12 and any(isinstance(span.value, types.Time) for span in spans)
    return value_span.surface.lower() in ("zero", "零") and re.search("零|(?i:zero)", other.plain) is not None


def _says_fall(passage: Passage, value_span: ValueSpan) -> bool:
    """Whether words near a value call it a fall, and those just before it do not call it a rise."""
    nearest = [*_DIRECTION.finditer(passage.plain, max(value_span.start - 30, 0), value_span.start)][-1:]
    if nearest and not re.search("[，。；,;.]", passage.plain[nearest[0].end() : value_span.start]):
        return nearest[0]["rise"] is None
    return _FALL.search(passage.plain, max(value_span.start - 100, 0), value_span.end + 40) is not None


_AND_A_HALF = re.compile("[個个]半| and a half\\b")


def _has_half(value_span: ValueSpan, passage: Passage, other_values: ValueIndex, other: Passage) -> bool:
    """Whether one of two numbers has its half in words: 三個半小時 and "3.5 hours"."""
    number = bare_number(value_span)
    if number is None:
        return False
    if _AND_A_HALF.match(passage.plain, value_span.end):
        return ("number", number + 0.5) in other_values
    return any(_AND_A_HALF.match(other.plain, span.end) for span in other_values.get(("number", number - 0.5), ()))


_BEFORE_HOUR = re.compile(r"\b(?:at|by|until|before|after|past) $")


def _is_hour_in_words(value_span: ValueSpan, passage: Passage) -> bool:
    """Whether a number is the hour of a time in English words: "at five"."""
    return (
        isinstance(value_span.value, types.Integer)
        and value_span.surface.isalpha()
        and _BEFORE_HOUR.search(passage.plain, max(value_span.start - 8, 0), value_span.start) is not None
    )


_YEAR_WORDS = {**YEARS_BEFORE, "this year": 0, "last year": -1, "next year": 1}
# With re.ASCII, s does not match ſ, which has no small letter in the keys.
_YEAR_IN_WORDS = re.compile("|".join(_YEAR_WORDS), re.IGNORECASE | re.ASCII)


def _says_year_in_words(year: int, passage: Passage) -> bool:
    """Whether a passage calls a year this year, last year or next year."""
    issued = passage.value_context.issued
    if issued is None or not issued.year:
        return False
    words = (match[0].lower() for match in _YEAR_IN_WORDS.finditer(passage.plain))
    return any(issued.year + _YEAR_WORDS[word] == year for word in words)


def _is_next_day(value: object, next_value: types.Date) -> bool:
    """Whether a value is a date, and `next_value` the day after it; one of the two may lack the year."""
    if not isinstance(value, types.Date) or not (value.month and value.day):
        return False
    try:
        next_day = date(value.year or next_value.year or 2000, value.month, value.day) + timedelta(days=1)
    except (ValueError, OverflowError):  # the day does not exist, or is the last that Python knows
        return False
    return (next_day.month, next_day.day) == (next_value.month, next_value.day)


def _start_without_sign(value_span: ValueSpan) -> int:
    return value_span.end - len(value_span.surface.lstrip("-−–"))


def _names_after_sign(passage: Passage) -> set[str]:
    """Return the names of the facts with a minus sign before their expression: -{{ growth }}."""
    starts = {_start_without_sign(span) for span in passage.value_spans if span.surface.startswith(("-", "−", "–"))}
    starts -= {span.start for span in passage.value_spans}
    return {span.name for span in passage.expressions if span.start in starts}


def _compared_spans(passage: Passage, shared_names: set[str], translated: Sequence[Span]) -> list[ValueSpan]:
    """Return the values in a passage, except in `translated` and in the results of expressions that both passages contain."""
    spans = [*translated, *(span for span in passage.expressions if span.name in shared_names)]
    return [
        value_span
        for value_span in passage.value_spans
        if not _begins_and_ends_in(spans, value_span) and not passage.plain.startswith("年代", value_span.end)
    ]


def _begins_and_ends_in(spans: Sequence[Span], value_span: ValueSpan) -> bool:
    """Whether a value begins and ends within spans, which may be two, as in the date and weekday of 一月五日（星期二）.

    The sign of a number may be before the spans.
    """
    start = _start_without_sign(value_span)
    return any(span.start <= start < span.end for span in spans) and any(
        span.start < value_span.start + len(value_span.surface.rstrip("）)")) <= span.end for span in spans
    )


def _state_value(values: ValueIndex, value_span: ValueSpan) -> bool:
    """Whether an index has the value of a value span, or the beginning and the end of its range."""
    ends = range_ends(value_span)
    return _has_value(values, value_span) or (bool(ends) and all(_has_value(values, end) for end in ends))


def _has_value(values: ValueIndex, value_span: ValueSpan) -> bool:
    """Whether an index has the value of a value span, or a range that begins or ends with it."""
    return any(are_equal(span, value_span) or has_end(span, value_span) for span in find_values(values, value_span))


def _is_relative_day(value_span: ValueSpan, other_value_spans: Sequence[ValueSpan], passage: Passage) -> bool:
    """Whether a date is the day that the other language calls yesterday, today or tomorrow."""
    issued = passage.value_context.issued
    if not isinstance(value_span.value, types.Date) or issued is None or not issued.year or not issued.day:
        return False
    issue_date = date(issued.year, issued.month, issued.day)
    days = [
        issue_date + timedelta(days=other.value.offset)
        for other in other_value_spans
        if isinstance(other.value, types.RelativeDay)
    ]
    return any((day.month, day.day) == (value_span.value.month, value_span.value.day) for day in days)


def _spans_of_kind(value_spans: Sequence[ValueSpan], kind: str, other_value_spans: Sequence[ValueSpan] = ()) -> list[ValueSpan]:
    """Return the value spans of a kind; a fraction is a percentage if the other language has a percentage in its place."""
    has_percentage = any(isinstance(span.value, types.Percent) for span in other_value_spans)

    def kind_of(value_span: ValueSpan) -> str | None:
        if has_percentage and isinstance(value_span.value, types.Label) and share(value_span.value) is not None:
            return "percent"
        return KINDS.get(type(value_span.value))

    return [value_span for value_span in value_spans if kind_of(value_span) == kind]


def _repeated_span(value_spans: Sequence[ValueSpan], values: ValueIndex, other_values: ValueIndex, kind: str) -> ValueSpan | None:
    """Return the last value that the other language states less often, but at least once, or None.

    Where the other language lacks the value, a wrong value may have replaced it.
    """
    # A value written in the same way many times is counted once, because a count takes as long as the text has values.
    last_spans = {(span.value, span.surface): span for span in _spans_of_kind(value_spans, kind)}
    for value_span in sorted(last_spans.values(), key=lambda span: -span.start):
        if _count(values, value_span) > _count(other_values, value_span) > 0:
            return value_span
    return None


def _count(values: ValueIndex, value_span: ValueSpan) -> int:
    """Return how often an index has the value of a value span."""
    return sum(are_equal(value_span, span) for span in find_values(values, value_span))


def _pair_spans(
    kind: str,
    sources: list[ValueSpan],
    targets: list[ValueSpan],
    repeated_source: ValueSpan | None,
    repeated_target: ValueSpan | None,
) -> Iterator[Difference]:
    """Yield the differences of one kind; a value without a partner is paired with the repeated value of the other language."""
    for index in range(max(len(sources), len(targets))):
        source = sources[index] if index < len(sources) else repeated_source
        target = targets[index] if index < len(targets) else repeated_target
        yield Difference(kind, source, target)


_AFTER_POINTING_WORD = re.compile("(?:[這这該该此]|上述|以上|有[關关])$")
_GROUP_NUMBER = re.compile(r"[二兩两三四五六七八九](?=[地方者岸])")


def _has_no_number_words(passage: Passage) -> bool:
    """Whether numbers in words are not read in a language, because the style has none (`reading: {words: …}`)."""
    language = passage.language
    return not language.is_english and not language.is_chinese and not passage.language_style.reading.words


def _may_be_implied(difference: Difference, source: Passage, target: Passage) -> bool:
    """Whether the other language may leave out a value, such as in 一名, both, 雙方, half, 這三項, 今日 and 粵港澳三地."""
    value_span, passage, other = (difference.source, source, target) if difference.source else (difference.target, target, source)
    if value_span and not any(map(str.isdecimal, value_span.surface)) and _has_no_number_words(other):
        return True
    if value_span and _GROUP_NUMBER.match(passage.plain, value_span.start):
        return True
    match value_span.value if value_span else None:
        case types.Integer(number) | types.Count(number) if value_span and number <= 10 and passage.language.is_chinese:
            return number in (1, 2) or _AFTER_POINTING_WORD.search(passage.plain[: value_span.start]) is not None
        case types.Integer(number) | types.Ordinal(number) | types.Count(number):
            return number in (1, 2)
        case types.Decimal():
            return value_span is not None and value_span.is_frozen
        case types.RelativeDay():
            return True
        case types.Label(text):
            return not re.search("[0-9]", text)
    return False
