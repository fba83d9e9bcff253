"""Numbers of minutes: sections, paragraphs running through, decisions and actions, in one place for all who show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ipdocs.model.blocks import Action, Block, ItemBlock, ListBlock, Withheld, block_kind
from ipdocs.model.document import Document
from ipdocs.model.minutes import Minutes

PARAGRAPHS = frozenset({"paragraph", "list", "decision", "action", "carried-action", "statement"})
"""What takes a paragraph's number; a statement is the paragraph that a standing item makes by itself."""

SERIES = frozenset({"item", "decision", "action"})
"""What is counted in a series of its own."""


@dataclass
class Numbering:
    """How far a document is numbered: the last number of each series, and of the paragraphs."""

    document: Document
    paragraph: int = 0
    series: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SERIES, 0))

    def count(self, kinds: Iterable[str]) -> None:
        """Go on by what stands there, shown or not: so the numbers are the same in every language and every extract."""
        for kind in kinds:
            self.paragraph += kind in PARAGRAPHS
            if kind in SERIES:
                self.series[kind] += 1

    def reference(self, kind: str) -> str:
        """Return the reference of the last decision or action: 17/3, the third of the 17th meeting."""
        number = self.document.meeting.number.number if isinstance(self.document, Minutes) else 0
        return f"{number}/{self.series[kind]}"


def counted_kinds(block: Block, document: Document) -> list[str]:
    """Return what a block counts as: its kind, and for a standing item also the statement that it makes.

    An action carried over from an earlier meeting keeps its reference, so it is not counted among this meeting's.
    A list without an introduction belongs to what stands above it: there are no words for a number of its own.
    """
    if isinstance(block, Withheld):
        return list(block.kinds)
    if isinstance(block, Action) and block.action.carried:
        return ["carried-action"]
    if isinstance(block, ListBlock) and block.list.intro is None:
        return ["items"]
    if isinstance(block, ItemBlock) and isinstance(document, Minutes):
        states = {"confirmation": document.previous, "next-meeting": document.next}.get(block.item.standing or "")
        return ["item", "statement"] if states else ["item"]
    return [block_kind(block)]
