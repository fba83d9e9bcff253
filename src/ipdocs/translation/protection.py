"""What conversion leaves as it is: expressions, links, addresses and spans that an author marks with [text]{keep}."""

from __future__ import annotations

import re

# In this order: an expression may hold anything, a kept span anything but brackets.
_SPANS = re.compile(
    r"""
      \{\{.*?\}\}                                       # an expression
    | \[[^\[\]]*\]\{keep\}                              # a span that its author protects
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*                # the target of a Markdown link
    | (?:https?://|www\.|mailto:)[^\s<>"'，。；：！？、（）「」『』《》〈〉【】“”‘’]+  # an address
    | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]     # characters that are no text
    """,
    re.VERBOSE | re.DOTALL,
)


def protected(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that no conversion changes, from left to right."""
    return [match.span() for match in _SPANS.finditer(text)]


def kept(text: str) -> str:
    """Return the text without the notation [text]{keep}: as documents show it."""
    return re.sub(r"\[([^\[\]]*)\]\{keep\}", r"\1", text)
