"""Write and read Chinese numerals and English number words."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
POWERS = ((10**8, "億"), (10**4, "萬"), (1000, "千"), (100, "百"), (10, "十"))
"""The powers of ten that have a character, the largest first."""

# Only these numerals, the point and the sign differ between the scripts.
TO_SIMPLIFIED = str.maketrans("萬億兩點負", "万亿两点负")
TO_TRADITIONAL = str.maketrans("万亿两点", "萬億兩點") | {ord("廿"): "二十", ord("卅"): "三十"}
TO_ARABIC = str.maketrans("零○〇一二兩三四五六七八九", "0001223456789")

# Matches numerals whose digits have been converted to Arabic digits: 一千四百零五 is 1千4百05.
_BELOW_10000 = re.compile(r"0?(?:([1-9])千)?0?(?:([1-9])百)?0?(?:([1-9]?)十)?0?([1-9])?")
# 一百五 can mean 150 or 105, so it is not read: a digit after a power larger than ten needs 零.
_AMBIGUOUS_END = re.compile(r"[億萬千百][1-9]$")

# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
WORDS_BELOW = 100
"""Only numbers below this limit are written in English words."""


def write_chinese(number: int, zero: str = "零", two: str = "") -> str:
    """Return a whole number in Traditional numerals: 1400 is 一千四百, 105 is 一百零五.

    `two` has the characters before which 2 is 兩: "萬億" gives 兩萬 and 兩億; "個" gives 兩 for the number 2 itself.
    """
    if number == 2 and "個" in two:
        return "兩"
    text = _digits_and_powers(number, zero, two) or zero
    return text.removeprefix("一") if text.startswith("一十") else text


def _digits_and_powers(number: int, zero: str, two: str) -> str:
    for size, name in POWERS:
        if number >= size:
            head, rest = divmod(number, size)
            leading = "兩" if head == 2 and name in two else _digits_and_powers(head, zero, two)
            return leading + name + (zero if 0 < rest < size // 10 else "") + _digits_and_powers(rest, zero, two)
    return DIGITS[number] if number else ""


def read_chinese(text: str) -> int | None:
    """Return the number in Chinese numerals of either script, or None if the numerals are ambiguous or not a number."""
    plain = text.translate(TO_TRADITIONAL).translate(TO_ARABIC)
    if plain == "0":
        return 0
    return _read(plain, (("億", 10**8), ("萬", 10**4)))


def _read(plain: str, powers: tuple[tuple[str, int], ...]) -> int | None:
    if _AMBIGUOUS_END.search(plain):
        return None
    if not powers:
        return _read_below_10000(plain)
    (name, size), *smaller = powers
    head, power, rest = plain.partition(name)
    if not power:
        return _read(plain, tuple(smaller))
    above = _read(head, tuple(smaller))
    below = _read(rest, tuple(smaller)) if rest else 0
    return above * size + below if above and below is not None else None


def _read_below_10000(plain: str) -> int | None:
    match = _BELOW_10000.fullmatch(plain)
    if not match or not plain.strip("0"):
        return None
    thousands, hundreds, tens, ones = match.groups()
    return int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + (0 if tens is None else int(tens or 1) * 10) + int(ones or 0)


def digit_by_digit(digits: str, zero: str) -> str:
    """Return Arabic digits as Chinese digits: 2018 is 二○一八."""
    return "".join(zero if digit == "0" else DIGITS[int(digit)] for digit in digits)


def write_words(number: int) -> str:
    """Return a number below a hundred in English words: 21 is twenty-one."""
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


def write_ordinal_words(number: int) -> str:
    """Return an ordinal below a hundred in English words: 6 is sixth, 21 is twenty-first."""
    head, dash, last_word = write_words(number).rpartition("-")
    regular = last_word[:-1] + "ieth" if last_word.endswith("y") else last_word + "th"
    return head + dash + _IRREGULAR_ORDINALS.get(last_word, regular)


def ordinal_suffix(number: int) -> str:
    """Return the suffix of an English ordinal: st, nd, rd or th."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


WORDS = {write_words(number): number for number in range(WORDS_BELOW)}
ORDINAL_WORDS = {write_ordinal_words(number): number for number in range(1, WORDS_BELOW)}
