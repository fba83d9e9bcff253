"""Figures grouped otherwise than in threes: 14,0000."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_GROUPED = re.compile(r"(?<![\w,.])[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?(?![\w,])")
_RIGHT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def number_grouping(passage: Passage) -> Iterator[Violation]:
    """Find figures with commas elsewhere than between thousands."""
    for match in _GROUPED.finditer(passage.plain):
        if not _RIGHT.fullmatch(match[0]) and not passage.is_in_address(*match.span()):
            hint = "group figures in threes; behind a comma between two numbers put a space"
            yield Violation(f"{match[0]} is grouped oddly", (Highlight(passage, *match.span()),), hint)
