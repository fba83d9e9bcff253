"""Ellipses and dashes in a form that Chinese does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_WRONG = re.compile("\\.{3,}|。{3,}|(?<!…)…(?!…)|⋯+|-{2,}")


def ellipsis_or_dash(passage: Passage) -> Iterator[Violation]:
    """Find dots or a single … in place of ……, and hyphens in place of ——."""
    if not passage.language.is_chinese:
        return
    for match in _WRONG.finditer(passage.plain):
        replacement = "——" if match[0][0] == "-" else "……"
        yield Violation(
            f"{match[0]} is not a Chinese {'dash' if replacement == '——' else 'ellipsis'}",
            (Highlight(passage, *match.span()),),
            f"write {replacement}",
            replacement,
        )
