"""Types of the keys of house styles: patterns of numbers and dates, scale words and pairs of words."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator

from ipdocs.locale.cldr import is_locale
from ipdocs.locale.list_markers import parse_marker


def _check_number_pattern(text: str) -> str:
    if text.count("{}") != 1 or set("{}") & set(text.replace("{}", "")):
        raise ValueError(f"{text!r} does not have exactly one {{}} for the number")
    return text


def _check_amount_pattern(text: str) -> str:
    if not text.replace("{}", "").strip():
        raise ValueError(f"{text!r} has no sign or word beside the number")
    return text


def _check_cldr_pattern(text: str) -> str:
    outside_quotes = re.sub("'[^']*'", "", text)
    if "'" in outside_quotes:
        raise ValueError(f"{text!r} has an opening single quotation mark without a closing one")
    letters = set(re.findall("[A-Za-z]", outside_quotes))
    if letters - set("yMdEhHma"):
        raise ValueError(f"{text!r} is not a pattern of a date or time; put words in Latin letters in single quotation marks")
    return text


def _check_locale(name: str) -> str:
    if not is_locale(name):
        raise ValueError(f"{name!r} is not a locale that Babel knows")
    return name


def _check_figures_from(value: object) -> object:
    if value != "never" and not (str(value).isdecimal() and int(str(value)) > 0):
        raise ValueError(f"{value!r} is not a number from 1 on, or never")
    return value


def _text_of_number(key: object) -> object:
    return str(key) if isinstance(key, int) else key  # YAML reads the key 1 as a number


def _check_words(words: str) -> str:
    if not words or words != words.strip():
        raise ValueError(f"{words!r} is empty, or has a space before or after it")
    return words


def split_scale(entry: str) -> tuple[str, int]:
    """Return the scale word of an entry of `large`, and the most decimals before it: 萬 has 2, 0萬 has 0."""
    match = re.fullmatch(r"(?:(0)(?:\.(##?))? ?)?(.+)", entry)
    figures, decimals, scale = match.groups() if match else (None, None, entry)
    return scale, len(decimals or "") if figures else MOST_DECIMALS


def _check_scale(entry: str) -> str:
    scales = get_args(Scale)
    if split_scale(entry)[0] not in scales:
        raise ValueError(f"{entry!r} is not one of {', '.join(scales)}, with or without 0 or 0.# before it")
    return entry


def _matching(pattern: str, description: str) -> AfterValidator:
    """Return a validator of texts that a regular expression matches; the description completes "… is not"."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} is not {description}")
        return text

    return AfterValidator(check)


def _names(count: int, description: str) -> AfterValidator:
    """Return a validator of lists of names that are empty, or have a given number of different names."""

    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        if names and (len(set(names)) != count or len(names) != count):
            raise ValueError(f"these are not the names of the {count} {description}")
        for name in names:
            _check_words(name)
        return names

    return AfterValidator(check)


def _first_marker(first: str, examples: str) -> AfterValidator:
    """Return a validator of the markers of first items, which write 1 as one of the characters of `first`."""

    def check(pattern: str) -> str:
        if parse_marker(pattern).counter.write(1) not in first:
            raise ValueError(f"{pattern!r} is the marker of another kind of list; write, for example, {examples}")
        return pattern

    return AfterValidator(check)


def _placeholders(*names: str) -> AfterValidator:
    """Return a validator of patterns that have no placeholders but those with the given names."""

    def check(pattern: str) -> str:
        if re.search("[{}]", re.sub(rf"\{{({'|'.join(names)})\}}", "", pattern)):
            raise ValueError(f"{pattern!r} has other braces than {', '.join(f'{{{name}}}' for name in names)}")
        return pattern

    return AfterValidator(check)


def _check_measure_word(word: str) -> str:
    if not word.strip():
        raise ValueError("a measure word is empty")
    return word


def _check_years(pattern: str) -> str:
    if not re.search(r"y+[^y]+y", re.sub("'[^']*'", "", _check_cldr_pattern(pattern))):
        raise ValueError(f"{pattern!r} does not have two years, as y-yy has")
    return pattern


def _check_spelling(pair: tuple[str, str]) -> tuple[str, str]:
    if not all(re.fullmatch(r"\S(.*\S)?", word) for word in pair):
        raise ValueError(f"{list(pair)!r} is not a pair of words: the house spelling and the other spelling")
    return pair


MOST_DECIMALS = 2
"""The most decimals before a scale word: 123,000,000 is 1.23億, but 123,456,789 is written in full."""
NumberPattern: TypeAlias = Annotated[str, AfterValidator(_check_number_pattern)]
"""A text in which {} is replaced by a number."""
AmountPattern: TypeAlias = Annotated[NumberPattern, AfterValidator(_check_amount_pattern)]
"""A pattern of a number with a sign or word beside it, such as {} per cent."""
LocaleName: TypeAlias = Annotated[str, AfterValidator(_check_locale)]
"""The name of a locale of Babel, such as en_HK."""
CldrPattern: TypeAlias = Annotated[str, AfterValidator(_check_cldr_pattern)]
"""A CLDR pattern of a date or time."""
FigurePattern: TypeAlias = Annotated[
    str,
    _matching(
        r"(#[,. '’]##)?0(\.[0#]+)?|(#[. '’]##)?0,[0#]+",
        'a pattern of figures; write "#,##0.###", "# ##0.###" or "0.###"',
    ),
]
"""A CLDR pattern of Arabic figures: #,##0.### with the separators of the language, "# ##0.###" with a space between thousands,
#.##0,### with a full stop, or 0.### with nothing. The decimal sign is always that of the language."""
YearsPattern: TypeAlias = Annotated[str, AfterValidator(_check_years)]
"""A pattern of a span of years: y-yy or y-y."""
Currency: TypeAlias = Annotated[str, _matching("[A-Z]{3}", "the code of a currency in three capitals, such as HKD")]
"""The ISO 4217 code of a currency."""
MeasureWord: TypeAlias = Annotated[str, AfterValidator(_check_measure_word)]
"""A Chinese measure word, such as 個月."""
PersonPattern: TypeAlias = Annotated[str, _placeholders("post", "title", "name", "surname")]
"""A text in which {post}, {title}, {name} and {surname} are replaced."""
PeriodPattern: TypeAlias = Annotated[str, _placeholders("period", "year")]
"""A text in which {period} and {year} are replaced."""
FractionKey: TypeAlias = Annotated[str, _matching(r"other|[1-9]\d*/[1-9]\d*", "a fraction, such as 1/3, or other")]
"""A fraction such as 2/3, or "other"."""
FractionPattern: TypeAlias = Annotated[str, _placeholders("numerator", "denominator")]
"""The words for a fraction, in which {numerator} and {denominator} are replaced."""
Scale = Literal["thousand", "million", "billion", "trillion", "千", "萬", "億", "萬億", "万", "亿", "万亿"]
"""A word for a power of ten after a number."""
ScaleEntry: TypeAlias = Annotated[str, AfterValidator(_check_scale)]
"""A scale word, with 0 or 0.# before it if the figures before it have no decimals or at most one: 萬, 0萬, 0.# million."""
NumeralSystem = Literal["arabic", "chinese", "chinese-if-round", "words"]
"""Arabic figures, Chinese numerals, Chinese numerals for round numbers only, or English words."""
Words: TypeAlias = Annotated[str, AfterValidator(_check_words)]
"""A word or words without spaces around them."""
MonthNames: TypeAlias = Annotated[tuple[str, ...], _names(12, "months from January")]
"""The names of the months from January; empty for those of the locale."""
WeekdayNames: TypeAlias = Annotated[tuple[str, ...], _names(7, "days of the week from Monday")]
"""The names of the days of the week from Monday; empty for those of the locale."""
GENDERS = ("masculine", "feminine", "neuter")
OrdinalKey: TypeAlias = Annotated[
    str,
    BeforeValidator(_text_of_number),
    _matching(
        rf"[1-9]\d*|([1-9]\d*-)?({'|'.join(GENDERS)})",
        f"a gender ({', '.join(GENDERS)}), a number or both, such as 1-feminine",
    ),
]
"""A gender, a number or both, as in 1-feminine, for which an ordinal has a pattern of its own."""
FiguresFrom: TypeAlias = Annotated[int | Literal["never"], BeforeValidator(_check_figures_from)]
"""The first number in figures, or "never"."""
QuotePair: TypeAlias = tuple[str, str]
"""An opening and a closing quotation mark."""
BracketPair: TypeAlias = tuple[str, str]
"""An opening and a closing round bracket."""
NumberMarker: TypeAlias = Annotated[str, _first_marker("1一", "(1) or （一）")]
"""The marker of the first item of a list with numbers, such as (1) or （一）."""
LetterMarker: TypeAlias = Annotated[str, _first_marker("aA", "A. or (a)")]
"""The marker of the first item of a list with letters, such as (a)."""
RomanMarker: TypeAlias = Annotated[str, _first_marker("iI", "I. or (i)")]
"""The marker of the first item of a list with roman numerals, such as (i)."""
ListKind = Literal["number", "letter", "roman"]
"""A kind of list whose items are counted."""
DictionaryName: TypeAlias = Annotated[
    str, _matching(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*", "the name of a dictionary, such as en_GB")
]
"""The name of the files of a Hunspell dictionary, such as en_GB."""
SpellingPair: TypeAlias = Annotated[tuple[str, str], AfterValidator(_check_spelling)]
"""The house spelling of a word, and the spelling to report."""
