"""House styles: how an office writes numbers, dates, quotations and names, read from locales/styles/."""

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


def _checked_number_pattern(text: str) -> str:
    if text.count("{}") != 1 or set("{}") & set(text.replace("{}", "")):
        raise ValueError(f"{text!r} has not one {{}} for the number")
    return text


def _checked_cldr_pattern(text: str) -> str:
    letters = set(re.findall("[A-Za-z]", re.sub("'[^']*'", "", text)))
    if letters - set("yMdEhHma"):
        raise ValueError(f"{text!r} is no pattern of a date or time: put words of Latin letters in single quotation marks")
    return text


def _checked_locale(name: str) -> str:
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"there is no locale {name!r}") from error
    return name


def _checked_spelling(pair: tuple[str, str]) -> tuple[str, str]:
    if not all(re.fullmatch(r"\S(.*\S)?", word) for word in pair):
        raise ValueError(f"{list(pair)!r} is not a pair of two words: the house spelling and the other one")
    return pair


# A number's place in its words, a date's or time's fields in theirs, Arabic figures and the places of a person's parts.
NumberPattern: TypeAlias = Annotated[str, AfterValidator(_checked_number_pattern)]
CldrPattern: TypeAlias = Annotated[str, AfterValidator(_checked_cldr_pattern)]
FigurePattern: TypeAlias = Annotated[str, Field(pattern=r"^[#,]*0(\.[0#]+)?$")]
PersonPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(post|title|name)\})*$")]
Scale = Literal["thousand", "million", "billion", "trillion", "千", "萬", "億", "萬億", "万", "亿", "万亿"]
System = Literal["arabic", "chinese", "words"]
Pair: TypeAlias = tuple[str, str]
SpellingPair: TypeAlias = Annotated[Pair, AfterValidator(_checked_spelling)]


class NumeralsByKind(DataRecord):
    """Which numerals each kind of value takes: Arabic digits, Chinese numerals, or English words up to `words-to`."""

    number: System
    count: System
    ordinal: System
    date: System
    time: System
    years: System
    percent: System
    money: System
    end_block: System


class Zero(DataRecord):
    """The zero among Chinese numerals: in years, read digit by digit, and within numbers (一百零五)."""

    in_years: str
    in_numbers: str


class DateForms(DataRecord):
    """CLDR patterns of a day, a month and a year, of the lead's date and of the two issue dates of a release."""

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
    """CLDR patterns of a full hour, an hour with minutes, noon, midnight and the end block's time; `to` joins a range."""

    hour: CldrPattern
    minutes: CldrPattern
    noon: CldrPattern
    midnight: CldrPattern
    end_block: CldrPattern
    to: str


class ItemEndings(DataRecord):
    """What closes an item of a list: each one, the last but one, the last; and one that has a list of its own below it."""

    each: str
    last_but_one: str
    last: str
    with_list: str


class PersonForms(DataRecord):
    """How a person is called, with {post}, {title} and {name}; `acting` makes an acting {post} of a post."""

    full: PersonPattern
    without_post: PersonPattern
    name: PersonPattern
    acting: PersonPattern


class LanguageStyle(DataRecord):
    """One language's section of a house style; `cldr` is the Babel locale that names months, weekdays and joins lists."""

    cldr: Annotated[str, AfterValidator(_checked_locale)]
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
    quotes: tuple[Pair, Pair]
    titles: tuple[Pair, Pair] | None = None
    telephone: str
    person: PersonForms
    cjk_latin_space: str = ""
    spelling: tuple[SpellingPair, ...] = ()


class Release(DataRecord):
    """Where a release shows its issue date: a line under the title, the end block, or both."""

    issued_line: bool
    end_block: bool


class HouseStyle(DataRecord):
    """A house style: its name and file, what it is for, its design, and a complete section for each language by code."""

    name: str
    file: Path
    about: str
    design: Literal["serif", "sans"]
    release: Release
    languages: dict[str, LanguageStyle]

    def of(self, language: Language) -> LanguageStyle:
        """Return the section of a language; a language the style says nothing about is a finding."""
        if section := self.languages.get(language.code):
            return section
        raise IpdocsError(
            [
                Finding(
                    "style-without-language",
                    f"house style {self.name!r} has no section for {language.code!r}",
                    locate(self.file, ["languages"]),
                    f"write locales/{language.tag}/style.yaml; locales/README.md shows one",
                )
            ]
        )


@cache
def house_style(name: str, workspace: Workspace) -> HouseStyle:
    """Return the house style of a name, inherited parts filled in; an unknown name is a finding with the nearest.

    A style takes what it does not say from the style it is based on, and a language from the one it is made from:
    sc and cn from tc. A language that is an addition brings its own section, style.yaml in its folder, for all styles.
    All are merged key by key, the style's own words last; a list replaces a list.
    """
    content = _with_base(name, workspace, ())
    own = content.pop("languages", {})
    if not isinstance(own, dict) or not all(isinstance(section, dict) for section in own.values()):
        message = "languages: has a mapping of keys and values for each language"
        raise IpdocsError([Finding("bad-data", message, locate(_path(name, workspace), ["languages"]))])
    sections = {code: _section(code, own, workspace) for code in (*languages(workspace), *own)}
    content["languages"] = {code: section for code, section in sections.items() if section}
    path = _path(name, workspace)
    return read_record(path, HouseStyle, {**content, "name": name, "file": path})


def style_names(workspace: Workspace) -> list[str]:
    """Return the names of a workspace's house styles, in alphabetical order."""
    return sorted(path.stem for path in workspace.files("locales/styles/*.yaml").values())


def _path(name: str, workspace: Workspace) -> Path:
    known = style_names(workspace)
    path = workspace.find(f"locales/styles/{name}.yaml") if name in known else None
    if path:
        return path
    close = nearest(name, known)
    hint = f"did you mean {close!r}?" if close else f"the house styles are {', '.join(known)}"
    raise IpdocsError([Finding("unknown-style", f"there is no house style {name!r}", None, hint)])


def _with_base(name: str, workspace: Workspace, below: tuple[str, ...]) -> dict[str, Any]:
    path = _path(name, workspace)
    if name in below:
        raise _circular("house styles", (*below, name), path)
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "a house style is a mapping of keys and values", Location(path, 1, 1))])
    base = _base(content, path)
    return _merged(_with_base(base, workspace, (*below, name)), content) if base else content


def _base(content: dict[str, Any], path: Path) -> str | None:
    """Take out of a style what it is based on."""
    base = content.pop("based-on", None)
    if base is not None and not isinstance(base, str):
        place = locate(path, ["based-on"])
        raise IpdocsError([Finding("bad-data", f"based-on: {str(base)!r:.60} is no name", place, "write one name in quotes")])
    return base


def _circular(what: str, circle: Sequence[str], path: Path) -> IpdocsError:
    message = f"{what} are based on each other: {' > '.join(circle)}"
    return IpdocsError([Finding("circular-style", message, locate(path, ["based-on"]), "end 'based-on' at one")])


def _section(code: str, own: dict[str, Any], workspace: Workspace, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a language's section, with what it does not say from the language that its folder names or it is made from."""
    language = languages(workspace).get(code)
    path = workspace.find(f"locales/{language.tag}/style.yaml") if language else None
    brought = _brought(path) if path else {}
    base = (_base(brought, path) if path else None) or (language.made_from if language else None)
    if path and base in (*above, code) and base != code:
        raise _circular("the styles of languages", (*above, code, base), path)
    below = _section(base, own, workspace, (*above, code)) if base and base not in (*above, code) else {}
    return _merged(_merged(below, brought), own.get(code, {}))


def _brought(path: Path) -> dict[str, Any]:
    """Return the section that a language's folder brings along, and in `based-on` the language whose section it changes."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        message = "a language's style is a mapping of keys and values"
        raise IpdocsError([Finding("bad-data", message, Location(path, 1, 1))])
    return content


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    inherited = {
        key: _merged(value, own[key]) if isinstance(value, dict) and isinstance(own.get(key), dict) else own.get(key, value)
        for key, value in base.items()
    }
    return inherited | {key: value for key, value in own.items() if key not in base}
