"""Regular expressions for CLDR patterns and for patterns with {}, and the words of a language in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache

from ipdocs.locale import cldr
from ipdocs.locale.style import LanguageStyle
from ipdocs.values.dates import pattern_tokens
from ipdocs.values.numbers import GROUP_SPACES
from ipdocs.values.style_forms import figures

YEAR = r"[12]\d{3}"
AFTER_NUMBER = r"(?![\w/]|[.,:]\d)"
_FIELDS = {"yy": r"\d\d", "m": r"[0-5]?\d", "mm": r"[0-5]\d"}
_DASHES = (" - ", " – ", "-", "–", "〜", "～")
_UNSPACED = ("ja", "th")
"""Languages without spaces between words."""


@dataclass(frozen=True)
class PatternExpression:
    """The regular expression of a CLDR pattern.

    Attributes:
        pattern: the CLDR pattern.
        text: the regular expression.
        groups: the letter of each field with the name of its group.
    """

    pattern: str
    text: str
    groups: tuple[tuple[str, str], ...]

    def fields(self, match: re.Match[str]) -> dict[str, str]:
        """Return the text of each field in a match, keyed by the letter of the field."""
        return {letter: match[group] for letter, group in self.groups}


class Vocabulary:
    """The words, separators and figures of a language in regular expressions.

    Attributes:
        style: the section of the house style for the language.
        months: the numbers of the months, keyed by name in lower case.
        weekdays: the numbers of the days of the week, keyed by name in lower case.
        point: the decimal separator.
        groups: the separators of thousands.
        scales: powers of ten, keyed by their words, such as million.
        and_words: the words for "and" between two days.
        is_spaced: whether spaces separate words.
    """

    def __init__(self, style: LanguageStyle) -> None:
        self.style = style
        self.months = {**cldr.month_names(style.cldr), **{name.lower(): month for month, name in enumerate(style.months, 1)}}
        self.weekdays = {**cldr.weekday_names(style.cldr), **{name.lower(): day for day, name in enumerate(style.weekdays)}}
        group, self.point = cldr.separators(style.cldr)
        usual = {",": group}
        written = [usual.get(sign, sign) for _, sign in (figures(style), figures(style, "money"))]
        self.groups = [sign for sign in dict.fromkeys([*written, group, *GROUP_SPACES]) if sign != self.point]
        self.scales = cldr.scale_words(style.cldr)
        self.is_spaced = style.cldr[:2] not in _UNSPACED
        self.and_words = tuple(dict.fromkeys(filter(None, (style.and_, cldr.joining_words(style.cldr)[0]))))

    @property
    def to(self) -> str:
        """A regular expression for the word or dash between the ends of a range."""
        words = dict.fromkeys(word for word in (self.style.time.to.strip(), *self.style.reading.range) if word)
        return f"(?:{any_of([*map(self._spaced, words), *_DASHES])})"

    @property
    def and_(self) -> str:
        """A regular expression for the word between two days."""
        return f"(?:{any_of(map(self._spaced, self.and_words))})" if self.and_words else "(?!)"

    @property
    def scale(self) -> str:
        """A regular expression for the words for powers of ten."""
        return any_of(self.scales) or "(?!)"

    def _spaced(self, word: str) -> str:
        return f" {word} " if self.is_spaced else word

    def figure(self, name: str) -> str:
        """Return a regular expression for a number in figures, as the group <name>, with a scale word, as the group <name>s."""
        point = re.escape(self.point)
        grouped = (
            rf"[1-9]\d{{0,2}}(?:{re.escape(group)}\d{{3}}){{1,6}}(?!{re.escape(group)}?\d)(?:{point}\d+)?"
            for group in self.groups
        )
        figures = "|".join([*grouped, rf"\d+(?:{point}\d+)?"])
        return rf"(?P<{name}>{figures})(?:[ \u00a0](?P<{name}s>{self.scale})\b)?"

    def expression(self, pattern: str, name: str) -> PatternExpression:
        """Return the regular expression of a CLDR pattern, with groups whose names begin with `name`."""
        parts: list[str] = []
        groups: list[tuple[str, str]] = []
        for letters, words in pattern_tokens(pattern):
            if words:
                parts.append(literal(words))
                continue
            group = f"{name}{len(groups)}"
            groups.append((letters[0], group))
            parts.append(f"(?P<{group}>{self._field(letters)})")
        return PatternExpression(pattern, "".join(parts), tuple(groups))

    def _field(self, letters: str) -> str:
        if letters in _FIELDS:
            return _FIELDS[letters]
        match letters[0]:
            case "y":
                return YEAR
            case "E":
                return f"(?i:{any_of(self.weekdays)})"
            case "M" if len(letters) > 2:
                return f"(?i:{any_of(self.months)})"
            case "a":
                return f"(?i:{any_of(half_days(self.style.cldr))})"
        return r"\d\d" if len(letters) == 2 else r"\d\d?"


def any_of(words: Iterable[str] | Mapping[str, object]) -> str:
    """Return a regular expression that matches any of the words, the longest first."""
    return "|".join(literal(word) for word in sorted(set(words), key=len, reverse=True))


def literal(words: str) -> str:
    """Return a regular expression that matches words; a space also matches a no-break space."""
    return re.sub(r"\\ |[\u00a0\u202f]", "[ \u00a0\u202f]", re.escape(words))


def around(pattern: str, number: str) -> str:
    """Return the regular expression of a pattern in which {} stands for a number."""
    before, after = pattern.split("{}")
    return literal(before) + number + literal(after)


def quote(words: str) -> str:
    """Return words as they stand in a CLDR pattern, in which Latin words are quoted."""
    return f"'{words}'" if re.search("[A-Za-z]", words) else words


def join(first: str, joiner: str, last: str) -> str:
    """Return the CLDR pattern of a range, with | before its end."""
    return f"{first}{quote(joiner)}|{last}".replace("''", "")


@cache
def half_days(locale: str) -> tuple[str, str]:
    """Return the words for am and pm in lower case."""
    from babel.dates import format_time

    return format_time(time(1), "a", locale=locale).lower(), format_time(time(13), "a", locale=locale).lower()
