"""What conversion leaves as it is: expressions, links, addresses and spans that an author marks with [text]{keep}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GAP = "\x1e"
"""Stands for a span that is kept out of conversion; OpenCC passes it through."""

# In this order: an expression may hold anything, a kept span anything but brackets.
_SPANS = re.compile(
    r"""
      \{\{.*?\}\}                                       # an expression
    | \[(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*\]\{keep\}         # a span that its author protects
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*                # the target of a Markdown link
    | (?:https?://|www\.|mailto:)[^\s<>"'，。；：！？、（）「」『』《》〈〉【】“”‘’]+  # an address
    | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]     # characters that are no text
    """,
    re.VERBOSE | re.DOTALL,
)


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that no conversion changes, from left to right."""
    return [match.span() for match in _SPANS.finditer(text)]


@dataclass(frozen=True, slots=True)
class FixedSpan:
    """A span of the text whose form is settled before conversion, and what settled it."""

    start: int
    end: int
    form: str
    by: str


def replace_with_gaps(text: str, spans: Sequence[FixedSpan]) -> str:
    """Return the text with one gap for each of its spans."""
    parts, end = [], 0
    for span in spans:
        parts.append(text[end : span.start])
        end = span.end
    return GAP.join([*parts, text[end:]])
