"""Comparison of the values (numbers, dates, money …) that a text states in two languages, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ipdocs.checks.counterparts import counterparts
from ipdocs.checks.passage import Passage, Span
from ipdocs.values import types
from ipdocs.values.date_readers import YEARS_BEFORE
from ipdocs.values.numerals import read_chinese
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

_FALL = re.compile("[跌減减降縮缩負负虧亏]|(?i:\\b(?:fall|fell|decreas|drop|declin|down|reduc|shr[iau]nk|contract|loss|lower))")
_YEAR = re.compile("[0-9]{4}|年")
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
    pairs = list(counterparts(source, target))
    source_value_spans = _compared_spans(source, shared_names, [code for code, _, _ in pairs])
    target_value_spans = _compared_spans(target, shared_names, [words for _, words, _ in pairs])
    only_source = [
        value_span
        for value_span in source_value_spans
        if not _state_value(target.value_spans, value_span) and not _is_relative_day(value_span, target_value_spans, target)
    ]
    only_target = [
        value_span
        for value_span in target_value_spans
        if not _state_value(source.value_spans, value_span) and not _is_relative_day(value_span, source_value_spans, source)
    ]
    only_source = [span for span in only_source if not _is_written_otherwise(span, source, target, target_value_spans)]
    only_target = [span for span in only_target if not _is_written_otherwise(span, target, source, source_value_spans)]
    all_differences: list[Difference] = []
    for kind in dict.fromkeys(KINDS.values()):
        all_differences += _pair_spans(
            kind,
            _spans_of_kind(only_source, kind),
            _spans_of_kind(only_target, kind),
            _repeated_span(source_value_spans, target_value_spans, kind),
            _repeated_span(target_value_spans, source_value_spans, kind),
        )
    return [
        difference
        for difference in all_differences
        if (difference.source and difference.target) or not _may_be_implied(difference, source, target)
    ]


def _is_written_otherwise(
    value_span: ValueSpan, passage: Passage, other: Passage, other_value_spans: Sequence[ValueSpan]
) -> bool:
    """Whether the other language has a value in words that are not read as this value.

    These are 零碳 for zero-carbon, a fall of 2.6% for -2.6%, 博覽二○二六 for Expo 2026, 今年 for the year of
    issue, and 翌日 for the day after another date.
    """
    match value_span.value:
        case types.Percent(number):
            opposites = [span for span in other_value_spans if span.value == types.Percent(-number)]
            falls, spans = (passage, [value_span] if opposites else []) if number > 0 else (other, opposites)
            return any(_FALL.search(falls.plain, max(span.start - 100, 0), span.end + 40) for span in spans)
        case types.Years(first, last) if first == last and _says_year_in_words(first, other):
            return True
        case types.Years(first, last) if first == last and other.language.is_chinese:
            digits = str(first).translate(str.maketrans("123456789", "一二三四五六七八九"))
            return any(digits.replace("0", zero) in other.plain for zero in "○零〇")
        case types.Date(day=int()) as next_value if _NEXT_DAY.search(other.plain):
            return any(_is_next_day(span.value, next_value) for span in other.value_spans)
    return value_span.surface.lower() in ("zero", "零") and re.search("零|(?i:zero)", other.plain) is not None


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


def _compared_spans(passage: Passage, shared_names: set[str], translated: Sequence[Span]) -> list[ValueSpan]:
    """Return the values in a passage, except in `translated` and in the results of expressions that both passages contain."""
    spans = [*translated, *(span for span in passage.expressions if span.name in shared_names)]
    return [
        value_span
        for value_span in passage.value_spans
        if not _begins_and_ends_in(spans, value_span) and not passage.plain.startswith("年代", value_span.end)
    ]


def _begins_and_ends_in(spans: Sequence[Span], value_span: ValueSpan) -> bool:
    """Whether a value begins and ends within spans, which may be two, as in the date and weekday of 一月五日（星期二）."""
    return any(span.start <= value_span.start < span.end for span in spans) and any(
        span.start < value_span.start + len(value_span.surface.rstrip("）)")) <= span.end for span in spans
    )


def _state_value(value_spans: Sequence[ValueSpan], value_span: ValueSpan) -> bool:
    """Whether value spans state the value of another one, or the beginning and the end of its range."""
    if any(_are_equal(candidate, value_span) or _has_end(candidate, value_span) for candidate in value_spans):
        return True
    ends = _range_ends(value_span)
    return bool(ends) and all(
        any(_are_equal(candidate, end) or _has_end(candidate, end) for candidate in value_spans) for end in ends
    )


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


def _range_ends(value_span: ValueSpan) -> list[ValueSpan]:
    """Return the beginning and the end of a range as two value spans, or an empty list for a value that is no range."""
    match value_span.value:
        case types.DateRange(first, last) | types.TimeRange(first, last):
            return [ValueSpan(value, value_span.surface, value_span.start, value_span.end) for value in (first, last)]
        case types.Years(first_year, last_year) if first_year != last_year:
            return [
                ValueSpan(types.Years(year, year), value_span.surface, value_span.start, value_span.end)
                for year in (first_year, last_year)
            ]
    return []


def _has_end(range_span: ValueSpan, value_span: ValueSpan) -> bool:
    """Whether a range begins or ends with the value of a value span."""
    return any(_are_equal(end, value_span) for end in _range_ends(range_span))


def _are_equal(first: ValueSpan, second: ValueSpan) -> bool:
    """Whether two value spans state the same value.

    One of two dates may lack the year. Labels are compared by their letters and figures only. The kind of a single number is
    ignored: 第三 equals "three".
    """
    match first.value, second.value:
        case types.Date(year, month, day), types.Date(second_year, second_month, second_day):
            both_state_year = _YEAR.search(first.surface) and _YEAR.search(second.surface)
            return (month, day) == (second_month, second_day) and (year == second_year or not both_state_year)
        case types.DateRange(), types.DateRange():
            return all(_are_equal(*ends) for ends in zip(_range_ends(first), _range_ends(second), strict=True))
        case (types.Percent(), types.Label()) | (types.Label(), types.Percent()):
            return _share(first.value) == _share(second.value)
        case types.Money() | types.Percent() | types.Label(), types.Money() | types.Percent() | types.Label():
            return (
                _label_key(first) == _label_key(second) if isinstance(first.value, types.Label) else first.value == second.value
            )
    return first.value == second.value or ((number := _bare_number(first)) is not None and number == _bare_number(second))


_FRACTION = re.compile("([0-9]{1,9})/([0-9]{1,9})")
_AGE = re.compile("[1-9]0s")
_FRACTION_OR_DECADE = re.compile("[0-9]+/[0-9]+|[0-9]{4}s|[0-9]+:[0-9]{2}[.][0-9]+")
_CHINESE_NUMBERS = re.compile("[一二三四五六七八九十百]+")


def _share(value: types.Value) -> Fraction | None:
    """Return a percentage or a fraction such as one-tenth as a part of 1; None for another value."""
    match value:
        case types.Percent(number):
            return Fraction(number) / 100
        case types.Label(text) if match := _FRACTION.fullmatch(text):
            return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    return None


def is_fraction_or_decade(value_span: ValueSpan) -> bool:
    """Whether a label is a fraction, a decade or a time in sports: its text (2/3, 1990s, 6:58.4) is the same in all languages."""
    return isinstance(value_span.value, types.Label) and _FRACTION_OR_DECADE.fullmatch(value_span.value.text) is not None


def _label_key(value_span: ValueSpan) -> str:
    """Return the letters and figures of a label, such as 2 for 第二."""
    number = read_chinese(value_span.surface)
    if number is not None:
        return str(number)
    if isinstance(value_span.value, types.Label) and is_fraction_or_decade(value_span):
        return value_span.value.text
    surface = _CHINESE_NUMBERS.sub(lambda match: str(read_chinese(match[0]) or match[0]), value_span.surface)
    key = "".join(character for character in surface if character.isalnum()).lower().removesuffix("年")
    return key.removesuffix("s") if _AGE.fullmatch(key) else key


def _bare_number(value_span: ValueSpan) -> float | None:
    """Return the number in a value without its unit, or None if the value is not a single number."""
    match value_span.value:
        case types.Integer(number) | types.Decimal(number) | types.Count(number) | types.Ordinal(number):
            return float(number)
        case types.Money(_, amount):
            return float(amount)
        case types.Percent(number):
            return float(number) / 100
        case types.Years(first, last) if first == last:
            return float(first)
        case types.Label():
            key = (
                _label_key(value_span)
                if "分之" not in value_span.surface
                else str(read_chinese(value_span.surface.partition("分之")[0]))
            )
            return float(key) if key.isdecimal() else None
    return None


def _spans_of_kind(value_spans: Sequence[ValueSpan], kind: str) -> list[ValueSpan]:
    return [value_span for value_span in value_spans if KINDS.get(type(value_span.value)) == kind]


def _repeated_span(value_spans: Sequence[ValueSpan], other_value_spans: Sequence[ValueSpan], kind: str) -> ValueSpan | None:
    """Return the last value that the other language states less often, but at least once, or None.

    Where the other language lacks the value, a wrong value may have replaced it.
    """
    for value_span in reversed(_spans_of_kind(value_spans, kind)):
        if (
            sum(_are_equal(value_span, candidate) for candidate in value_spans)
            > sum(_are_equal(value_span, candidate) for candidate in other_value_spans)
            > 0
        ):
            return value_span
    return None


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
