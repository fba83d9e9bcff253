"""The values recognised in a text, and the context in which they are recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ipdocs.values.fields import FieldGroups
from ipdocs.values.form import CannotRender, Form, Numerals
from ipdocs.values.numbers import GROUP_SPACES, SCALES
from ipdocs.values.render import render
from ipdocs.values.types import Date, Label, Value, without_trailing_zeros

MAX_LENGTH = 80
"""The maximum length of a value in characters; no document writes a longer one."""

MAX_ITEMS = 30
"""The maximum number of values that a pattern looks for in a row; without a limit, the search time of a long row is quadratic."""

EXPRESSION = r"\{\{[^{}\n]*\}\}"
"""The pattern of an expression in a source; there are no values in it."""

ADDRESS = r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]+\w"
"""The pattern of a web or e-mail address in text with spaces between words."""


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """A value in a text.

    Attributes:
        value: the value.
        surface: the text that expresses the value.
        start: the offset of the surface in the text.
        end: the offset after the surface.
        form: how the value is written; None if this cannot be described.
    """

    value: Value
    surface: str
    start: int
    end: int
    form: Form | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether no other value can be written in place of this value."""
        return self.form is None or self.form.is_fixed


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """The context in which values are read from a text.

    Attributes:
        locale: the Babel locale.
        groups: the field groups in the language's pattern, keyed by kind (see `field_groups`).
        number_pattern: the CLDR pattern for numbers in the house style, with a comma between thousands.
        separator: the character between thousands in the house style.
        amount_pattern: the CLDR pattern for amounts of money in the house style, with a comma between thousands.
        amount_separator: the character between thousands in amounts of money in the house style.
        thousands_from: the number of digits from which the house style separates thousands.
        words_to: the largest number that the house style writes in English words.
        zero: the Chinese zero within numbers in the house style.
        zero_in_years: the Chinese zero in years in the house style.
        currency: the currency that 元 or $ alone means.
        issued: the day of issue, or None.
    """

    locale: str
    groups: FieldGroups
    number_pattern: str = "#,##0.###"
    separator: str = ","
    amount_pattern: str = "#,##0.###"
    amount_separator: str = ","
    thousands_from: int = 4
    words_to: int = 9
    zero: str = "零"
    zero_in_years: str = "○"
    currency: str = "HKD"
    issued: Date | None = None

    def with_year(self, year: int | None, month: int, day: int | None) -> Date:
        """Return a date; if a day has no year, it gets the year of issue, or the year before or after.

        The year before or after is chosen if the day would otherwise be more than about nine months from the day of issue.
        """
        if year is None and day and self.issued and self.issued.year:
            issue = _days(self.issued.year, self.issued.month, self.issued.day or 1)
            year = self.issued.year
            if abs(distance := _days(year, month, day) - issue) > _MAX_DISTANCE:
                year += 1 if distance < 0 else -1
        return Date(year, month, day)


# In days. A day at a greater distance is in the year before or after, such as "December 30" in a release of January.
_MAX_DISTANCE = 9 * 31


def _days(year: int, month: int, day: int) -> int:
    """Return an approximate number of days, for the distance between two dates; the day need not exist."""
    return (year * 12 + month) * 31 + day


def span_of_group(match: re.Match[str], group: str | int, value: Value, form: Form | None) -> ValueSpan:
    """Return the value span for a group of a match, with the form only if it renders as the matched text."""
    surface = match[group]
    start, end = match.span(group)
    return ValueSpan(value, surface, start, end, form if form and renders_as(value, form, surface) else None)


def renders_as(value: Value, form: Form, surface: str) -> bool:
    """Whether a form writes a value as a surface."""
    try:
        return render(value, form) == surface
    except (CannotRender, InvalidOperation):  # the number has too many digits for decimal arithmetic
        return False


def combine_patterns(patterns: Mapping[str, str]) -> str:
    """Combine patterns into one, each as a group named after its kind; the first pattern that matches wins."""
    return "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items())


def matched_group(match: re.Match[str], *groups: str) -> str:
    """Return the first of the groups that has matched; at least one group must have matched."""
    return next(group for group in groups if match[group])


def label_reader(*groups: str, normalise: Callable[[str], str] = str) -> Callable[[re.Match[str], ReadingContext], ValueSpan]:
    """Return a function that reads a label from the first group that has matched, and normalises the text of the label."""

    def read(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
        group = matched_group(match, *groups)
        return span_of_group(match, group, Label(normalise(match[group])), None)

    return read


def read_figure(digits: str, scale: str, context: ReadingContext, *, is_money: bool = False) -> tuple[Decimal, Numerals]:
    """Return the number in Arabic digits and a scale word (million, 萬 or empty), and how its numerals are written.

    Decimals are kept as written: 3.0 stays 3.0. A number with few digits does not show whether thousands are separated, so its
    numerals separate them as in the house style, which may differ for amounts of money.
    """
    separator = next((sign for sign in digits if sign in f",{GROUP_SPACES}"), "")
    number = Decimal(digits.replace(separator, "") if separator else digits)
    pattern = context.amount_pattern if is_money else context.number_pattern
    style_separator = context.amount_separator if is_money else context.separator
    if separator and not pattern.startswith("#,##"):
        pattern = "#,##" + pattern
    elif not separator and number >= 10 ** (context.thousands_from - 1):
        pattern = pattern.removeprefix("#,##")
    decimals = digits.partition(".")[2]
    if decimals.endswith("0"):
        pattern = pattern.partition(".")[0] + "." + "0" * len(decimals)
    thousands_from = 4 if separator and number < 10 ** (context.thousands_from - 1) else context.thousands_from
    numerals = Numerals(
        "arabic", pattern=pattern, separator=separator or style_separator, thousands_from=thousands_from, scale=scale
    )
    return without_trailing_zeros(number * SCALES[scale]) if scale else number, numerals
