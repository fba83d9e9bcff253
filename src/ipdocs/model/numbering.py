"""Number the agenda items, paragraphs, decisions and actions of minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ipdocs.model.blocks import Action, Block, ItemBlock, ListBlock, Withheld, block_kind
from ipdocs.model.document import Document
from ipdocs.model.minutes import Minutes

PARAGRAPHS = frozenset({"paragraph", "list", "decision", "action", "carried-action", "statement"})
"""The kinds of block with a paragraph number; a statement is a paragraph generated for a standing item."""

SERIES = frozenset({"item", "decision", "action"})
"""The kinds of block that are also numbered in a separate series."""


@dataclass
class Numbering:
    """The last number used in a document for paragraphs, and the last number in each series, keyed by kind of block."""

    document: Document
    paragraph_number: int = 0
    series_numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SERIES, 0))

    def count(self, kinds: Iterable[str]) -> None:
        """Count a block, given its kinds; count hidden blocks, too, so that numbers are equal in every language and extract."""
        for kind in kinds:
            self.paragraph_number += kind in PARAGRAPHS
            if kind in SERIES:
                self.series_numbers[kind] += 1

    def reference(self, kind: str) -> str:
        """Return the reference of the last decision or action counted: action 17/3 is the third action of the 17th meeting."""
        number = self.document.meeting.number.number if isinstance(self.document, Minutes) else 0
        return f"{number}/{self.series_numbers[kind]}"


def counted_kinds(block: Block, document: Document) -> list[str]:
    """Return the kinds under which a block is numbered: its kind, and `statement` for a standing item with a statement.

    An action carried over from an earlier meeting keeps its reference, so it is not counted as an action of this meeting.
    A list without an introduction belongs to the block above it and has no number.
    """
    if isinstance(block, Withheld):
        return list(block.kinds)
    if isinstance(block, Action) and block.action.carried:
        return ["carried-action"]
    if isinstance(block, ListBlock) and block.list.intro is None:
        return ["items"]
    if isinstance(block, ItemBlock) and isinstance(document, Minutes):
        meeting = {"confirmation": document.previous, "next-meeting": document.next}.get(block.item.standing or "")
        return ["item", "statement"] if meeting else ["item"]
    return [block_kind(block)]
