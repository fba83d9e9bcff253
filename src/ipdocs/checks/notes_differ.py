"""Footnotes that only one of two languages refers to."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation


def notes_differ(pair: Pair) -> Iterator[Violation]:
    """Find references to footnotes that the other language of the text lacks."""
    for passage, other in ((pair.source, pair.target), (pair.target, pair.source)):
        for name in passage.notes:
            if name not in other.notes:
                message = (
                    f"the {passage.language.code} text refers to footnote '{name}', but the {other.language.code} text does not"
                )
                yield Violation(
                    message, (Highlight(other), Highlight(passage)), f"write [^{name}] in the {other.language.code} text, too"
                )
