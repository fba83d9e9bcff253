"""Spans that conversion does not change: expressions, links, addresses, and text marked as [text]{keep}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GAP = "\x1e"
"""The character that replaces a span during conversion; OpenCC does not change this character."""

# The order matters: an expression may contain any of the spans below it.
_SPANS = re.compile(
    r"""
      \{\{.*?\}\}                                       # an expression
    | \[(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*\]\{keep\}         # a span that the author has marked
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*                # the target of a Markdown link
    | (?:https?://|www\.|mailto:)[^\s<>"'，。；：！？、（）「」『』《》〈〉【】“”‘’]+  # an address
    | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]     # control characters and surrogates
    """,
    re.VERBOSE | re.DOTALL,
)


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that conversion does not change, from left to right."""
    return [match.span() for match in _SPANS.finditer(text)]


@dataclass(frozen=True, slots=True)
class FixedSpan:
    """A span of text whose form is known before conversion; `by` names the reason, such as "glossary"."""

    start: int
    end: int
    form: str
    by: str


def replace_with_gaps(text: str, spans: Sequence[FixedSpan]) -> str:
    """Return the text with one gap in place of each span."""
    parts, end = [], 0
    for span in spans:
        parts.append(text[end : span.start])
        end = span.end
    return GAP.join([*parts, text[end:]])
