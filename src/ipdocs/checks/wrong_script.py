"""Characters of the wrong Chinese script."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import wrong_script_characters


def wrong_script(passage: Passage) -> Iterator[Violation]:
    """Find Simplified characters in Traditional text and the reverse; a run of such characters is one violation."""
    runs: list[list[int]] = []
    for offset, _ in wrong_script_characters(passage.plain, passage.language):
        if runs and runs[-1][1] == offset:
            runs[-1][1] = offset + 1
        else:
            runs.append([offset, offset + 1])
    description = "Simplified" if passage.language.script == "Hant" else "not Simplified"
    for start, end in runs:
        words = passage.plain[start:end]
        hint = f"convert the text with `ipdocs convert --to {passage.language.code}`"
        yield Violation(f"{words} is {description} Chinese", (Highlight(passage, start, end),), hint)
