"""A value found in a text, and what the reading of a text knows besides its words."""

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
    """A value in a text: its surface, the span of it, and the form that gives the surface back.

    Without a form the slot is frozen: the value is known, but no other value can be written in its place.
    """

    value: Value
    surface: str
    start: int
    end: int
    form: Form | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether the surface can only stay as it is."""
        return self.form is None


@dataclass(frozen=True, slots=True)
class NumeralReading:
    """What a reading knows: Babel's locale and the fields of its language's patterns; a style's pattern of numbers, up to
    which number it has words, and its zeros; what 元 or $ alone means; the day of issue if there is one.
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
        """Return a date; a day without a year is of the year of issue, or across its end of the next or last."""
        if year is None and day and self.issued and self.issued.year:
            issue = _days(self.issued.year, self.issued.month, self.issued.day or 1)
            year = self.issued.year
            if abs(away := _days(year, month, day) - issue) > _FAR:
                year += 1 if away < 0 else -1
        return Date(year, month, day)


# A day further from the issue than nine months is of the year before or after: "December 30" in a release of January.
_FAR = 9 * 31


def _days(year: int, month: int, day: int) -> int:
    """Return a number that grows with the date, for telling how far two are apart; the day need not exist."""
    return (year * 12 + month) * 31 + day


def slot_of_group(match: re.Match[str], group: str | int, value: Value, form: Form | None) -> Slot:
    """Return the slot of a match's group; its form is kept only when rendering the value in it gives the surface back."""
    surface = match[group]
    start, end = match.span(group)
    return Slot(value, surface, start, end, form if form and _gives(value, form, surface) else None)


def _gives(value: Value, form: Form, surface: str) -> bool:
    try:
        return render(value, form) == surface
    except (CannotRender, InvalidOperation):  # a number of more digits than decimal arithmetic keeps
        return False


def named_groups(patterns: Mapping[str, str]) -> str:
    """Return a pattern for any of several, each a group of its kind's name; of two that match the first counts."""
    return "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items())


def matched_group(match: re.Match[str], *groups: str) -> str:
    """Return the name of the first of these groups that has matched anything; at least one must."""
    return next(group for group in groups if match[group])


def read_label(*groups: str, name: Callable[[str], str] = str) -> Callable[[re.Match[str], NumeralReading], Slot]:
    """Return a reader of numbers that only name something: which of the groups has matched, under the name of its words."""

    def read(match: re.Match[str], _reading: NumeralReading) -> Slot:
        group = matched_group(match, *groups)
        return slot_of_group(match, group, Label(name(match[group])), None)

    return read


def read_figure(digits: str, scale: str, reading: NumeralReading) -> tuple[Decimal, Numerals]:
    """Return the number that Arabic digits and a scale word (million, 萬 or none) state, and the numerals they are written in.

    A number that is too short to show whether thousands are grouped is taken to do as the style does.
    """
    number = Decimal(digits.replace(",", ""))
    pattern = reading.number if "," in digits or number < 1000 else reading.number.replace("#,##", "")
    shown = digits.partition(".")[2]
    if shown.endswith("0"):
        pattern = pattern.partition(".")[0] + "." + "0" * len(shown)
    return exact(number * (SCALES[scale] if scale else 1)), Numerals("arabic", pattern=pattern, scale=scale)
