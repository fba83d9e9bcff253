"""The keys of a house style that are mappings: numerals, dates, times, periods, lists, persons and forms in texts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ipdocs.files.yaml import DataRecord
from ipdocs.locale.style_keys import (
    AmountPattern,
    CldrPattern,
    Currency,
    LetterMarker,
    ListKind,
    NumberMarker,
    NumberPattern,
    NumeralSystem,
    PeriodPattern,
    PersonPattern,
    RomanMarker,
    Words,
)


class NumeralsByKind(DataRecord):
    """The system of numerals for each kind of value; numbers and counts are written in figures from `figures-from` on."""

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
    """The Chinese zero in years, which are read digit by digit (二○一八), and within numbers (一百零五).

    `accepted_in_years` has other zeros that are right in years, if a document uses only one.
    """

    in_years: str
    accepted_in_years: tuple[str, ...] = ()
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


class PeriodForms(DataRecord):
    """The names of the quarters and halves of a year, their pattern with the year, and the CLDR pattern of a decade."""

    quarters: tuple[str, str, str, str]
    halves: tuple[str, str]
    with_year: PeriodPattern
    decade: CldrPattern


class ItemEndings(DataRecord):
    """The endings of list items: each item, the last but one, the last, and an item with an inner list."""

    each: str
    last_but_one: str
    last: str
    with_list: str


class ListMarkers(DataRecord):
    """The markers of numbered lists by kind, and the kind on each level of an enumeration, the outermost level first."""

    number: NumberMarker
    letter: LetterMarker
    roman: RomanMarker
    levels: Annotated[tuple[ListKind, ...], Field(min_length=1)]

    def kind_on_level(self, level: int) -> ListKind:
        """Return the kind of an enumeration on a level; 1 is the outermost level, and deeper levels repeat the last kind."""
        return self.levels[min(level, len(self.levels)) - 1]

    def pattern(self, kind: ListKind) -> str:
        """Return the marker of the first item of a list of a kind."""
        patterns: dict[ListKind, str] = {"number": self.number, "letter": self.letter, "roman": self.roman}
        return patterns[kind]


class PersonForms(DataRecord):
    """Patterns for persons, with {post}, {title}, {name} and {surname}.

    `acting` is the pattern for the post of an acting official, `later` for a person who was mentioned before.
    """

    full: PersonPattern
    without_post: PersonPattern
    name: PersonPattern
    later: PersonPattern
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

    range: tuple[Words, ...] = ()
    date: tuple[CldrPattern, ...] = ()
    time: tuple[CldrPattern, ...] = ()
    ordinal: tuple[NumberPattern, ...] = ()
    percent: tuple[AmountPattern, ...] = ()
    money: dict[Currency, tuple[AmountPattern, ...]] = Field(default_factory=dict)
    words: dict[Words, int] = Field(default_factory=dict)
    ordinal_words: dict[Words, int] = Field(default_factory=dict)
