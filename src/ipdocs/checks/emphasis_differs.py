"""Emphasis in only one of two languages."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation


def emphasis_differs(pair: Pair) -> Iterator[Violation]:
    """Find emphasis that the other language does not have."""
    sides = (pair.source, pair.target)
    for passage, other in (sides, sides[::-1]):
        if len(passage.emphases) > len(other.emphases):
            span = passage.emphases[len(other.emphases)]
            highlight = Highlight(passage, span.start, span.end)
            message = f"the {passage.language.code} text emphasises {highlight.text}, but the {other.language.code} text does not"
            yield Violation(message, (highlight, Highlight(other)), "emphasise the same words in both languages")
