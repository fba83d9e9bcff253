"""Recognise values in English text, with one pattern and a function for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial

from ipdocs.values import date_readers
from ipdocs.values.dates import RELATIVE_DAYS
from ipdocs.values.english_words import CURRENCIES, DENOMINATORS, IDIOMS, IMPLIED_VALUES, LABEL_NOUNS, PHRASES, TELEPHONE_NOUNS
from ipdocs.values.fields import MONTHS, WEEKDAYS
from ipdocs.values.form import Form, Kind, Numerals
from ipdocs.values.numbers import FIGURE, SCALES, UNIT
from ipdocs.values.numerals import ORDINAL_WORDS, WORDS
from ipdocs.values.types import Integer, Label, Money, Ordinal, Percent, integer_or_decimal
from ipdocs.values.value_span import (
    ADDRESS,
    EXPRESSION,
    MAX_ITEMS,
    ReadingContext,
    ValueSpan,
    combine_patterns,
    label_reader,
    read_figure,
    span_of_group,
)

LOCALE = "en_HK"
"""The Babel locale for English without a house style; it writes am and pm as in Hong Kong."""


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first; a hyphen also matches a space."""
    return "|".join(sorted((re.escape(word).replace(r"\-", "[- ]") for word in words), key=len, reverse=True))


_MONTH = _any_of(MONTHS) + "|" + "|".join(f"{month[:3]}(?![a-z])" for month in MONTHS)
# "May" and "March" have other meanings, too; without a day or year they are months only after a preposition.
# fmt: off
_BEFORE_MONTH = (
    " in ", " of ", " since ", " until ", " by ", " from ", " during ", " before ", " after ", " through ", " late ", " early ",
    "mid-", "end-", " mid ", " last ", " next ", " this ", " every ",
)
# fmt: on
_MONTH_ALONE = (
    _any_of({*MONTHS} - {"March", "May"})
    + f"|(?:{'|'.join(f'(?<={words})' for words in _BEFORE_MONTH)})(?:March|May)(?! [A-Z][a-z])"
)
_WEEKDAY = _any_of(WEEKDAYS) + "|" + "|".join(f"{day[:3]}(?![a-z])" for day in WEEKDAYS)
_NUMBER = FIGURE
_WORD = f"(?ai:{_any_of(WORDS)})"
_SCALE = "thousand|million|billion|trillion"
_TO = "(?: to | until | till | - | – |-|–)"
_JOIN = f"(?: and | & |{_TO})"
_DAY = r"[0-3]?\d(?!\d|[.,]\d{3})"
_SUFFIX = "st|nd|rd|th"
_YEAR = r"[12]\d{3}(?!\d|,\d)"
# Ensures that a second day without a month is a day: "December 5 and 6 in Guangzhou", but not "August 21 and 14 cases".
_NO_NOUN = r"(?=[,.;:)]|$| ?\(| (?:in|at|on|of|for|with|by|to|and|this|last|next|will|was|were|respectively|[12]\d{3})\b)"
# The first three quarters of 2025 are nine months, not a fraction.
_NOT_AFTER_COUNTING = "".join(
    f"(?<!{word} )" for word in ("first", "last", "past", "next", "previous", "preceding", "remaining", "once", "twice", "times")
)
_ABOUT_A_QUARTER = "|".join(
    f"(?<={word} a quarter)" for word in ("about", "around", "nearly", "almost", "roughly", "over", "than", "by")
)
_NAMED_HOUR = r"(?:noon|midnight)\b"


def _hour_pattern(kind: str, suffix: str = "") -> str:
    """Return the pattern of an hour in the 12-hour format, with or without minutes.

    The names of the groups begin with `kind` and end with `suffix`.
    """
    return rf"(?P<{kind}_h{suffix}>\d\d?)(?:[.:](?P<{kind}_m{suffix}>[0-5]\d))?"


def _am_or_pm_pattern(kind: str, suffix: str = "") -> str:
    """Return the pattern of am or pm; in "a.m." the field is only the letter a. The groups are named as in `_hour_pattern`."""
    return rf"(?P<{kind}_a{suffix}>am|pm|AM|PM|[ap](?=\.m\.))(?:\.m\.)?(?!\w)"


def _opening_words_pattern() -> str:
    """Return a pattern that matches the start of a word that can begin a value, in lower case or with a capital.

    The pattern has one branch for each first letter, for speed.
    """
    lower = (*WORDS, *ORDINAL_WORDS, *IMPLIED_VALUES, *PHRASES, *IDIOMS, *RELATIVE_DAYS["today"], "noon", "midnight")
    fractions = (f"a {part}" for part in DENOMINATORS)
    currencies = ("Call", "Dial", "call", "dial", "HK$", "US$", "MOP", "RMB", "HKD", "CNY", "JPY")
    words = {*lower, *fractions, *MONTHS, *WEEKDAYS, *LABEL_NOUNS, *TELEPHONE_NOUNS, *currencies}
    # Three letters also identify an abbreviated month or weekday.
    heads = {word[:3] for word in words if word.isalpha()} | {word for word in words if not word.isalpha()}
    initials: dict[str, set[str]] = {}
    for head in heads | {head.capitalize() for head in heads if head.islower()}:
        initials.setdefault(head[0], set()).add(re.escape(head[1:]))
    return "|".join(f"{letter}(?:{'|'.join(sorted(rest))})" for letter, rest in sorted(initials.items()))


# At each position the patterns are tried in this order, and the first match decides. A group named <kind>_<letter>,
# such as date_y, is a CLDR field (see fields.py); <kind>_z is empty and marks where the end of a range begins. Only the
# readers below use other groups, such as money_scale.
_PATTERNS: dict[str, str] = {
    "skip": rf"{EXPRESSION}|{ADDRESS}|(?ai:{_any_of(IDIOMS)})(?!\w)",
    "file_number": r"(?:[A-Z]{2,}\(\d+\))?\d+/\d\d-\d\d(?:\(\d+\))?(?!\w)"
    r"|\d+[A-Z]*(?:\((?:\d{1,2}[A-Z]?|[a-z]{1,4})\))+(?!\w)|\d+(?:\+\d+)+(?![\w.])|\d+\+(?=[”\"])",
    "clock": r"(?P<clock_minutes>\d+)(?: ?min(?:ute)?s? (?:and )?|:)(?P<clock_seconds>\d\d?)\.(?P<clock_decimals>\d+)(?![\w:])"
    r"(?: ?s(?:ec(?:ond)?)?s?\b)?",
    "named": rf"(?:{_any_of(LABEL_NOUNS)})(?:e?s)?(?:\.:?|:)? ?(?P<named_n>\d\w*(?:[./–-]\w+|\(\w+\))*|[IVXLC]+\b)"
    # Numbers of an enumeration: (1) … (2) …, and 1. at the start of a text.
    r"|(?P<named_n3>1\d{4}|18\d \d{3}|1\d{3})(?= (?:- )?(?:[A-Z][\w-]* )*(?:[Hh]otline|(?:Call|Contact) Centre))"
    r"|(?<=\()(?P<named_n1>\d\d?)(?=\))|(?<![\s\S])(?P<named_n2>\d\d?)(?=\.(?: |[A-Z]))",
    "years": rf"(?P<years_y>(?:1[5-9]|2[0-2])\d\d)(?:[-–/]| to )(?P<years_z>)(?P<years_y1>{_YEAR}|\d\d)(?![\w/]|-\d|,\d)",
    "phone": r"(?P<phone_n>(?:\+\d{1,3} |\(\d{3}\) ?)?\d{4}[ -]\d{4}(?!\d)|\d{3} \d\d \d\d(?!\d)|18\d\d \d{3}(?! ?\d)"
    r"|18\d \d{4}(?!\d))"
    rf"|(?:{_any_of(TELEPHONE_NOUNS)})s?:? ?(?:\(|at |on )?(?P<phone_n1>\d[\d -]+\d)"
    r"|(?:[Cc]all|[Cc]alling|[Dd]ial|[Dd]ialling) (?P<phone_n2>1\d\d ?\d{3}|1\d{4}|99[29]|1823)(?![\d,%])",
    "series": rf"(?:{_MONTH}) {_DAY}(?:, {_DAY}(?!\d)){{1,{MAX_ITEMS}}},? (?:and|&) {_DAY}(?!\d)(?:,? {_YEAR})?"
    rf"|{_DAY}(?:, {_DAY}){{1,{MAX_ITEMS}}},? (?:and|&) {_DAY} (?:{_MONTH})(?:,? {_YEAR})?",
    "months": rf"(?!(?:{_MONTH}),? {_YEAR}{_TO}(?:{_MONTH}),? {_YEAR})"
    rf"(?P<months_M>{_MONTH})(?:,? (?P<months_y>{_YEAR}))?{_TO}(?P<months_z>)"
    rf"(?P<months_M1>{_MONTH})(?! \d{{1,2}}(?!\d))(?:,? (?P<months_y1>{_YEAR}))?(?!\w)"
    rf"|(?<=etween )(?P<months_M2>{_MONTH}) and (?P<months_z2>)(?P<months_M3>{_MONTH})(?! \d{{1,2}}(?!\d))"
    rf"(?:,? (?P<months_y3>{_YEAR}))?(?!\w)",
    "dates": rf"(?P<dates_M>{_MONTH}) ?(?P<dates_d>{_DAY})(?:,? (?P<dates_y>{_YEAR}))?{_JOIN}(?P<dates_z>)"
    rf"(?:(?P<dates_M1>{_MONTH}) (?P<dates_d1>{_DAY})|(?P<dates_d2>{_DAY}){_NO_NOUN})(?:,? (?P<dates_y1>{_YEAR}))?"
    rf"|(?P<dates_d3>{_DAY})(?: (?P<dates_M3>{_MONTH})(?: (?P<dates_y3>{_YEAR}))?)?{_JOIN}(?P<dates_z3>)"
    rf"(?P<dates_d4>{_DAY}) (?P<dates_M4>{_MONTH})(?:,? (?P<dates_y4>{_YEAR}))?",
    "date": rf"(?:(?P<date_E>{_WEEKDAY})(?:, | ))?"
    rf"(?:(?P<date_M>{_MONTH}) ?(?P<date_d>{_DAY})(?:{_SUFFIX})?(?!\w)(?:,? (?P<date_y>{_YEAR}))?"
    rf"|(?P<date_d1>{_DAY})(?:{_SUFFIX})?(?: of)? (?P<date_M1>{_MONTH})(?:,? (?P<date_y1>{_YEAR}))?"
    rf"|(?P<date_M2>{_MONTH}),? (?P<date_y2>{_YEAR})"
    r"|(?P<date_y3>[12]\d{3})-(?P<date_M3>[01]\d)-(?P<date_d3>[0-3]\d)(?!\d))"
    rf"(?: \((?P<date_E4>{_WEEKDAY})\))?|(?P<date_M5>{_MONTH_ALONE})(?!\w)",
    "times": rf"(?:{_hour_pattern('times')}(?: ?(?:{_am_or_pm_pattern('times')}|{_NAMED_HOUR}))?|{_NAMED_HOUR}){_TO}(?P<times_z>)"
    rf"(?:{_hour_pattern('times', '1')} ?(?:{_am_or_pm_pattern('times', '1')}|{_NAMED_HOUR})|{_NAMED_HOUR})"
    rf"|(?P<times_H2>\d\d?):(?P<times_m2>[0-5]\d){_TO}(?P<times_z2>)(?P<times_H3>\d\d?):(?P<times_m3>[0-5]\d)(?![\w:])",
    "time": rf"{_hour_pattern('time')} ?(?:{_am_or_pm_pattern('time')}|{_NAMED_HOUR})"
    rf"|(?P<time_H>[01]?\d|2[0-3]):(?P<time_m1>[0-5]\d)(?![\w:])|{_NAMED_HOUR}",
    "money": rf"(?P<money_before>HK\$|US\$|MOP\$?|RMB¥?|HKD|CNY|JPY|\$|€|£) ?(?P<money_n>{_NUMBER})"
    rf"(?: (?P<money_scale>{_SCALE})\b|(?P<money_short>m|bn|tn))?(?![\w/]|[.,]\d)"
    rf"|(?P<money_n1>{_NUMBER})(?: (?P<money_scale1>{_SCALE}))? "
    r"(?P<money_after>(?:Hong Kong )?cents\b|(?:Hong Kong |US )?dollars|yuan|renminbi|patacas|euros|pounds|yen)\b",
    "percent": rf"(?:(?P<percent_n>{_NUMBER})|(?P<percent_word>{_WORD}))(?: per cent| percent|%| %)(?!\w)",
    "fraction": rf"{_NOT_AFTER_COUNTING}(?P<fraction_n>{_WORD}|[Aa])[- ](?P<fraction_of>{_any_of(DENOMINATORS)})s?"
    r"(?:(?<=thirds|fifths|tenths)\b|(?<=one[- ]third)\b"
    r"|(?= of\b| higher\b| lower\b| less\b| more\b)"
    rf"|(?:(?<![Aa] quarter)|{_ABOUT_A_QUARTER})(?= and\b| to\b| in\b| from\b|[,.;:)]|$))",
    "ordinal": rf"(?P<ordinal_n>{_NUMBER})(?:{_SUFFIX})(?!\w)|(?P<ordinal_word>(?ai:{_any_of(ORDINAL_WORDS)}))(?![\w-])",
    "decade": r"[12]\d\d0s\b|(?<=['’‘])[2-9]0s\b",
    "year": rf"(?P<year_y>(?:19|20)\d\d|(?:(?<=\b[Ii]n )|(?<=since ))1[78]\d\d)(?![\w/]|[.,:]\d|[ -](?:{_SCALE}))",
    "number": rf"(?P<number_n>{_NUMBER})(?:(?={UNIT})|(?:[ -](?P<number_scale>{_SCALE})\b)?(?![\w/]|[.,]\d|:\d\d|-[A-Z]\b))",
    "share": r"(?P<share_n>(?ai:one|two|three|four)) (?:in|out of) (?P<share_of>three|four|five|six|eight|twenty)\b"
    r"(?! (?:day|week|month|year|hour|minute|stage|phase|round|game|match)s?\b)",
    "phrase": rf"(?ai:{_any_of(PHRASES)})\b",
    "implied": rf"(?ai:{_any_of(IMPLIED_VALUES)})\b",
    "word": rf"(?P<word_n>{_WORD})(?:[ -](?P<word_scale>hundred|{_SCALE})\b)?(?!\w)",
    "relative": r"(?:[Tt]oday|[Yy]esterday|[Tt]omorrow)\b",
    "weekday": rf"(?P<weekday_E>{_any_of(WEEKDAYS)})(?=s?\b)",
    "alphanumeric": r"(?!mid-|pre-|post-|end-)[A-Za-z]+-?\d(?:[\w./–-]*\w)?|\d[\w./–-]*\w",
}
# The start of a value; checking it first avoids trying every pattern at every word.
_OPENING = rf"[\d$€£{{(+]|[A-Za-z]++(?:-?\d|\(\d)|[\w.+-]{{1,64}}+@|https?:|www\.|{_opening_words_pattern()}"


@cache
def value_pattern() -> re.Pattern[str]:
    """Return a pattern that matches any value, with a group for each kind; it never matches inside a word, code or number."""
    return re.compile(
        rf"(?<![\w.])(?<!\d,)(?:(?<!/)|(?=[A-Z]))(?:(?<![A-Za-z]-)|(?<=mid-)|(?<=end-)|(?<=day-)|(?<=pre-)|(?<=post-))(?={_OPENING})"
        rf"(?:{combine_patterns(_PATTERNS)})"
    )


def _arabic_digits(text: str) -> str:
    """Return a label with Arabic digits in place of Roman numerals: IV becomes 4."""
    if not re.fullmatch("[IVXLC]+", text):
        return text
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in text]
    return str(sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)))


_label_reader = partial(label_reader, normalise=_arabic_digits)


def _money_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    before, after = match["money_before"], match["money_after"]
    scale = match["money_scale"] or match["money_scale1"] or ""
    scale = scale or {"m": "million", "bn": "billion", "tn": "trillion"}.get(match["money_short"] or "", "")
    amount, numerals = read_figure(match["money_n"] or match["money_n1"], scale, context, is_money=True)
    pattern = f"{{}} {after}" if after else before + (" " if match["money"][len(before)] == " " else "") + "{}"
    currency = CURRENCIES[after or before]
    if after and after.endswith("cents"):
        return span_of_group(match, "money", Money(currency, amount / 100), None)
    return span_of_group(match, "money", Money(currency, amount), Form("money", context.locale, pattern, numerals, currency))


def _percent_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    word = match["percent_word"]
    number, numerals = _read_word(word) if word else read_figure(match["percent_n"], "", context)
    pattern = "{}" + match["percent"][len(word or match["percent_n"]) :]
    return span_of_group(match, "percent", Percent(number), Form("percent", context.locale, pattern, numerals))


def _read_word(word: str) -> tuple[Decimal, Numerals]:
    number = WORDS[word.lower().replace(" ", "-")]
    return Decimal(number), _word_numerals(word, number)


def _word_numerals(word: str, number: int) -> Numerals:
    """Return how a number word is written, so that other numbers can be written the same way.

    Other numbers are written in words up to this number, but at least up to nine. If the word begins with a capital letter,
    all numbers up to 99 are written in words.
    """
    return Numerals("words", words_to=99 if word[0].isupper() else max(9, number), starts_with_capital=word[0].isupper())


def _fraction_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    numerator = match["fraction_n"].lower()
    return span_of_group(match, "fraction", Label(f"{WORDS.get(numerator, 1)}/{DENOMINATORS[match['fraction_of']]}"), None)


def _share_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    """Return the value span of a share such as "four in five", which is a fraction."""
    return span_of_group(match, "share", Label(f"{WORDS[match['share_n'].lower()]}/{WORDS[match['share_of']]}"), None)


def _ordinal_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    if digits := match["ordinal_n"]:
        number, numerals = read_figure(digits, "", context)
        return span_of_group(match, "ordinal", Ordinal(int(number)), Form("ordinal", context.locale, "{}th", numerals))
    word = match["ordinal_word"]
    ordinal_number = ORDINAL_WORDS[word.lower()]
    form = Form("ordinal", context.locale, "{}", _word_numerals(word, ordinal_number))
    return span_of_group(match, "ordinal", Ordinal(ordinal_number), form)


def _number_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    digits = match["number_n"]
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return span_of_group(match, "number", Label(digits), None)
    scale = match["number_scale"] or ""
    number, numerals = read_figure(digits, scale, context)
    if number > context.words_to and "." not in digits and not scale:
        numerals = replace(numerals, words_to=context.words_to)
    return span_of_group(match, "number", integer_or_decimal(number), Form("number", context.locale, "{}", numerals))


def _word_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    number, numerals = _read_word(match["word_n"])
    if scale := match["word_scale"]:
        number *= SCALES[scale]
        numerals = replace(numerals, scale=scale)
    return span_of_group(match, "word", integer_or_decimal(number), Form("number", context.locale, "{}", numerals))


def _phrase_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    phrase = match["phrase"]
    number = PHRASES[phrase.lower()]
    form = Form("number", context.locale, phrase.lower(), Numerals("words"), only=Decimal(number))
    return span_of_group(match, "phrase", Integer(number), form)


def _implied_value_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    phrase = match["implied"]
    value = IMPLIED_VALUES[phrase.lower()]
    numerals = Numerals("words", starts_with_capital=phrase[0].isupper())
    kind: Kind = "percent" if isinstance(value, Percent) else "number"
    form = Form(kind, context.locale, phrase.lower(), numerals, only=Decimal(value.number), is_fixed=True)
    return span_of_group(match, "implied", value, form)


READERS: dict[str, Callable[[re.Match[str], ReadingContext], ValueSpan | Sequence[ValueSpan] | None]] = {
    "file_number": _label_reader("file_number"),
    "named": _label_reader("named_n", "named_n1", "named_n2", "named_n3"),
    "phone": _label_reader("phone_n", "phone_n1", "phone_n2"),
    "alphanumeric": _label_reader("alphanumeric"),
    "decade": label_reader("decade", normalise=lambda decade: decade if len(decade) > 3 else f"19{decade}"),
    **date_readers.READERS,
    "money": _money_span,
    "percent": _percent_span,
    "fraction": _fraction_span,
    "share": _share_span,
    "ordinal": _ordinal_span,
    "number": _number_span,
    "phrase": _phrase_span,
    "implied": _implied_value_span,
    "word": _word_span,
}
"""The functions that return the value span of a match, keyed by the kind of value."""
