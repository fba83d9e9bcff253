"""Ellipses and dashes in a form that Chinese does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_WRONG = re.compile("\\.{3,}|。{3,}|(?<!…)…(?!…)|⋯+|-{2,}")


def ellipsis_or_dash(passage: Passage) -> Iterator[Violation]:
    """Find ellipses that the house style does not accept, such as a single … in place of ……, and hyphens in place of ——."""
    if not passage.language.is_chinese:
        return
    ellipses = passage.language_style.ellipses
    for match in _WRONG.finditer(passage.plain):
        if match[0] in ellipses:
            continue
        is_dash = match[0][0] == "-"
        replacement = "——" if is_dash else ellipses[0]
        yield Violation(
            f"{match[0]} is not a Chinese {'dash' if is_dash else 'ellipsis'}",
            (Highlight(passage, *match.span()),),
            f"write {replacement}",
            replacement,
        )
