"""Quotation marks nested the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation


def quote_nesting(passage: Passage) -> Iterator[Violation]:
    """Find inner quotation marks that stand alone, and outer ones within outer ones, by the house style's pairs."""
    for outer, inner in filter(None, (passage.section.quotes, passage.section.titles)):
        if outer[0] == outer[1] or not any(mark in passage.plain for mark in (outer[0], inner[0])):
            continue
        depth: list[str] = []
        for offset, character in enumerate(passage.plain):
            mark = (Highlight(passage, offset, offset + 1),)
            if character == inner[0] and inner[0] != "‘":
                if outer[0] not in depth and not _goes_on(passage, offset):
                    yield Violation(
                        f"{character} stands within {outer[0]}{outer[1]} only", mark, f"write {outer[0]} … {outer[1]}"
                    )
                    return
                depth.append(character)
            elif character == outer[0]:
                if depth and depth[-1] == outer[0]:
                    yield Violation(f"{character} within {outer[0]}{outer[1]}", mark, f"write {inner[0]} … {inner[1]}")
                    return
                depth.append(character)
            elif character in (outer[1], inner[1]) and depth:
                depth.pop()


def _goes_on(passage: Passage, offset: int) -> bool:
    """Whether a quotation began in an earlier paragraph: this one closes more than it opens."""
    outer = passage.section.quotes[0]
    return passage.plain.count(outer[1]) > passage.plain.count(outer[0])
