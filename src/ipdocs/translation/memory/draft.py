"""Drafts: text from memory in a source that a person has yet to look at, marked so that everyone sees it.

⟦draft: facts⟧粵港… is a draft as a whole; ⟦…⟧ further on is a fact or sentence that a person has to write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipdocs.translation.memory.content import Content, written
from ipdocs.translation.memory.recall import Segment

OPEN = "⟦"
MARK = re.compile(r"⟦draft: [^⟧]*⟧")


def drafted(segments: Sequence[Segment], *, chinese: bool) -> str | None:
    """Return the draft that segments make, with its mark; None where the memory has nothing for any of them."""
    return f"{mark(segments)}{joined(segments, chinese=chinese)}" if any(one.match for one in segments) else None


def joined(segments: Sequence[Segment], *, chinese: bool) -> str:
    """Return the matches of segments as one text, ⟦…⟧ around what has none."""
    parts: list[Content] = [one.match.target if one.match else (f"⟦{written(one.source)}⟧",) for one in segments]
    return ("" if chinese else " ").join(written(part) for part in parts)


def mark(segments: Sequence[Segment]) -> str:
    """Return the mark of a draft: the kind of the least sure of its matches."""
    matches = [one.match for one in segments if one.match]
    if len(matches) < len(segments):
        return "⟦draft: in part⟧"
    worst = min(matches, key=lambda match: (match.percent, match.kind == "same"))
    return f"⟦draft: fuzzy {worst.percent} %⟧" if worst.kind == "fuzzy" else f"⟦draft: {worst.kind}⟧"
