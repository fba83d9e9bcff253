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


def _checked_number_pattern(text: str) -> str:
    if text.count("{}") != 1 or set("{}") & set(text.replace("{}", "")):
        raise ValueError(f"{text!r} does not have exactly one {{}} for the number")
    return text


def _checked_cldr_pattern(text: str) -> str:
    letters = set(re.findall("[A-Za-z]", re.sub("'[^']*'", "", text)))
    if letters - set("yMdEhHma"):
        raise ValueError(f"{text!r} is not a pattern of a date or time; put words in Latin letters in single quotation marks")
    return text


def _checked_locale(name: str) -> str:
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{name!r} is not a locale that Babel knows") from error
    return name


def _checked_spelling(pair: tuple[str, str]) -> tuple[str, str]:
    if not all(re.fullmatch(r"\S(.*\S)?", word) for word in pair):
        raise ValueError(f"{list(pair)!r} is not a pair of words: the house spelling and the other spelling")
    return pair


# The types of patterns for numbers, dates and times, Arabic figures, and persons.
NumberPattern: TypeAlias = Annotated[str, AfterValidator(_checked_number_pattern)]
CldrPattern: TypeAlias = Annotated[str, AfterValidator(_checked_cldr_pattern)]
FigurePattern: TypeAlias = Annotated[str, Field(pattern=r"^[#,]*0(\.[0#]+)?$")]
PersonPattern: TypeAlias = Annotated[str, Field(pattern=r"^([^{}]|\{(post|title|name)\})*$")]
Scale = Literal["thousand", "million", "billion", "trillion", "千", "萬", "億", "萬億", "万", "亿", "万亿"]
System = Literal["arabic", "chinese", "words"]
Pair: TypeAlias = tuple[str, str]
SpellingPair: TypeAlias = Annotated[Pair, AfterValidator(_checked_spelling)]


class NumeralsByKind(DataRecord):
    """The numerals for each kind of value: Arabic digits, Chinese numerals, or English words up to `words-to`."""

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
    """The Chinese zero in years, which are read digit by digit (二○一八), and within numbers (一百零五)."""

    in_years: str
    in_numbers: str


class DateForms(DataRecord):
    """CLDR patterns for dates, for relative days in the lead of a release, and for the two issue dates of a release."""

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
    """CLDR patterns for full hours, hours with minutes, noon, midnight and the end block; `to` joins the two times of a range."""

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
    """The section of a house style for one language; `cldr` is the Babel locale for names of months and days and for lists."""

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
    """The places where a release has its issue date: a line under the title, the end block, or both."""

    issued_line: bool
    end_block: bool


class HouseStyle(DataRecord):
    """A house style, with a complete section for each language, keyed by code; `about` describes its use."""

    name: str
    file: Path
    about: str
    design: Literal["serif", "sans"]
    release: Release
    languages: dict[str, LanguageStyle]

    def of(self, language: Language) -> LanguageStyle:
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
                    f"write locales/{language.tag}/style.yaml; locales/README.md shows one",
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
    content = _with_base(name, workspace, ())
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
    close = nearest(name, names)
    hint = f"did you mean {close!r}?" if close else f"use one of the house styles {', '.join(names)}"
    raise IpdocsError([Finding("unknown-style", f"there is no house style {name!r}", None, hint)])


def _with_base(name: str, workspace: Workspace, derived_styles: tuple[str, ...]) -> dict[str, Any]:
    """Return the content of a style, merged with the content of the styles that it is based on.

    Args:
        name: the name of the style.
        workspace: the workspace.
        derived_styles: the styles that are based on this style, to detect a circle.
    """
    path = _path(name, workspace)
    if name in derived_styles:
        raise _circular_style("house styles", (*derived_styles, name), path)
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "the house style is not a mapping of keys to values", Location(path, 1, 1))])
    base = _pop_base(content, path)
    return _merge(_with_base(base, workspace, (*derived_styles, name)), content) if base else content


def _pop_base(content: dict[str, Any], path: Path) -> str | None:
    """Remove the key `based-on` from a style and return its value."""
    base = content.pop("based-on", None)
    if base is not None and not isinstance(base, str):
        location = locate(path, ["based-on"])
        raise IpdocsError(
            [Finding("bad-data", f"based-on: {str(base)!r:.60} is not a name", location, "write one name in quotes")]
        )
    return base


def _circular_style(subject: str, circle: Sequence[str], path: Path) -> IpdocsError:
    message = f"{subject} are based on each other: {' > '.join(circle)}"
    return IpdocsError([Finding("circular-style", message, locate(path, ["based-on"]), "delete `based-on` in one of them")])


def _section(
    code: str, own_sections: dict[str, Any], workspace: Workspace, derived_languages: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the section for a language, completed with the keys that it inherits.

    Args:
        code: the code of the language.
        own_sections: the sections of the house style, keyed by language code.
        workspace: the workspace.
        derived_languages: the languages that inherit this section, to detect a circle.
    """
    language = languages(workspace).get(code)
    path = workspace.find(f"locales/{language.tag}/style.yaml") if language else None
    folder_section = _folder_section(path) if path else {}
    base = (_pop_base(folder_section, path) if path else None) or (language.made_from if language else None)
    if path and base in (*derived_languages, code) and base != code:
        raise _circular_style("the styles of languages", (*derived_languages, code, base), path)
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
