"""Characters of the other Chinese script."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import wrong_script as wrong


def wrong_script(passage: Passage) -> Iterator[Violation]:
    """Find Simplified characters in Traditional text, and the reverse; neighbouring ones are one fault."""
    runs: list[list[int]] = []
    for offset, _ in wrong(passage.plain, passage.language):
        if runs and runs[-1][1] == offset:
            runs[-1][1] = offset + 1
        else:
            runs.append([offset, offset + 1])
    other = "Simplified" if passage.language.script == "Hant" else "not Simplified"
    for start, end in runs:
        words = passage.plain[start:end]
        hint = f"`ipdocs convert --to {passage.language.code}` shows how it is written"
        yield Violation(f"{words} is {other}", (Highlight(passage, start, end),), hint)
