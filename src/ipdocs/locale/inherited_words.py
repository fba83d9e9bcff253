"""What a language does not inherit from the style of another language: words, spelling, and the order of dates.

Portuguese may be based on English, but must itself say how it writes "per cent", "today" or "; and".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.locale import cldr

Section = dict[str, Any]
"""The keys and values of a language in a style file."""

_DROPPED = (
    "spelling",
    "dictionaries",
    "and",
    "range",
    "periods",
    "fractions",
    "accepted-forms",
    "accepted-quotes",
    "reading",
    "months",
    "weekdays",
    "ordinals",
)
_REPLACED_BY = {"amount": "number"}
"""Keys that are not inherited if the language has the other key itself."""
_DATES = {"full": "long", "issue-line": "long", "end-block": "full", "day": "MMMMd", "month": "yMMMM", "year": "y"}
"""For each date in a style, the name of the pattern in the CLDR."""
_TIMES = ("hour", "minutes", "noon", "midnight")
_WORD = re.compile("[^\\W\\d_]*[a-zà-ÿ]{2}|[\u4e00-\u9fff]")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class UnwrittenKey:
    """A key that the language must have itself.

    Attributes:
        name: the key, with a full stop between an outer and an inner key.
        inherited: the value in the other language.
        suggestion: a value for the language, or an empty string.
    """

    name: str
    inherited: str
    suggestion: str = ""

    @property
    def example(self) -> str:
        """The key with a value, as it stands in a style file."""
        outer, _, inner = self.name.partition(".")
        value = f'"{self.suggestion or "…"}"'
        return f"{outer}: {{{inner}: {value}}}" if inner else f"{outer}: {value}"


def inherited_from_another_language(section: Section, own: Section) -> Section:
    """Return what a language inherits from the section of another language: all keys but those that belong to that language.

    Args:
        section: the section of the other language.
        own: the keys that the language has itself.
    """
    kept = {key: value for key, value in section.items() if key not in _DROPPED and _REPLACED_BY.get(key) not in own}
    if isinstance(numerals := section.get("numerals"), dict):
        kept["numerals"] = dict.fromkeys(numerals, "arabic")
    # Measure words and 萬 are words of Chinese; "million" is not, because it stands for the word of the language.
    for key in ("large", "no-figures-before"):
        if _CHINESE.search(str(section.get(key))):
            kept[key] = []
    return kept


def unwritten_keys(section: Section, own: Section, locale: str) -> list[UnwrittenKey]:
    """Return the keys that a language must have itself, because their values in another language are not right for it.

    Args:
        section: the section of the other language.
        own: the keys that the language has itself.
        locale: the Babel locale of the language.
    """
    return [key for key in _language_keys(section, locale) if not _has(own, key.name)]


def _has(section: Any, name: str) -> bool:
    outer, _, inner = name.partition(".")
    return isinstance(section, dict) and outer in section and (not inner or _has(section[outer], inner))


def _language_keys(section: Section, locale: str) -> Iterator[UnwrittenKey]:
    """Yield the keys whose values have words of a language, or dates and times that the locale writes in another way."""
    for key in ("ordinal", "percent"):
        if _has_words(section.get(key, "")):
            yield UnwrittenKey(key, section[key])
    if _CHINESE.search(str(section.get("years"))):
        yield UnwrittenKey("years", section["years"])
    yield from _date_keys(_mapping(section, "date"), locale)
    yield from _time_keys(_mapping(section, "time"), locale)
    for outer in ("items", "person", "money"):
        for key, value in _mapping(section, outer).items():
            if _has_words(value):
                yield UnwrittenKey(f"{outer}.{key}", value)


def _date_keys(dates: dict[str, Any], locale: str) -> Iterator[UnwrittenKey]:
    for key, value in dates.items():
        usual = cldr.date_pattern(locale, _DATES[key]) if key in _DATES else ""
        if usual and value != usual:
            yield UnwrittenKey(f"date.{key}", value, usual)
        elif not usual and _has_pattern_words(value):
            yield UnwrittenKey(f"date.{key}", value, f"'…' ({cldr.date_pattern(locale, 'MMMMd')})")


def _time_keys(times: dict[str, Any], locale: str) -> Iterator[UnwrittenKey]:
    for key, value in times.items():
        if key in _TIMES and (re.search("[ah]", re.sub("'[^']*'", "", str(value))) or _has_pattern_words(value)):
            yield UnwrittenKey(f"time.{key}", value, cldr.time_pattern(locale))
        elif key == "end-block" and _CHINESE.search(str(value)):
            yield UnwrittenKey("time.end-block", value, cldr.time_pattern(locale))
        elif key == "to" and _has_words(value):
            yield UnwrittenKey("time.to", value)


def _mapping(section: Section, key: str) -> dict[str, Any]:
    value = section.get(key)
    return value if isinstance(value, dict) else {}


def _has_words(value: object) -> bool:
    return _WORD.search(re.sub(r"\{[^}]*\}", "", str(value))) is not None


def _has_pattern_words(value: object) -> bool:
    """Whether a pattern of the CLDR has words: Latin words are in quotation marks, and Chinese characters need none."""
    return any(map(_has_words, re.findall("'([^']*)'", str(value)))) or _CHINESE.search(str(value)) is not None
