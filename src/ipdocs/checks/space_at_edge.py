"""Spaces at the beginning or the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_EDGE = re.compile(r"^\s+|\s+$")


def space_at_edge(passage: Passage) -> Iterator[Violation]:
    """Find spaces at the beginning or the end of a text."""
    for match in _EDGE.finditer(passage.plain):
        edge = "begins" if match.start() == 0 else "ends"
        yield Violation(f"the text {edge} with a space", (Highlight(passage, *match.span()),), "delete it", "")
