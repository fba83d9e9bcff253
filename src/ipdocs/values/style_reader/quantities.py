"""Alternatives for numbers, ordinals, percentages, amounts of money, and words that state a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ipdocs.locale.style import LanguageStyle
from ipdocs.locale.style_keys import GENDERS
from ipdocs.values.dates import pattern_tokens
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.style_forms import figures
from ipdocs.values.style_reader.alternatives import Alternatives, Read
from ipdocs.values.style_reader.expressions import AFTER_NUMBER, Vocabulary, any_of, around, literal
from ipdocs.values.types import (
    Integer,
    Label,
    Money,
    Ordinal,
    Percent,
    RelativeDay,
    Value,
    Weekday,
    integer_or_decimal,
    without_trailing_zeros,
)
from ipdocs.values.value_span import ReadingContext, ValueSpan, span_of_group

_RELATIVE_DAYS = ((-1, "yesterday"), (0, "today"), (1, "tomorrow"))
_SCALES = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}
_WITHOUT_LETTERS = re.compile(r"[^\w]*\{\}[^\w]*")


def add_quantities(alternatives: Alternatives, vocabulary: Vocabulary) -> None:
    """Add amounts of money, percentages, ordinals and plain numbers."""
    style = vocabulary.style
    currencies = dict.fromkeys([*style.money, *style.reading.money])
    amounts = [
        (pattern, currency)
        for currency in currencies
        for pattern in (style.money.get(currency), *style.reading.money.get(currency, ()), f"{currency} {{}}", f"{{}} {currency}")
        if pattern
    ]
    for pattern, currency in sorted(dict.fromkeys(amounts), key=lambda amount: -len(amount[0])):
        _add_quantity(alternatives, vocabulary, pattern, "money", currency)
    for pattern in sorted({style.percent, *style.reading.percent, "{}%", "{} %"}, key=len, reverse=True):
        _add_quantity(alternatives, vocabulary, pattern, "percent")
    _add_ordinals(alternatives, style)
    name = alternatives.next_name()
    alternatives.add(vocabulary.figure(f"{name}_0") + AFTER_NUMBER, _number_reader(name, vocabulary))


def _add_quantity(alternatives: Alternatives, vocabulary: Vocabulary, pattern: str, kind: Kind, currency: str = "") -> None:
    """Add an amount or a percentage, and ranges of which only one end has the unit."""
    before, after = map(literal, pattern.split("{}"))
    end = r"(?!\w)" if after else AFTER_NUMBER
    name = alternatives.next_name()
    last = rf"(?:{before})?(?P<{name}_z>){vocabulary.figure(f'{name}_1')}{after}{end}"
    alternatives.add(f"{before}{vocabulary.figure(f'{name}_0')}{vocabulary.to}{last}", _pair_reader(name, currency, vocabulary))
    name = alternatives.next_name()
    number = vocabulary.figure(f"{name}_0")
    alternatives.add(around(pattern, number) + end, _quantity_reader(name, pattern, kind, currency, vocabulary))


def _quantity_reader(name: str, pattern: str, kind: Kind, currency: str, vocabulary: Vocabulary) -> Read:
    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        number, numerals = _number(match[f"{name}_0"], match[f"{name}_0s"] or "", kind, vocabulary)
        value = Money(currency, number) if currency else Percent(number)
        form = Form(kind, vocabulary.style.cldr, pattern, numerals, currency) if numerals else None
        return [span_of_group(match, name, value, form)]

    return read


def _pair_reader(name: str, currency: str, vocabulary: Vocabulary) -> Read:
    """Return a function that reads the two ends of a range; the first end also has the scale word of the last, if it is less."""

    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        scale = match[f"{name}_1s"] or ""
        first, _ = _number(match[f"{name}_0"], match[f"{name}_0s"] or "", "number", vocabulary)
        last, _ = _number(match[f"{name}_1"], scale, "number", vocabulary)
        if scale and not match[f"{name}_0s"] and first < last / vocabulary.scales[scale]:
            first, _ = _number(match[f"{name}_0"], scale, "number", vocabulary)
        values = [Money(currency, number) if currency else Percent(number) for number in (first, last)]
        bounds = ((match.start(name), match.end(f"{name}_0")), (match.start(f"{name}_z"), match.end(name)))
        return [ValueSpan(value, match.string[start:end], start, end) for value, (start, end) in zip(values, bounds, strict=True)]

    return read


def _number(digits: str, scale: str, kind: str, vocabulary: Vocabulary) -> tuple[Decimal, Numerals | None]:
    """Return a number in figures with a scale word, and its numerals; None if the scale word cannot be written again."""
    group = next((sign for sign in vocabulary.groups if sign in digits), "")
    plain = (digits.replace(group, "") if group else digits).replace(vocabulary.point, ".")
    number = Decimal(plain)
    pattern, separator = figures(vocabulary.style, kind)
    thousands_from = 4 if group else vocabulary.style.thousands_from
    if group or number >= 10 ** (thousands_from - 1):
        pattern = ("#,##" if group else "") + pattern.removeprefix("#,##")
    decimals = plain.partition(".")[2]
    if decimals.endswith("0"):
        pattern = pattern.partition(".")[0] + "." + "0" * len(decimals)
    numerals = Numerals("arabic", pattern=pattern, separator=group or separator, thousands_from=thousands_from)
    if not scale:
        return number, numerals
    size = vocabulary.scales[scale]
    return without_trailing_zeros(number * size), replace(numerals, scale=_SCALES[size]) if size in _SCALES else None


def _add_ordinals(alternatives: Alternatives, style: LanguageStyle) -> None:
    """Add ordinals that have a letter or sign of their own, which "20." lacks; one for a single number cannot be rewritten."""
    general = [style.ordinal, *style.reading.ordinal, *(style.ordinals[gender] for gender in GENDERS if gender in style.ordinals)]
    for pattern in dict.fromkeys([*general, *style.ordinals.values()]):
        if _WITHOUT_LETTERS.fullmatch(pattern):
            continue
        name = alternatives.next_name()
        form = Form("ordinal", style.cldr, pattern, Numerals("arabic")) if pattern in general else None
        alternatives.add(around(pattern, rf"(?P<{name}_0>\d+)") + r"(?!\w)", _ordinal_reader(name, form))


def _ordinal_reader(name: str, form: Form | None) -> Read:
    return lambda match, _context: [span_of_group(match, name, Ordinal(int(match[f"{name}_0"])), form)]


def _number_reader(name: str, vocabulary: Vocabulary) -> Read:
    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        digits = match[f"{name}_0"]
        if len(digits) > 1 and digits[0] == "0" and digits[1] != vocabulary.point:
            return [span_of_group(match, name, Label(digits), None)]
        number, numerals = _number(digits, match[f"{name}_0s"] or "", "number", vocabulary)
        form = Form("number", vocabulary.style.cldr, "{}", numerals) if numerals else None
        return [span_of_group(match, name, integer_or_decimal(number), form)]

    return read


def add_words(alternatives: Alternatives, vocabulary: Vocabulary) -> None:
    """Add days of the week, yesterday, today and tomorrow, and numbers in words."""
    style, reading = vocabulary.style, vocabulary.style.reading
    weekdays = {name: Weekday(day) for name, day in vocabulary.weekdays.items() if len(name) > 2 and "." not in name}
    form = Form("weekday", style.cldr, "EEEE", Numerals("arabic"), weekdays=style.weekdays)
    _add_values(alternatives, weekdays, form)
    relative = {_first_words(getattr(style.date, name)): RelativeDay(offset) for offset, name in _RELATIVE_DAYS}
    _add_values(alternatives, {words: value for words, value in relative.items() if words})
    _add_values(alternatives, {word: Ordinal(number) for word, number in reading.ordinal_words.items()})
    _add_values(alternatives, {word: Integer(number) for word, number in reading.words.items()})


def _add_values(alternatives: Alternatives, values: Mapping[str, Value], form: Form | None = None) -> None:
    """Add words that state a value; capitals are ignored."""
    if not values:
        return
    name = alternatives.next_name()
    by_word = {word.lower(): value for word, value in values.items()}

    def read(match: re.Match[str], _context: ReadingContext) -> list[ValueSpan]:
        # Without regard to case, a pattern also matches letters that have no such small letter, such as ſ.
        value = by_word.get(match[name].lower())
        return [span_of_group(match, name, value, form)] if value else []

    alternatives.add(rf"(?i:{any_of(by_word)})(?![\w-])", read)


def _first_words(pattern: str) -> str:
    """Return the words with which a pattern begins, such as "hoje" in "'hoje' (d 'de' MMMM)"."""
    letters, words = next(iter(pattern_tokens(pattern)), ("", ""))
    return "" if letters else words.strip(" (（,")
