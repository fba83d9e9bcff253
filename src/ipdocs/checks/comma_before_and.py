"""An enumeration comma before "and" or "or" in Chinese, such as 、以及."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_COMMA_BEFORE_AND = re.compile("、\\s*(以及|及(?![時时格早至第物])|或(?![許许然]))")


def comma_before_and(passage: Passage) -> Iterator[Violation]:
    """Find 、 before 以及, 及 or 或, which join the last item of an enumeration without a mark."""
    for match in _COMMA_BEFORE_AND.finditer(passage.plain) if passage.language.is_chinese else ():
        message = f"、 and {match[1]} both join the last item"
        yield Violation(message, (Highlight(passage, *match.span()),), f"write {match[1]} without 、", match[1])
