"""Ordinal numbers with the wrong ending, such as 21th."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_ORDINAL = re.compile(r"\b([0-9][0-9,]*)(st|nd|rd|th)\b")


def ordinal_suffix(passage: Passage) -> Iterator[Violation]:
    """Find English ordinal numbers whose ending does not match the number."""
    if not passage.language.is_english:
        return
    for match in _ORDINAL.finditer(passage.plain):
        number = int(match[1].replace(",", ""))
        suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        if match[2] != suffix:
            replacement = match[1] + suffix
            yield Violation(
                f"{match[0]} has the wrong ending", (Highlight(passage, *match.span()),), f"write {replacement}", replacement
            )
