"""Descriptions of how a value is written, so that another value can be written the same way."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "ordinal", "percent", "money", "date", "dates", "time", "times", "years", "weekday", "relative"]
"""The kinds of form: "dates" and "times" are for ranges, and "relative" is for yesterday, today and tomorrow."""


class CannotRender(Exception):
    """A form or filter cannot write a value.

    Attributes:
        message: why the value does not fit.
        hint: how to fix the problem.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a number is written in numerals.

    Attributes:
        system: Arabic figures, Chinese numerals or English words.
        pattern: the CLDR pattern of Arabic figures, such as #,##0.###.
        separator: the character between thousands in Arabic figures, if the pattern separates them; a comma stands for the
            usual separator of the language.
        thousands_from: the number of digits from which thousands are separated.
        minus: the sign or word before a negative number; if empty, the usual one of the language.
        scale: the word for a power of ten after Arabic figures, such as million or 萬, or empty.
        zero: the Chinese zero within numbers.
        zero_in_years: the Chinese zero in years.
        two: the characters before which 2 is 兩 (see `write_chinese`).
        words_to: the largest number that is written in English words.
        starts_with_capital: whether English words begin with a capital letter, as at the start of a sentence.
    """

    system: Literal["arabic", "chinese", "words"]
    pattern: str = "0.###"
    separator: str = ","
    thousands_from: int = 4
    minus: str = ""
    scale: str = ""
    zero: str = "零"
    zero_in_years: str = "○"
    two: str = ""
    words_to: int = 0
    starts_with_capital: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The written form of a value in a text of one language.

    Attributes:
        kind: the kind of value.
        locale: the Babel name of the language, which also determines the script.
        pattern: the text around the number {}, such as 第{}, {} per cent or ${}. For a date or time, a CLDR pattern; the
            pattern of a range is divided at |, or before the first field that occurs again (y-yy). For a relative day, the
            word for today. For a phrase that means one number, such as "a dozen" or 雙, the phrase.
        numerals: how numbers in the form are written.
        currency: the currency of an amount; other currencies do not fit the form.
        months: the names of the months, in place of those of the locale.
        weekdays: the names of the days of the week from Monday, in place of those of the locale.
        only: the only number that fits the form, if the pattern is a phrase: 12 for "a dozen".
        omitted: the end of the value that the text states only at the other end of a range, such as 萬 in 三至五萬.
        is_fixed: whether the words around the value do not fit another value: "both", 雙方, 15 in "December 4, 15 and 23".
    """

    kind: Kind
    locale: str
    pattern: str
    numerals: Numerals
    currency: str = ""
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    only: decimal.Decimal | None = None
    omitted: str = ""
    is_fixed: bool = False

    @property
    def is_simplified(self) -> bool:
        """Whether the form uses Simplified characters."""
        return "Hans" in self.locale
