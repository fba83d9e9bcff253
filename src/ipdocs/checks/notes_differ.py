"""Footnotes that one language calls and the other does not."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation


def notes_differ(pair: Pair) -> Iterator[Violation]:
    """Find texts whose languages call different footnotes."""
    for having, lacking in ((pair.source, pair.target), (pair.target, pair.source)):
        for name in having.notes:
            if name not in lacking.notes:
                message = f"{having.language.code} calls the footnote '{name}', and {lacking.language.code} does not"
                yield Violation(message, (Highlight(lacking), Highlight(having)), f"put [^{name}] where it belongs")
