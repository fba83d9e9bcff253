"""House styles, read from locales/styles/: how an office writes numbers, dates, quotations and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field

from ipdocs.files.yaml import DataRecord, locate, read_record, read_yaml
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.locale.language import Language, languages
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


class LanguageStyle(DataRecord):
    """The section of a house style for one language.

    Attributes:
        cldr: the Babel locale, which gives the names of months and weekdays, and the patterns of lists.
        numerals: the system of numerals for each kind of value.
        zero: the zero in Chinese numerals.
        number: the pattern of Arabic figures.
        scaled: the pattern of Arabic figures before a scale word.
        large: the scale words that round numbers may have, the smallest first.
        words_to: the largest number that is written in English words.
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
    """

    cldr: Annotated[str, AfterValidator(_check_locale)]
    numerals: NumeralsByKind
    zero: Zero | None = None
    number: FigurePattern
    scaled: FigurePattern
    large: tuple[Scale, ...]
    words_to: int = 0
    ordinal: NumberPattern
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
    content = _read_with_base(name, workspace, ())
    own_sections = content.pop("languages", {})
    if not isinstance(own_sections, dict) or not all(isinstance(section, dict) for section in own_sections.values()):
        message = "languages: is not a mapping of languages to their keys and values"
        raise IpdocsError([Finding("bad-data", message, locate(_path(name, workspace), ["languages"]))])
    sections = {code: _section(code, own_sections, workspace) for code in (*languages(workspace), *own_sections)}
    content["languages"] = {code: section for code, section in sections.items() if section}
    path = _path(name, workspace)
    return read_record(path, HouseStyle, {**content, "name": name, "file": path})


def style_names(workspace: Workspace) -> list[str]:
    """Return the names of a workspace's house styles, in alphabetical order."""
    return sorted(path.stem for path in workspace.files("locales/styles/*.yaml").values())


def _path(name: str, workspace: Workspace) -> Path:
    names = style_names(workspace)
    path = workspace.find(f"locales/styles/{name}.yaml") if name in names else None
    if path:
        return path
    similar = nearest(name, names)
    hint = f"did you mean {similar!r}?" if similar else f"use one of the house styles {', '.join(names)}"
    raise IpdocsError([Finding("unknown-style", f"there is no house style {name!r}", None, hint)])


def _read_with_base(name: str, workspace: Workspace, derived_styles: tuple[str, ...]) -> dict[str, Any]:
    """Return the content of a style, merged with the content of every style that it is based on.

    Args:
        name: the name of the style.
        workspace: the workspace.
        derived_styles: the styles that are based on this style, to detect a cycle.
    """
    path = _path(name, workspace)
    if name in derived_styles:
        raise _cycle_error("house styles", (*derived_styles, name), path)
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "the house style is not a mapping of keys to values", Location(path, 1, 1))])
    base = _pop_base(content, path)
    return _merge(_read_with_base(base, workspace, (*derived_styles, name)), content) if base else content


def _pop_base(content: dict[str, Any], path: Path) -> str | None:
    """Remove the key `based-on` from a style and return its value."""
    base = content.pop("based-on", None)
    if base is not None and not isinstance(base, str):
        location = locate(path, ["based-on"])
        raise IpdocsError(
            [
                Finding(
                    "bad-data",
                    f"based-on: {str(base)!r:.60} is not a name",
                    location,
                    "write the name of one style in quotation marks",
                )
            ]
        )
    return base


def _cycle_error(subject: str, cycle: Sequence[str], path: Path) -> IpdocsError:
    message = f"{subject} are based on each other: {' > '.join(cycle)}"
    return IpdocsError(
        [Finding("circular-style", message, locate(path, ["based-on"]), "delete `based-on` in one of these styles")]
    )


def _section(
    code: str, own_sections: dict[str, Any], workspace: Workspace, derived_languages: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the section for a language, completed with the keys that it inherits.

    Args:
        code: the code of the language.
        own_sections: the sections of the house style, keyed by language code.
        workspace: the workspace.
        derived_languages: the languages that inherit this section, to detect a cycle.
    """
    language = languages(workspace).get(code)
    path = workspace.find(f"locales/{language.tag}/style.yaml") if language else None
    folder_section = _folder_section(path) if path else {}
    base = (_pop_base(folder_section, path) if path else None) or (language.converted_from if language else None)
    if path and base in (*derived_languages, code) and base != code:
        raise _cycle_error("the styles of languages", (*derived_languages, code, base), path)
    inherited = (
        _section(base, own_sections, workspace, (*derived_languages, code))
        if base and base not in (*derived_languages, code)
        else {}
    )
    return _merge(_merge(inherited, folder_section), own_sections.get(code, {}))


def _folder_section(path: Path) -> dict[str, Any]:
    """Return the content of style.yaml in the folder of a language."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        message = "style.yaml is not a mapping of keys to values"
        raise IpdocsError([Finding("bad-data", message, Location(path, 1, 1))])
    return content


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    inherited = {
        key: _merge(value, own[key]) if isinstance(value, dict) and isinstance(own.get(key), dict) else own.get(key, value)
        for key, value in base.items()
    }
    return inherited | {key: value for key, value in own.items() if key not in base}
