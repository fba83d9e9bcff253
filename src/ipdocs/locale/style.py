"""House styles, read from locales/styles/: how an office writes numbers, dates, quotations and names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from ipdocs.files.yaml import DataRecord, locate, read_record
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, languages
from ipdocs.locale.style_files import language_section, read_style, style_path
from ipdocs.workspace import Workspace


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
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{name!r} is not a locale that Babel knows") from error
    return name


def _check_months(names: tuple[str, ...]) -> tuple[str, ...]:
    return _check_names(names, 12, "months from January")


def _check_weekdays(names: tuple[str, ...]) -> tuple[str, ...]:
    return _check_names(names, 7, "days of the week from Monday")


def _check_names(names: tuple[str, ...], count: int, description: str) -> tuple[str, ...]:
    if names and (len(set(names)) != count or len(names) != count):
        raise ValueError(f"these are not the names of the {count} {description}")
    return names


def _check_spelling(pair: tuple[str, str]) -> tuple[str, str]:
    if not all(re.fullmatch(r"\S(.*\S)?", word) for word in pair):
        raise ValueError(f"{list(pair)!r} is not a pair of words: the house spelling and the other spelling")
    return pair


NumberPattern: TypeAlias = Annotated[str, AfterValidator(_check_number_pattern)]
"""A text in which {} is replaced by a number."""
CldrPattern: TypeAlias = Annotated[str, AfterValidator(_check_cldr_pattern)]
"""A CLDR pattern of a date or time."""
FigurePattern: TypeAlias = Annotated[str, Field(pattern=r"^[#,]*0(\.[0#]+)?$")]
"""A CLDR pattern of Arabic figures, such as #,##0.###."""
PersonPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(post|title|name)\})*$")]
"""A text in which {post}, {title} and {name} are replaced."""
Scale = Literal["thousand", "million", "billion", "trillion", "千", "萬", "億", "萬億", "万", "亿", "万亿"]
"""A word for a power of ten after a number."""
NumeralSystem = Literal["arabic", "chinese", "words"]
"""Arabic figures, Chinese numerals or English words."""
GENDERS = ("masculine", "feminine", "neuter")
OrdinalKey: TypeAlias = Annotated[str, Field(pattern=r"^([1-9]\d*|([1-9]\d*-)?(masculine|feminine|neuter))$")]
"""A gender, a number or both, as in 1-feminine, for which an ordinal has a pattern of its own."""
QuotePair: TypeAlias = tuple[str, str]
"""An opening and a closing quotation mark."""
BracketPair: TypeAlias = tuple[str, str]
"""An opening and a closing round bracket."""
SpellingPair: TypeAlias = Annotated[tuple[str, str], AfterValidator(_check_spelling)]
"""The house spelling of a word, and the spelling to report."""


class NumeralsByKind(DataRecord):
    """The system of numerals for each kind of value; English words are used only up to the number `words-to`."""

    number: NumeralSystem
    count: NumeralSystem
    ordinal: NumeralSystem
    date: NumeralSystem
    time: NumeralSystem
    years: NumeralSystem
    percent: NumeralSystem
    money: NumeralSystem
    end_block: NumeralSystem


class Zero(DataRecord):
    """The Chinese zero in years, which are read digit by digit (二○一八), and within numbers (一百零五)."""

    in_years: str
    in_numbers: str


class DateForms(DataRecord):
    """CLDR patterns for dates, for relative days in the lead of a release, and for the two places of the issue date."""

    full: CldrPattern
    day: CldrPattern
    month: CldrPattern
    year: CldrPattern
    yesterday: CldrPattern
    today: CldrPattern
    tomorrow: CldrPattern
    issue_line: CldrPattern
    end_block: CldrPattern


class TimeForms(DataRecord):
    """CLDR patterns for full hours, hours with minutes, noon, midnight and the end block; `to` is the word between two times."""

    hour: CldrPattern
    minutes: CldrPattern
    noon: CldrPattern
    midnight: CldrPattern
    end_block: CldrPattern
    to: str


class ItemEndings(DataRecord):
    """The endings of list items: each item, the last but one, the last, and an item with an inner list."""

    each: str
    last_but_one: str
    last: str
    with_list: str


class PersonForms(DataRecord):
    """Patterns for persons, with {post}, {title} and {name}; `acting` is the pattern for the post of an acting official."""

    full: PersonPattern
    without_post: PersonPattern
    name: PersonPattern
    acting: PersonPattern


class ReadingForms(DataRecord):
    """Forms that texts may have besides those that the style writes; checks recognise values in these forms, too.

    Attributes:
        range: the words between the ends of a range, such as "a" in "3 a 5"; dashes are always recognised.
        date: CLDR patterns for dates.
        time: CLDR patterns for times of day.
        ordinal: patterns for ordinals.
        percent: patterns for percentages.
        money: patterns for amounts, keyed by currency code.
        words: whole numbers, keyed by the words for them.
        ordinal_words: whole numbers, keyed by the words for their ordinals.
    """

    range: tuple[str, ...] = ()
    date: tuple[CldrPattern, ...] = ()
    time: tuple[CldrPattern, ...] = ()
    ordinal: tuple[NumberPattern, ...] = ()
    percent: tuple[NumberPattern, ...] = ()
    money: dict[str, tuple[NumberPattern, ...]] = Field(default_factory=dict)
    words: dict[str, int] = Field(default_factory=dict)
    ordinal_words: dict[str, int] = Field(default_factory=dict)


class LanguageStyle(DataRecord):
    """The section of a house style for one language.

    Attributes:
        cldr: the Babel locale, which gives the names of months and weekdays, and the patterns of lists.
        months: the names of the months, in place of those of the locale.
        weekdays: the names of the days of the week from Monday, in place of those of the locale.
        numerals: the system of numerals for each kind of value.
        zero: the zero in Chinese numerals.
        number: the pattern of Arabic figures.
        scaled: the pattern of Arabic figures before a scale word.
        large: the scale words that round numbers may have, the smallest first.
        words_to: the largest number that is written in English words.
        ordinals: other patterns of an ordinal, keyed by a gender ("feminine"), a number ("1") or both ("1-feminine").
        money: the pattern of an amount of money, keyed by ISO 4217 currency code.
        and_: the word before the last item of a list in a sentence; None for the usual word of the language.
        quotes: the outer and the inner quotation marks to write.
        accepted_quotes: other outer quotation marks that are right, too, if a document uses no others.
        brackets: the round brackets to write; checks accept half-width brackets only if the style writes them.
        titles: the outer and the inner marks around titles of works, such as 《》 and 〈〉.
        ellipses: the ellipsis to write in Chinese, and others that are right, too.
        accepted_forms: characters and words that are right in this style, although forms.csv lists them, such as 羣.
        telephone: the grouping of a telephone number, with # for each digit.
        cjk_latin_space: the space between Chinese characters and Latin letters or digits.
        spelling: pairs of the house spelling of a word and the spelling to report.
        reading: other forms of values in texts, in a language that has no reader in the code.
    """

    cldr: Annotated[str, AfterValidator(_check_locale)]
    months: Annotated[tuple[str, ...], AfterValidator(_check_months)] = ()
    weekdays: Annotated[tuple[str, ...], AfterValidator(_check_weekdays)] = ()
    numerals: NumeralsByKind
    zero: Zero | None = None
    number: FigurePattern
    scaled: FigurePattern
    large: tuple[Scale, ...]
    words_to: int = 0
    ordinal: NumberPattern
    ordinals: dict[OrdinalKey, NumberPattern] = Field(default_factory=dict)
    percent: NumberPattern
    money: dict[str, NumberPattern]
    date: DateForms
    time: TimeForms
    weekday: CldrPattern
    years: CldrPattern
    and_: str | None = Field(default=None, alias="and")
    items: ItemEndings
    quotes: tuple[QuotePair, QuotePair]
    accepted_quotes: tuple[QuotePair, ...] = ()
    brackets: BracketPair = ("(", ")")
    titles: tuple[QuotePair, QuotePair] | None = None
    ellipses: Annotated[tuple[str, ...], Field(min_length=1)] = ("……",)
    accepted_forms: tuple[str, ...] = ()
    telephone: str
    person: PersonForms
    cjk_latin_space: str = ""
    spelling: tuple[SpellingPair, ...] = ()
    reading: ReadingForms = ReadingForms()

    def write_brackets(self, text: str) -> str:
        """Return a text with the round brackets of the style in place of the full-width brackets of phrases and patterns."""
        return text.translate({ord("（"): self.brackets[0], ord("）"): self.brackets[1]})


class IssueDatePlaces(DataRecord):
    """The places where a release shows its issue date: a line under the title, the end block, or both."""

    issued_line: bool
    end_block: bool


class HouseStyle(DataRecord):
    """A house style.

    Attributes:
        about: the purpose of the style.
        design: the design of the fonts.
        release: the places where a release shows its issue date.
        languages: a complete section for each language, keyed by language code.
    """

    name: str
    file: Path
    about: str
    design: Literal["serif", "sans"]
    release: IssueDatePlaces
    languages: dict[str, LanguageStyle]

    def for_language(self, language: Language) -> LanguageStyle:
        """Return the section for a language.

        Raises:
            IpdocsError: the style has no section for the language.
        """
        if section := self.languages.get(language.code):
            return section
        raise IpdocsError(
            [
                Finding(
                    "style-without-language",
                    f"house style {self.name!r} has no section for {language.code!r}",
                    locate(self.file, ["languages"]),
                    f"write locales/{language.tag}/style.yaml; locales/README.md shows an example",
                )
            ]
        )


@cache
def house_style(name: str, workspace: Workspace) -> HouseStyle:
    """Return the house style with a name, completed with the keys that it inherits.

    A style inherits from the style that it is based on. The section for a language inherits from the language from which it
    is converted: sc and cn inherit from tc. A style.yaml in the folder of a language applies in all styles. Mappings are
    merged key by key; other values replace inherited values. The style's own keys take precedence.

    Raises:
        IpdocsError: there is no such style, or it is not valid.
    """
    content = read_style(name, workspace)
    own_sections = content.pop("languages", {})
    if not isinstance(own_sections, dict) or not all(isinstance(section, dict) for section in own_sections.values()):
        message = "languages: is not a mapping of languages to their keys and values"
        raise IpdocsError([Finding("bad-data", message, locate(style_path(name, workspace), ["languages"]))])
    sections = {code: language_section(code, own_sections, workspace) for code in (*languages(workspace), *own_sections)}
    content["languages"] = {code: section for code, section in sections.items() if section}
    path = style_path(name, workspace)
    return read_record(path, HouseStyle, {**content, "name": name, "file": path})
