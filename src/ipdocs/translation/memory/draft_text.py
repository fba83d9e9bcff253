"""Draft text made from matches, with marks that show a person what to check.

A leading mark, as in ⟦draft: facts⟧粵港…, marks the whole text as a draft. A later ⟦…⟧ encloses a value or sentence
that a person still has to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipdocs.source.template_text import template_source

if TYPE_CHECKING:
    from ipdocs.translation.memory.lookup import MatchedSegment


def draft_text(segments: Sequence[MatchedSegment], *, chinese: bool) -> str | None:
    """Return a draft translation of segments that starts with a draft mark, or None if no segment has a match."""
    if not any(segment.match for segment in segments):
        return None
    return f"{draft_mark(segments)}{join_matches(segments, chinese=chinese)}"


def join_matches(segments: Sequence[MatchedSegment], *, chinese: bool) -> str:
    """Return the matches for segments, joined into one text.

    A segment without a match stays untranslated in ⟦…⟧. Among several segments, a fuzzy match is preceded by its percentage.
    """
    return ("" if chinese else " ").join(_segment_text(segment, single=len(segments) == 1) for segment in segments)


def _segment_text(segment: MatchedSegment, *, single: bool) -> str:
    match = segment.match
    if match is None:
        return f"⟦{template_source(segment.source)}⟧"
    mark = f"⟦fuzzy {match.percent} %⟧" if match.kind == "fuzzy" and not single else ""
    return mark + template_source(match.target)


def draft_mark(segments: Sequence[MatchedSegment]) -> str:
    """Return the draft mark with the least certain kind among the segments' matches."""
    from ipdocs.translation.memory.match import KINDS

    kinds = [segment.match.kind if segment.match else "fuzzy" for segment in segments]
    if "fuzzy" not in kinds:
        return f"⟦draft: {max(kinds, key=KINDS.index)}⟧"
    first = segments[0].match
    return f"⟦draft: fuzzy {first.percent} %⟧" if first and len(segments) == 1 else "⟦draft: in part⟧"
