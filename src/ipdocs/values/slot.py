"""Slots: values recognised in text, and the context of the recognition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ipdocs.values.fields import Groups
from ipdocs.values.form import CannotRender, Form, Numerals
from ipdocs.values.numbers import SCALES
from ipdocs.values.render import render
from ipdocs.values.types import Date, Label, Value, exact


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in a text, with its surface, its span, and the form in which it is written.

    Without a form, the slot is frozen: no other value can be written in its place.
    """

    value: Value
    surface: str
    start: int
    end: int
    form: Form | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether no other value can be written in the place of this one."""
        return self.form is None


@dataclass(frozen=True, slots=True)
class NumeralReading:
    """The context in which numerals are read.

    Attributes:
        locale: the Babel locale.
        groups: the groups of fields in the language's pattern.
        number: the house style's CLDR pattern of numbers.
        words_to: the largest number that the house style writes in words.
        zero: the house style's Chinese zero within numbers.
        zero_in_years: the house style's Chinese zero in years.
        currency: the currency of 元 or $ alone.
        issued: the day of issue, if there is one.
    """

    locale: str
    groups: Groups
    number: str = "#,##0.###"
    words_to: int = 9
    zero: str = "零"
    zero_in_years: str = "○"
    currency: str = "HKD"
    issued: Date | None = None

    def with_year(self, year: int | None, month: int, day: int | None) -> Date:
        """Return a date; a missing year is the one in which the day is nearest to the issue."""
        if year is None and day and self.issued and self.issued.year:
            issue = _days(self.issued.year, self.issued.month, self.issued.day or 1)
            year = self.issued.year
            if abs(distance := _days(year, month, day) - issue) > _FAR:
                year += 1 if distance < 0 else -1
        return Date(year, month, day)


# A day more than nine months from the issue is in the year before or after: "December 30" in a release of January.
_FAR = 9 * 31


def _days(year: int, month: int, day: int) -> int:
    """Return an approximate number of days, for the distance between two dates; the day need not exist."""
    return (year * 12 + month) * 31 + day


def slot_of_group(match: re.Match[str], group: str | int, value: Value, form: Form | None) -> Slot:
    """Return the slot of a group; its form is kept only if rendering the value in it gives the surface."""
    surface = match[group]
    start, end = match.span(group)
    return Slot(value, surface, start, end, form if form and _renders_as(value, form, surface) else None)


def _renders_as(value: Value, form: Form, surface: str) -> bool:
    try:
        return render(value, form) == surface
    except (CannotRender, InvalidOperation):  # the number has too many digits for decimal arithmetic
        return False


def named_groups(patterns: Mapping[str, str]) -> str:
    """Combine patterns into one, each as a group named after its kind; the first that matches counts."""
    return "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items())


def matched_group(match: re.Match[str], *groups: str) -> str:
    """Return the first of some groups that has matched; at least one must."""
    return next(group for group in groups if match[group])


def read_label(*groups: str, name: Callable[[str], str] = str) -> Callable[[re.Match[str], NumeralReading], Slot]:
    """Return a reader of labels, which takes the first of some groups that has matched; `name` normalises its text."""

    def read(match: re.Match[str], _reading: NumeralReading) -> Slot:
        group = matched_group(match, *groups)
        return slot_of_group(match, group, Label(name(match[group])), None)

    return read


def read_figure(digits: str, scale: str, reading: NumeralReading) -> tuple[Decimal, Numerals]:
    """Return the number of Arabic digits with a scale word (million, 萬 or none), and its numerals.

    A number too short to show the grouping of thousands has that of the house style.
    """
    number = Decimal(digits.replace(",", ""))
    pattern = reading.number if "," in digits or number < 1000 else reading.number.replace("#,##", "")
    decimals = digits.partition(".")[2]
    if decimals.endswith("0"):
        pattern = pattern.partition(".")[0] + "." + "0" * len(decimals)
    return exact(number * (SCALES[scale] if scale else 1)), Numerals("arabic", pattern=pattern, scale=scale)
