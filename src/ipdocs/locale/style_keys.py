"""Types of the keys of house styles: patterns of numbers and dates, scale words and pairs of words."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from ipdocs.locale.cldr import is_locale
from ipdocs.locale.list_markers import parse_marker


def _check_number_pattern(text: str) -> str:
    if text.count("{}") != 1 or set("{}") & set(text.replace("{}", "")):
        raise ValueError(f"{text!r} does not have exactly one {{}} for the number")
    return text


def _check_cldr_pattern(text: str) -> str:
    letters = set(re.findall("[A-Za-z]", re.sub("'[^']*'", "", text)))
    if letters - set("yMdEhHma"):
        raise ValueError(f"{text!r} is not a pattern of a date or time; put words in Latin letters in single quotation marks")
    return text


def _check_locale(name: str) -> str:
    if not is_locale(name):
        raise ValueError(f"{name!r} is not a locale that Babel knows")
    return name


def _check_figures(pattern: str) -> str:
    if not re.fullmatch(r"(#[,. '’]##)?0(\.[0#]+)?|(#[. '’]##)?0,[0#]+", pattern):
        raise ValueError(f'{pattern!r} is not a pattern of figures; write "#,##0.###", "# ##0.###" or "0.###"')
    return pattern


def _check_figures_from(value: object) -> object:
    if value != "never" and not (str(value).isdecimal() and int(str(value)) > 0):
        raise ValueError(f"{value!r} is not a number from 1 on, or never")
    return value


def _check_months(names: tuple[str, ...]) -> tuple[str, ...]:
    return _check_names(names, 12, "months from January")


def _check_weekdays(names: tuple[str, ...]) -> tuple[str, ...]:
    return _check_names(names, 7, "days of the week from Monday")


def _check_names(names: tuple[str, ...], count: int, description: str) -> tuple[str, ...]:
    if names and (len(set(names)) != count or len(names) != count):
        raise ValueError(f"these are not the names of the {count} {description}")
    return names


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


def _check_marker(pattern: str) -> str:
    parse_marker(pattern)
    return pattern


def _check_spelling(pair: tuple[str, str]) -> tuple[str, str]:
    if not all(re.fullmatch(r"\S(.*\S)?", word) for word in pair):
        raise ValueError(f"{list(pair)!r} is not a pair of words: the house spelling and the other spelling")
    return pair


MOST_DECIMALS = 2
"""The most decimals before a scale word: 123,000,000 is 1.23億, but 123,456,789 is written in full."""
NumberPattern: TypeAlias = Annotated[str, AfterValidator(_check_number_pattern)]
"""A text in which {} is replaced by a number."""
LocaleName: TypeAlias = Annotated[str, AfterValidator(_check_locale)]
"""The name of a locale of Babel, such as en_HK."""
CldrPattern: TypeAlias = Annotated[str, AfterValidator(_check_cldr_pattern)]
"""A CLDR pattern of a date or time."""
FigurePattern: TypeAlias = Annotated[str, AfterValidator(_check_figures)]
"""A CLDR pattern of Arabic figures: #,##0.### with the separators of the language, "# ##0.###" with a space between thousands,
#.##0,### with a full stop, or 0.### with nothing. The decimal sign is always that of the language."""
PersonPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(post|title|name|surname)\})*$")]
"""A text in which {post}, {title}, {name} and {surname} are replaced."""
PeriodPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(period|year)\})*$")]
"""A text in which {period} and {year} are replaced."""
FractionKey: TypeAlias = Annotated[str, Field(pattern=r"^(other|[1-9]\d*/[1-9]\d*)$")]
"""A fraction such as 2/3, or "other"."""
FractionPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(numerator|denominator)\})+$")]
"""The words for a fraction, in which {numerator} and {denominator} are replaced."""
Scale = Literal["thousand", "million", "billion", "trillion", "千", "萬", "億", "萬億", "万", "亿", "万亿"]
"""A word for a power of ten after a number."""
ScaleEntry: TypeAlias = Annotated[str, AfterValidator(_check_scale)]
"""A scale word, with 0 or 0.# before it if the figures before it have no decimals or at most one: 萬, 0萬, 0.# million."""
NumeralSystem = Literal["arabic", "chinese", "chinese-if-round", "words"]
"""Arabic figures, Chinese numerals, Chinese numerals for round numbers only, or English words."""
MonthNames: TypeAlias = Annotated[tuple[str, ...], AfterValidator(_check_months)]
"""The names of the months from January; empty for those of the locale."""
WeekdayNames: TypeAlias = Annotated[tuple[str, ...], AfterValidator(_check_weekdays)]
"""The names of the days of the week from Monday; empty for those of the locale."""
GENDERS = ("masculine", "feminine", "neuter")
OrdinalKey: TypeAlias = Annotated[str, Field(pattern=r"^([1-9]\d*|([1-9]\d*-)?(masculine|feminine|neuter))$")]
"""A gender, a number or both, as in 1-feminine, for which an ordinal has a pattern of its own."""
FiguresFrom: TypeAlias = Annotated[int | Literal["never"], BeforeValidator(_check_figures_from)]
"""The first number in figures, or "never"."""
QuotePair: TypeAlias = tuple[str, str]
"""An opening and a closing quotation mark."""
BracketPair: TypeAlias = tuple[str, str]
"""An opening and a closing round bracket."""
MarkerPattern: TypeAlias = Annotated[str, AfterValidator(_check_marker)]
"""The marker of the first item of a list, such as (1) or （一）."""
ListKind = Literal["number", "letter", "roman"]
"""A kind of list whose items are counted."""
DictionaryName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*$")]
"""The name of the files of a Hunspell dictionary, such as en_GB."""
SpellingPair: TypeAlias = Annotated[tuple[str, str], AfterValidator(_check_spelling)]
"""The house spelling of a word, and the spelling to report."""
