"""Ordinals with a raised ending, 17^th^, as Word writes them: joined while facts are proposed, and raised again in the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.source.segment import Code, Segment, join_words, shift_code

_ENDINGS = ("st", "nd", "rd", "th")
_FIGURES = re.compile(r"(?<![\d,.])[0-9][0-9,]*$")


def join_raised_endings(text: Segment) -> tuple[Segment, frozenset[str]]:
    """Return a text with ordinals such as 17th in place of 17^th^, and these ordinals.

    An ordinal stays as it is if the text has the same one without a raised ending, too.
    """
    words = "\n".join(part for part in text if isinstance(part, str))
    parts: list[str | Code] = []
    ordinals: set[str] = set()
    index = 0
    while index < len(text):
        figures = _figures_before(text, index)
        ordinal = f"{figures}{text[index + 1]}" if figures else ""
        if ordinal and not re.search(rf"\b{ordinal}\b", words):
            ordinals.add(ordinal)
            parts.append(text[index + 1])
            index += 3
        else:
            parts.append(text[index])
            index += 1
    return join_words(tuple(parts)), frozenset(ordinals)


def _figures_before(text: Segment, index: int) -> str:
    """Return the figures before the code at a position that raises the ending of an ordinal; empty if it does not."""
    before = text[index - 1] if index else ""
    raised = shift_code("superscript", "open"), shift_code("superscript", "close")
    is_raised_ending = text[index : index + 3 : 2] == raised and text[index + 1] in _ENDINGS
    figures = _FIGURES.search(before) if is_raised_ending and isinstance(before, str) else None
    return figures[0] if figures else ""


def raise_endings(text: Segment, ordinals: frozenset[str]) -> Segment:
    """Return a text in which the endings of some ordinals are raised, unless a fact has taken their place."""
    if not ordinals:
        return text
    pattern = re.compile(rf"(?<![\w,.])({'|'.join(sorted(ordinals))})(?!\w)")
    return join_words(tuple(piece for part in text for piece in (_raised(part, pattern) if isinstance(part, str) else [part])))


def _raised(words: str, pattern: re.Pattern[str]) -> Iterator[str | Code]:
    for number, piece in enumerate(pattern.split(words)):
        if number % 2:
            yield from (piece[:-2], shift_code("superscript", "open"), piece[-2:], shift_code("superscript", "close"))
        else:
            yield piece
