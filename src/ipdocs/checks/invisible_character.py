"""Invisible characters, such as zero-width spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.source.characters import character_name

_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\uffa0]")


def invisible_character(passage: Passage) -> Iterator[Violation]:
    """Find zero-width spaces, soft hyphens and other invisible characters, which break searches."""
    for match in _INVISIBLE.finditer(passage.plain):
        yield Violation(f"{character_name(match[0])} is invisible", (Highlight(passage, *match.span()),), "delete it", "")
