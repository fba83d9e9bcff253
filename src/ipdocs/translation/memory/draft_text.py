"""Drafts: text from memory in a source that a person has yet to look at, marked so that everyone sees it.

⟦draft: facts⟧粵港… is a draft as a whole; ⟦…⟧ further on is a fact or sentence that a person has to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipdocs.source.template_text import template_source

if TYPE_CHECKING:
    from ipdocs.translation.memory.lookup import MatchedSegment


def draft_text(segments: Sequence[MatchedSegment], *, chinese: bool) -> str | None:
    """Return the draft that segments make, with its mark; None where the memory has nothing for any of them."""
    return f"{draft_mark(segments)}{join_matches(segments, chinese=chinese)}" if any(one.match for one in segments) else None


def join_matches(segments: Sequence[MatchedSegment], *, chinese: bool) -> str:
    """Return the matches of segments as one text; ⟦…⟧ stands around what has none, and before a fuzzy one among others."""
    return ("" if chinese else " ").join(_shown(one, alone=len(segments) == 1) for one in segments)


def _shown(one: MatchedSegment, *, alone: bool) -> str:
    if one.match is None:
        return f"⟦{template_source(one.source)}⟧"
    sign = f"⟦fuzzy {one.match.percent} %⟧" if one.match.kind == "fuzzy" and not alone else ""
    return sign + template_source(one.match.target)


def draft_mark(segments: Sequence[MatchedSegment]) -> str:
    """Return the mark of a draft: the kind of its match, the least sure of several."""
    from ipdocs.translation.memory.lookup import KINDS

    kinds = [one.match.kind if one.match else "fuzzy" for one in segments]
    if "fuzzy" not in kinds:
        return f"⟦draft: {max(kinds, key=KINDS.index)}⟧"
    first = segments[0].match
    return f"⟦draft: fuzzy {first.percent} %⟧" if first and len(segments) == 1 else "⟦draft: in part⟧"
