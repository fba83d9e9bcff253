"""Emphasis that one language has and the other has not."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation


def emphasis_differs(pair: Pair) -> Iterator[Violation]:
    """Find emphases words where the other language stresses fewer."""
    sides = (pair.source, pair.target)
    for having, lacking in (sides, sides[::-1]):
        if len(having.emphases) > len(lacking.emphases):
            span = having.emphases[len(lacking.emphases)]
            mark = Highlight(having, span.start, span.end)
            yield Violation(
                f"{having.language.code} stresses {mark.text}, and {lacking.language.code} nothing", (mark, Highlight(lacking))
            )
