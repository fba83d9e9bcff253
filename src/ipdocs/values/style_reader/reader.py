"""The reader of values for a language with a style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ipdocs.locale.style import LanguageStyle
from ipdocs.values.style_reader.alternatives import Alternatives, Read
from ipdocs.values.style_reader.expressions import Vocabulary
from ipdocs.values.style_reader.moments import add_dates, add_times, add_years
from ipdocs.values.style_reader.quantities import add_quantities, add_words
from ipdocs.values.value_span import ADDRESS, EXPRESSION, MAX_LENGTH, ReadingContext, ValueSpan, combine_patterns, label_reader

_PHONE = r"(?:\+\d{1,3} |\(\d{3}\) ?)?\d{4}[ -]\d{4}(?!\d)"
_CODE = r"[^\W\d_]+-?\d(?:[\w./–-]*\w)?|\d[\w./–-]*\w"
_START = r"(?<![\w.])(?<!\d,)(?<![^\W\d_]-)"


@dataclass(frozen=True)
class Reader:
    """The pattern of all values in a language, and the functions that read its matches, keyed by group."""

    pattern: re.Pattern[str]
    readers: Mapping[str, Read]

    def read(self, text: str, context: ReadingContext) -> list[ValueSpan]:
        """Return the values in a text, in order."""
        spans: list[ValueSpan] = []
        for match in self.pattern.finditer(text):
            read = self.readers.get(match.lastgroup or "")
            if read and len(match[0]) <= MAX_LENGTH:
                spans += read(match, context)
        return spans


# Readers with their styles, keyed by the id() of the style, which cannot be hashed.
_readers: dict[int, tuple[LanguageStyle, Reader]] = {}


def style_reader(style: LanguageStyle) -> Reader:
    """Return the reader for a language with a style."""
    if id(style) not in _readers:
        _readers[id(style)] = style, _make_reader(style)
    return _readers[id(style)][1]


def _make_reader(style: LanguageStyle) -> Reader:
    alternatives, vocabulary = Alternatives(), Vocabulary(style)
    alternatives.add(f"{EXPRESSION}|{ADDRESS}")
    add_dates(alternatives, vocabulary)
    add_times(alternatives, vocabulary)
    add_years(alternatives, vocabulary)
    _add_label(alternatives, _PHONE)
    add_quantities(alternatives, vocabulary)
    add_words(alternatives, vocabulary)
    _add_label(alternatives, _CODE)
    # Without spaces between words, only Latin letters and figures can continue a value.
    flags = re.NOFLAG if vocabulary.is_spaced else re.ASCII
    return Reader(re.compile(f"{_START}(?:{combine_patterns(alternatives.patterns)})", flags), alternatives.readers)


def _add_label(alternatives: Alternatives, pattern: str) -> None:
    read = label_reader(alternatives.next_name())
    alternatives.add(pattern, lambda match, context: [read(match, context)])
