"""Render numbers, ordinals, percentages and money."""

from __future__ import annotations

import decimal

from ipdocs.locale.cldr import scale_word
from ipdocs.locale.style_keys import MOST_DECIMALS
from ipdocs.values.form import CannotRender, Form, Numerals
from ipdocs.values.numerals import (
    WORDS_BELOW,
    digit_by_digit,
    ordinal_suffix,
    write_chinese,
    write_ordinal_words,
    write_words,
)
from ipdocs.values.types import Count, Decimal, Integer, Money, Ordinal, Percent, Value, without_trailing_zeros

SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "千": 10**3,
    "百萬": 10**6,
    "千萬": 10**7,
    "百万": 10**6,
    "千万": 10**7,
    "萬": 10**4,
    "億": 10**8,
    "萬億": 10**12,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
}
"""Scale words in English and both Chinese scripts, with their factors."""
NO_BREAK_SPACE = "\u00a0"
GROUP_SPACES = f" {NO_BREAK_SPACE}\u2009\u202f"
"""Spaces that may separate thousands: a space, a no-break space, a thin space and a narrow no-break space."""
FIGURE = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|[1-9]\d{{0,2}}(?:[{GROUP_SPACES}]\d{{3}})+(?![{GROUP_SPACES}]?\d)(?:\.\d+)?|\d+(?:\.\d+)?"
)
"""The pattern of a number in Arabic digits, whose thousands may be separated by commas or spaces."""
UNIT = "(?:[kmcµ]?m|[kmµ]?g|ha|t|m?[lL]|[kMG]?W|[kMG]Wh|k?V|[kMG]?Hz|[kKMGT]B|[kMG]bps|dB|Bq|mSv|pp[mb]|km/h)(?![A-Za-z0-9/])"
"""The pattern of the symbol of a unit that follows a figure without a space, as in 9kg."""
SCALED_BELOW = 10_000
"""A figure before a scale word must be below this limit: 2億, not 20000萬."""


def without_sign(value: Value) -> Integer | Decimal | Percent | Money | None:
    """Return the positive value for a negative number, percentage or amount, otherwise None."""
    match value:
        case Integer(number) if number < 0:
            return Integer(-number)
        case Decimal(number) if number < 0:
            return Decimal(-number)
        case Percent(number) if number < 0:
            return Percent(-number)
        case Money(currency, amount) if amount < 0:
            return Money(currency, -amount)
    return None


def write_numerals(number: int | decimal.Decimal, form: Form) -> str:
    """Return a number in the numerals of a form, without the rest of the form's pattern."""
    numerals = form.numerals
    if numerals.system == "arabic":
        return _write_arabic_number(number, form)
    if numerals.system == "chinese":
        return _write_chinese_number(number, numerals)
    return _write_number_words(number, numerals)


def _write_arabic_number(number: int | decimal.Decimal, form: Form) -> str:
    from babel.numbers import format_decimal, get_group_symbol

    numerals = form.numerals
    if 0 < number <= numerals.words_to and is_whole(number):
        return write_words(int(number))
    scale = numerals.scale
    scaled = without_trailing_zeros(decimal.Decimal(number) / SCALES[scale]) if scale else number
    if scale and not fits_scale(number, scale):
        raise CannotRender(f"{plain_digits(number)} cannot be written exactly in {scale}")
    pattern = _keep_decimals(numerals.pattern, scaled)
    if scaled < 10 ** (numerals.thousands_from - 1):
        pattern = pattern.removeprefix("#,##")
    digits = format_decimal(scaled, pattern, locale=form.locale, decimal_quantization=False)
    if numerals.separator != ",":
        digits = digits.replace(get_group_symbol(form.locale), numerals.separator)
    if not scale or form.locale.startswith(("zh", "ja")):
        return digits + scale
    return f"{digits} {scale if form.locale.startswith('en') else scale_word(form.locale, SCALES[scale], scaled) or scale}"


def _keep_decimals(pattern: str, number: int | decimal.Decimal) -> str:
    """Return a CLDR pattern that writes at least the decimals of a number that ends in 0, so that 3.0 stays 3.0."""
    decimals = f"{decimal.Decimal(number):f}".partition(".")[2]
    if not decimals.endswith("0"):
        return pattern
    whole, _, fraction = pattern.partition(".")
    return f"{whole}." + "0" * max(len(decimals), fraction.count("0"))


def fits_scale(number: int | decimal.Decimal, scale: str, decimals: int = MOST_DECIMALS) -> bool:
    """Whether a number can be written exactly with a scale word and at most some decimals before it.

    14,500,000 is 14.5 million; 12,345 does not fit. A number whose decimals are kept, such as 12,500.0, does not fit either.
    """
    scaled = decimal.Decimal(number) / SCALES[scale]
    return is_whole(number) and 1 <= scaled < SCALED_BELOW and scaled == round(scaled, decimals)


def is_whole(number: int | decimal.Decimal) -> bool:
    """Whether a number is written without decimals; 3.0 keeps its decimal."""
    exponent = decimal.Decimal(number).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= 0


def is_round(number: int | decimal.Decimal) -> bool:
    """Whether a number is short in Chinese numerals: 五千, 二千四百四十萬, but not 1,980 or 12.50.

    It has at most two digits before its zeros or, if it is a multiple of ten thousand, at most four.
    """
    digits = len(f"{abs(number):f}".rstrip("0"))
    return is_whole(number) and digits <= (4 if number % 10_000 == 0 else 2)


def _write_chinese_number(number: int | decimal.Decimal, numerals: Numerals) -> str:
    whole, _, fraction = f"{decimal.Decimal(number):f}".partition(".")
    text = write_chinese(int(whole), numerals.zero, "" if fraction else numerals.two)
    return f"{text}點{digit_by_digit(fraction, numerals.zero)}" if fraction else text


def plain_digits(number: int | decimal.Decimal) -> str:
    """Return a number in plain digits, without trailing zeros after the decimal point."""
    digits = f"{decimal.Decimal(number):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _write_number_words(number: int | decimal.Decimal, numerals: Numerals) -> str:
    scaled = decimal.Decimal(number) / SCALES[numerals.scale] if numerals.scale else number
    if scaled != int(scaled) or scaled > min(numerals.words_to, WORDS_BELOW - 1):
        raise CannotRender(f"{plain_digits(number)} cannot be written in words in this form")
    words = write_words(int(scaled))
    return _capitalise(f"{words} {numerals.scale}" if numerals.scale else words, numerals)


def write_phrase(value: Value, form: Form) -> str:
    """Return the phrase of a form that fits only one number, such as "a dozen" or 雙.

    Raises:
        CannotRender: the value is another number.
    """
    number = value.amount if isinstance(value, Money) else getattr(value, "number", None)
    if number != form.only or (isinstance(value, Money) and value.currency != form.currency):
        raise CannotRender(f"{form.pattern!r} is {form.only}, not {number}")
    return _capitalise(form.pattern, form.numerals)


def _capitalise(words: str, numerals: Numerals) -> str:
    return words[0].upper() + words[1:] if numerals.starts_with_capital else words


def write_number(value: Integer | Count | Decimal, form: Form) -> str:
    """Return a number in a form: 1,400, seven, a dozen or 一千四百."""
    return form.pattern.format(write_numerals(value.number, form))


def write_ordinal(value: Ordinal, form: Form) -> str:
    """Return an ordinal in a form: 17th, sixth or 第十七; a "th" at the end of the pattern becomes the right English suffix."""
    if form.numerals.system == "words":
        if value.number > min(form.numerals.words_to, WORDS_BELOW - 1):
            raise CannotRender(f"the ordinal {value.number} cannot be written in words in this form")
        return _capitalise(write_ordinal_words(value.number), form.numerals)
    pattern = form.pattern
    if pattern.endswith("th"):
        pattern = pattern.removesuffix("th") + ordinal_suffix(value.number)
    return pattern.format(write_numerals(value.number, form))


def write_percentage(value: Percent, form: Form) -> str:
    """Return a percentage in a form: 3.9 per cent, 3.9%, 百分之三點九, 三成半."""
    return _write_in_tenths(value, form) if "成" in form.pattern else form.pattern.format(write_numerals(value.number, form))


def _write_in_tenths(value: Percent, form: Form) -> str:
    tenths, rest = divmod(value.number, 10)
    if not 1 <= tenths <= 9 or rest not in (0, 5):
        raise CannotRender(f"{plain_digits(value.number)} per cent cannot be written in 成")
    return write_chinese(int(tenths), two=form.numerals.two) + "成" + ("半" if rest else "")


def write_money(value: Money, form: Form) -> str:
    """Return an amount of money in a form: $14 million, 一千四百萬元, 十二元五角."""
    if value.currency != form.currency:
        raise CannotRender(f"an amount in {value.currency} does not fit a form for {form.currency}")
    whole, cents = divmod(value.amount * 100, 100)
    if form.numerals.system == "chinese" and form.pattern.endswith("{}元") and not is_whole(value.amount) and cents == int(cents):
        return _write_with_cents(int(whole), int(cents), form)
    return form.pattern.format(write_numerals(value.amount, form))


def _write_with_cents(whole: int, cents: int, form: Form) -> str:
    """Return an amount with 角 and 分 after 元, as in 十二元五角, 一百元零五分 and 五角."""
    tenths, hundredths = divmod(cents, 10)
    text = form.pattern.format(write_numerals(whole, form)) if whole or not cents else form.pattern.removesuffix("{}元")
    if tenths:
        text += f"{write_chinese(tenths)}角"
    elif hundredths and whole:
        text += form.numerals.zero
    return text + (f"{write_chinese(hundredths)}分" if hundredths else "")
