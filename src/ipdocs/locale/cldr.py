"""Data of the Unicode CLDR about a locale: names of months and weekdays, patterns, separators, and words between values.

Babel is imported only when the data is needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache


def is_locale(name: str) -> bool:
    """Whether Babel knows a locale."""
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def month_names(locale: str) -> Mapping[str, int]:
    """Return the numbers of the months, keyed by each name in lower case, in full and abbreviated."""
    return _names(locale, "months")


@cache
def weekday_names(locale: str) -> Mapping[str, int]:
    """Return the numbers of the days of the week from 0 (Monday), keyed by each name in lower case, in full and abbreviated."""
    return _names(locale, "days")


def _names(locale: str, kind: str) -> Mapping[str, int]:
    from babel.core import Locale

    contexts = getattr(Locale.parse(locale), kind)
    return {
        str(name).lower(): int(number)
        for context in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for number, name in contexts.get(context, {}).get(width, {}).items()
    }


@cache
def language_name(tag: str, locale: str) -> str:
    """Return the name of the language with a tag as a locale has it: "Portuguese", 葡萄牙文; without a name, the tag."""
    from babel.core import Locale

    return str(Locale.parse(locale).languages.get(tag.partition("-")[0], tag))


@cache
def separators(locale: str) -> tuple[str, str]:
    """Return the separator of thousands and the decimal separator in figures."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_group_symbol(locale), get_decimal_symbol(locale)


@cache
def joining_words(locale: str) -> tuple[str, str]:
    """Return the words for "and" and "or" between the last two items of a list; Chinese and Japanese may have a mark."""
    from babel.core import Locale

    patterns = Locale.parse(locale).list_patterns
    and_word, or_word = (_between(patterns[kind]["2"]) if kind in patterns else "" for kind in ("standard", "or"))
    return and_word, or_word


def _between(pattern: object) -> str:
    return str(pattern).replace("{0}", "").replace("{1}", "").strip()


@cache
def date_patterns(locale: str) -> tuple[str, ...]:
    """Return the usual patterns of dates, the full date without its weekday first."""
    from babel.core import Locale

    parsed = Locale.parse(locale)
    skeletons = [str(parsed.datetime_skeletons[name]) for name in ("MMMMd", "yMMMM") if name in parsed.datetime_skeletons]
    return tuple(dict.fromkeys([*(str(parsed.date_formats[name]) for name in ("long", "full")), *skeletons]))


@cache
def date_pattern(locale: str, name: str) -> str:
    """Return the pattern of dates with a name of the CLDR: "long", "full" or a skeleton such as "MMMMd"; "" if there is none."""
    from babel.core import Locale

    parsed = Locale.parse(locale)
    return str(parsed.date_formats.get(name) or parsed.datetime_skeletons.get(name, ""))


@cache
def time_pattern(locale: str) -> str:
    """Return the usual pattern of a time of day, such as HH:mm."""
    from babel.core import Locale

    return str(Locale.parse(locale).time_formats["short"]).replace("\u202f", " ")


@cache
def scale_words(locale: str) -> Mapping[str, int]:
    """Return the powers of ten that have words, such as 1,000,000 for million and millions, keyed by these words."""
    from babel.core import Locale

    words: dict[str, int] = {}
    for patterns in Locale.parse(locale).compact_decimal_formats.get("long", {}).values():
        for size, pattern in patterns.items():
            if match := re.fullmatch(r"(0+)\s*(\D+)", str(getattr(pattern, "pattern", pattern))):
                words.setdefault(match[2].strip("'"), int(size) // 10 ** (len(match[1]) - 1))
    return words


@cache
def scale_word(locale: str, size: int, number: int | Decimal) -> str:
    """Return the word for a power of ten after a number, such as million or millions; an empty string if there is none."""
    from babel.core import Locale

    parsed = Locale.parse(locale)
    formats = parsed.compact_decimal_formats.get("long", {})
    pattern = formats.get(parsed.plural_form(number), formats.get("other", {})).get(str(size))
    return re.sub(r"^0+\s*|'", "", str(getattr(pattern, "pattern", pattern))) if pattern else ""
