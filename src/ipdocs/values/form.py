"""The form of a value: everything about how it is written, so that another value can be written the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "ordinal", "percent", "money", "date", "dates", "time", "times", "years", "weekday", "relative"]


class CannotRender(Exception):
    """A value that a form or filter cannot write: what does not fit, and what would."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a number is written: with which digits, and what each of them leaves open.

    Arabic: `pattern` is CLDR's (#,##0.###), `scale` the word for the power of ten the figure is given in (million, 萬).
    Chinese: `zero` stands within numbers, `zero_in_years` in years; `two` names the places where 2 is 兩 (see numerals.py).
    Words: `most` is the largest number written so, `capital` the spelling at the start of a sentence. Arabic figures with a
    `most` leave numbers up to it to words, as a text that has 14 and seven does.
    """

    system: Literal["arabic", "chinese", "words"]
    pattern: str = "0.###"
    scale: str = ""
    zero: str = "零"
    zero_in_years: str = "○"
    two: str = ""
    most: int = 0
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a value stands in a text of one language: `locale` is Babel's name of it, which also tells the script.

    `pattern` is CLDR's for dates and times; a range ends from its | or else from its first repeated field on (y-yy);
    for the rest {} stands for the number: 第{}, {} per cent, ${}. `currency` is the only one a form of money can hold.
    """

    kind: Kind
    locale: str
    pattern: str
    numerals: Numerals
    currency: str = ""

    @property
    def is_simplified(self) -> bool:
        """Whether the form writes Simplified characters."""
        return "Hans" in self.locale
