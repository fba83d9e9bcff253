"""House styles, read from locales/styles/: how an office writes numbers, dates, quotations and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr

from ipdocs.files.yaml import DataRecord, locate, read_record
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, languages
from ipdocs.locale.style_files import language_section, read_style, style_path, unwritten_key_findings
from ipdocs.locale.style_keys import (
    AmountPattern,
    BracketPair,
    CldrPattern,
    Currency,
    DictionaryName,
    FigurePattern,
    FiguresFrom,
    FractionKey,
    FractionPattern,
    LocaleName,
    MeasureWord,
    MonthNames,
    NumberPattern,
    OrdinalKey,
    QuotePair,
    ScaleEntry,
    SpellingPair,
    WeekdayNames,
    YearsPattern,
)
from ipdocs.locale.style_records import (
    DateForms,
    ItemEndings,
    ListMarkers,
    NumeralsByKind,
    PeriodForms,
    PersonForms,
    ReadingForms,
    TimeForms,
    Zero,
)
from ipdocs.workspace import Workspace


class LanguageStyle(DataRecord):
    """The section of a house style for one language.

    Attributes:
        cldr: the Babel locale, which gives the names of months and weekdays, and the patterns of lists.
        months: the names of the months, in place of those of the locale.
        weekdays: the names of the days of the week from Monday, in place of those of the locale.
        numerals: the system of numerals for each kind of value.
        zero: the zero in Chinese numerals.
        figures_from: the first number that is written in figures, where numbers or counts are in words or Chinese numerals.
        no_figures_before: measure words before which numbers stay in Chinese numerals, such as 區.
        number: the pattern of Arabic figures.
        amount: the pattern of Arabic figures in amounts of money, if it differs from `number`.
        thousands_from: the number of digits from which thousands are set apart.
        large: the scale words that round numbers may have, the smallest first.
        ordinals: other patterns of an ordinal, keyed by a gender ("feminine"), a number ("1") or both ("1-feminine").
        money: the pattern of an amount of money, keyed by ISO 4217 currency code.
        range_: the word between the ends of a range of numbers or dates; None for the word between two times.
        periods: the forms of quarters, halves of a year and decades; None if the style has none.
        fractions: the words for fractions, keyed by the fraction (2/3), and under "other" the pattern of all others.
        and_: the word before the last item of a list in a sentence; None for the usual word of the language.
        markers: the markers of list items.
        quotes: the outer and the inner quotation marks to write.
        accepted_quotes: other outer quotation marks that are right, too, if a document uses no others.
        brackets: the round brackets to write; checks accept half-width brackets only if the style writes them.
        space_before: the punctuation marks that have a space before them, as in French.
        titles: the outer and the inner marks around titles of works, such as 《》 and 〈〉.
        ellipses: the ellipsis to write in Chinese, and others that are right, too.
        accepted_forms: characters and words that are right in this style, although forms.csv lists them, such as 羣.
        telephone: the grouping of a telephone number, with # for each digit.
        cjk_latin_space: the space between Chinese characters and Latin letters or digits.
        spelling: pairs of the house spelling of a word and the spelling to report.
        dictionaries: the Hunspell dictionaries whose words are right, such as en_GB.
        reading: other forms of values in texts, in a language that has no reader in the code.
    """

    cldr: LocaleName
    months: MonthNames = ()
    weekdays: WeekdayNames = ()
    numerals: NumeralsByKind
    zero: Zero | None = None
    figures_from: FiguresFrom = "never"
    no_figures_before: tuple[MeasureWord, ...] = ()
    number: FigurePattern
    amount: FigurePattern | None = None
    thousands_from: Annotated[int, Field(ge=4, le=7)] = 4
    large: tuple[ScaleEntry, ...]
    ordinal: NumberPattern
    ordinals: dict[OrdinalKey, NumberPattern] = Field(default_factory=dict)
    percent: AmountPattern
    money: dict[Currency, AmountPattern]
    date: DateForms
    time: TimeForms
    weekday: CldrPattern
    years: YearsPattern
    range_: str | None = Field(default=None, alias="range")
    periods: PeriodForms | None = None
    fractions: dict[FractionKey, FractionPattern] = Field(default_factory=dict)
    and_: str | None = Field(default=None, alias="and")
    items: ItemEndings
    markers: ListMarkers
    quotes: tuple[QuotePair, QuotePair]
    accepted_quotes: tuple[QuotePair, ...] = ()
    brackets: BracketPair = ("(", ")")
    space_before: str = ""
    titles: tuple[QuotePair, QuotePair] | None = None
    ellipses: Annotated[tuple[str, ...], Field(min_length=1)] = ("……",)
    accepted_forms: tuple[str, ...] = ()
    telephone: str
    person: PersonForms
    cjk_latin_space: str = ""
    spelling: tuple[SpellingPair, ...] = ()
    dictionaries: tuple[DictionaryName, ...] = ()
    reading: ReadingForms = ReadingForms()

    def write_marks(self, text: str) -> str:
        """Return a phrase or term with the brackets and quotation marks of the style in place of （）, 「」 and 『』."""
        marks = (*self.brackets, *self.quotes[0], *self.quotes[1])
        return text.translate(dict(zip(map(ord, "（）「」『』"), marks, strict=True)))

    @property
    def range_word(self) -> str:
        """The word between the ends of a range of numbers or dates, with its spaces."""
        return self.time.to if self.range_ is None else self.range_

    @property
    def words_to(self) -> int:
        """The largest number that is written in words or Chinese numerals; 0 if there is no such limit, or all are in figures."""
        if self.figures_from == "never" or self.numerals.number == self.numerals.count == "arabic":
            return 0
        return self.figures_from - 1


class IssueDatePlaces(DataRecord):
    """The places where a release shows its issue date: a line under the title, the end block, or both.

    `end_mark` is the mark below the end block in text files and web pages, such as NNNN, keyed by language code.
    """

    issued_line: bool
    end_block: bool
    end_mark: dict[str, str] = Field(default_factory=dict)


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
    # Findings on the style.yaml of languages that cannot be used yet, keyed by language code.
    _unusable: dict[str, list[Finding]] = PrivateAttr(default_factory=dict)

    def for_language(self, language: Language) -> LanguageStyle:
        """Return the section for a language.

        Raises:
            IpdocsError: the style has no section for the language, or the section is not complete.
        """
        if section := self.languages.get(language.code):
            return section
        if language.code in self._unusable:
            raise IpdocsError(self._unusable[language.code])
        raise IpdocsError(
            [
                Finding(
                    "style-without-language",
                    f"house style {self.name!r} has no section for {language.code!r}",
                    locate(self.file, ["languages"]),
                    f"write locales/{language.tag}/style.yaml with `based-on: en` and `cldr: {language.babel}`; "
                    "ipdocs then lists the keys that it needs",
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
    unusable = {
        code: findings for code in [*content["languages"]] if (findings := _folder_findings(code, own_sections, workspace))
    }
    for code in unusable:
        del content["languages"][code]
    path = style_path(name, workspace)
    try:
        style = read_record(path, HouseStyle, {**content, "name": name, "file": path})
    except IpdocsError as error:
        raise IpdocsError(_one_per_problem(error.findings)) from error
    style._unusable.update(unusable)
    return style


def _one_per_problem(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings on a style, but only one for a problem that several languages inherit: the one at the wrong key."""
    by_problem: dict[str, Finding] = {}
    for finding in findings:
        problem = re.sub(r"^languages\.[^.]+\.", "", finding.message)
        other = by_problem.setdefault(problem, finding)
        if finding.location and other.location and finding.location.line > other.location.line:
            by_problem[problem] = finding
    return list(by_problem.values())


def _folder_findings(code: str, own_sections: dict[str, Any], workspace: Workspace) -> list[Finding]:
    """Return findings on the style.yaml in the folder of a language; other languages can be used nevertheless."""
    language = languages(workspace).get(code)
    path = workspace.find(f"locales/{language.tag}/style.yaml") if language else None
    if language is None or path is None:
        return []
    if findings := unwritten_key_findings(language, own_sections, workspace):
        return findings
    try:
        read_record(path, LanguageStyle, language_section(code, own_sections, workspace))
    except IpdocsError as error:
        return list(error.findings)
    return []
