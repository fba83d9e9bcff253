"""Several spaces between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")


def doubled_space(passage: Passage) -> Iterator[Violation]:
    """Find two or more spaces between words."""
    for match in _SPACES.finditer(passage.plain):
        yield Violation(
            f"there are {len(match[0])} spaces between two words", (Highlight(passage, *match.span()),), "write one space", " "
        )
