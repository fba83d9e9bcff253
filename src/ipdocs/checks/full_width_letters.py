"""Full-width letters and figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_FULL_WIDTH = re.compile("[Ａ-Ｚａ-ｚ０-９]+(?:．[０-９]+)?")


def full_width_letters(passage: Passage) -> Iterator[Violation]:
    """Find full-width letters and figures, which searches for ordinary letters and figures do not find."""
    for match in _FULL_WIDTH.finditer(passage.plain):
        half_width = unicodedata.normalize("NFKC", match[0])
        yield Violation(f"{match[0]} is full-width", (Highlight(passage, *match.span()),), f"write {half_width}", half_width)
