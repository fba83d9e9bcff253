"""Types of values in documents: numbers, dates, times, money and names, independent of how they are written."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal, TypeAlias

# Hong Kong has had no summer time since 1979; a release states its time of issue in this zone ("HKT 18:30").
HONG_KONG = timezone(timedelta(hours=8), "HKT")


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number: 1,400 or 十四."""

    number: int


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number with decimals: 3.9."""

    number: decimal.Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """The number of items in a list in the document."""

    number: int


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal number: 17th, 第十七."""

    number: int


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage: the number 3.9 means 3.9 per cent."""

    number: decimal.Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money; the currency is an ISO 4217 code."""

    currency: str
    amount: decimal.Decimal


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a month if `day` is None; the year is None for a date written without a year, such as "August 21"."""

    year: int | None
    month: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Two days written together, and the word between them: "December 5 and 6", "August 21 to 23"."""

    first: Date
    last: Date
    joined: Literal["and", "to"]


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """A time of day in the 24-hour format."""

    hour: int
    minute: int = 0


_LONGEST_NIGHT = 14 * 60
"""In minutes. A longer range from one day to the next is probably a mistake, such as 4pm to 2pm."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A range from one time of day to another."""

    first: Time
    last: Time

    @property
    def is_overnight(self) -> bool:
        """Whether the range ends on the next day: its end is earlier than its start, and it lasts at most 14 hours."""
        minutes = (self.last.hour - self.first.hour) * 60 + self.last.minute - self.first.minute
        return minutes < 0 and minutes % (24 * 60) <= _LONGEST_NIGHT


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment with its offset from UTC; `date` and `time` are the date and time in Hong Kong."""

    moment: datetime

    @property
    def date(self) -> Date:
        """The day in Hong Kong."""
        local = self.moment.astimezone(HONG_KONG)
        return Date(local.year, local.month, local.day)

    @property
    def time(self) -> Time:
        """The time of day in Hong Kong."""
        local = self.moment.astimezone(HONG_KONG)
        return Time(local.hour, local.minute)


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years such as 2018-19, or a single year, for which `first` and `last` are equal."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: 0 is Monday, 6 is Sunday."""

    number: int


@dataclass(frozen=True, slots=True)
class Period:
    """A part of `year`, such as the third quarter (Q3) or the first half (H1), or the decade that begins with it."""

    year: int
    part: Literal["Q1", "Q2", "Q3", "Q4", "H1", "H2", "decade"]


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction: 2/3 is two-thirds, 三分之二."""

    numerator: int
    denominator: int


SeriesItem: TypeAlias = Integer | Decimal | Percent | Money | Date | Weekday


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind that are written together: a range ("3 to 5 per cent") or, joined by "and", a list of days."""

    values: tuple[SeriesItem, ...]
    joined: Literal["and", "to"]


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day relative to the day of issue: -1 is yesterday, 0 today, 1 tomorrow."""

    offset: int


@dataclass(frozen=True, slots=True)
class Label:
    """A number that is a name or an approximation instead of a quantity: Cap. 559, a telephone number, 二三十."""

    text: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """A text in one language, such as the name of a city."""

    text: str


@dataclass(frozen=True, slots=True)
class TermValue:
    """A glossary term in one language."""

    text: str


@dataclass(frozen=True, slots=True)
class PersonValue:
    """The name and post of a person in one language.

    Attributes:
        name: the name without a title; empty if only the post is known.
        title: a title of courtesy, such as Mr or 先生.
        post: the office that the person holds.
        acting: whether the person is acting in the post.
        short_name: the name to use after the first mention.
    """

    name: str
    title: str = ""
    post: str = ""
    acting: bool = False
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number, with the spaces that its owner uses: 2961 4500, 182 80 80."""

    number: str


@dataclass(frozen=True, slots=True)
class LinkValue:
    """A web or email address, and the text to show for it; if the text is empty, the address is shown."""

    href: str
    text: str = ""


Value: TypeAlias = (
    Integer
    | Decimal
    | Count
    | Ordinal
    | Percent
    | Money
    | Date
    | DateRange
    | Time
    | TimeRange
    | DateTime
    | Years
    | Weekday
    | Period
    | Fraction
    | Series
    | RelativeDay
    | Label
    | TextValue
    | TermValue
    | PersonValue
    | Phone
    | LinkValue
)


def without_trailing_zeros(number: decimal.Decimal) -> decimal.Decimal:
    """Return a number without trailing zeros: 3500000.0 is 3500000, 3.90 is 3.9."""
    return decimal.Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def integer_or_decimal(number: decimal.Decimal) -> Integer | Decimal:
    """Return an Integer for a number without decimals, otherwise a Decimal, which keeps its decimals: 3.0 stays 3.0."""
    exponent = number.as_tuple().exponent
    return Decimal(number) if isinstance(exponent, int) and exponent < 0 else Integer(int(number))
