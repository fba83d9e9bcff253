"""Content that a Word file has in several forms, for programs of different age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.importing.readers.word.pieces import DIAGRAMS, TEXTS
from ipdocs.importing.readers.word.word_file import WordFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = frozenset((*map(qualified_name, ("a:blip", "v:imagedata", "sym")), *DIAGRAMS))
"""Elements that are content without text."""


def choose_alternative(element: _Element, file: WordFile) -> _Element | None:
    """Return the first branch of mc:AlternateContent with words or pictures, and leave out the others as second forms."""
    branches = [child for child in element if isinstance(child.tag, str)]
    chosen = next((branch for branch in branches if _has_content(branch)), branches[0] if branches else None)
    for branch in branches:
        if branch is not chosen:
            file.leave_out_tree(branch, LeftOutReason.DUPLICATE)
    return chosen


def _has_content(branch: _Element) -> bool:
    return any(
        element.tag in _CONTENT or (element.tag in TEXTS and bool((element.text or "").strip())) for element in branch.iter()
    )
