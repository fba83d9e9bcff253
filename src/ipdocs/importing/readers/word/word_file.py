"""A Word file being read: its parts, its ledger and what the readers of its parts share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipdocs.files.ledger import Ledger, LeftOut, LeftOutReason
from ipdocs.files.ooxml.package import Package
from ipdocs.importing.readers.word.fields import OpenField
from ipdocs.importing.readers.word.formats import Formats
from ipdocs.importing.readers.word.pieces import ContentPart

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class WordFile:
    """A Word file being read.

    Attributes:
        package: the opened file.
        ledger: the ledger of its pieces.
        part: the part that is being read.
        formats: the styles and lists of the file.
        open_fields: the complex fields that are open, the innermost last.
        unpaired_fields: the marks of complex fields that lack their beginning or end.
        notes: the number of each note and of the paragraph that refers to it, keyed by kind and id.
        has_title: whether a title has been read.
        line: the number of the paragraph that is being read.
        left_out: what is left out, apart from the pieces of the ledger.
        struck: the number and the text of each paragraph with text that is struck through.
        run_together: the line number and text of each line that contained several list items.
        spaced: the line number and text of each paragraph with spaces that a source does not have.
    """

    package: Package
    ledger: Ledger
    part: ContentPart
    formats: Formats
    open_fields: list[OpenField] = field(default_factory=list)
    unpaired_fields: set[_Element] = field(default_factory=set)
    notes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    has_title: bool = False
    line: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    struck: list[tuple[int, str]] = field(default_factory=list)
    run_together: list[tuple[int, str]] = field(default_factory=list)
    spaced: list[tuple[int, str]] = field(default_factory=list)

    def leave_out_itself(self, element: _Element, reason: LeftOutReason) -> None:
        """Leave out the pieces of an element that are not text, without those of the elements in it, unless they are taken."""
        for kind in ("symbol", "note", "picture", "string"):
            self.ledger.leave_out((element, kind), reason)

    def leave_out_tree(self, element: _Element, reason: LeftOutReason, detail: str = "") -> None:
        """Leave out the pieces of an element and of everything in it, unless they are taken."""
        for descendant in element.iter():
            for kind in ("text", "tail", "symbol", "note", "instr", "picture", "cell", "string"):
                if kind != "tail" or descendant is not element:
                    self.ledger.leave_out((descendant, kind), reason, detail)
