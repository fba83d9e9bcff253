"""Marks: ⟦draft: …⟧ before a draft, ⟦fuzzy 78 %⟧ before one of its sentences, and ⟦…⟧ around words still to be written."""

from __future__ import annotations

import re

MARK_START = "⟦"
"""The first character of every mark."""

MARK_END = "⟧"
"""The last character of every mark."""

DRAFT_MARK = re.compile(r"⟦draft: [^⟧]*⟧")
"""A mark for a draft, which names the origin of the draft."""

REMARK = re.compile(r"⟦(?:draft: [^⟧]*|fuzzy \d+ %|part \d+ %)⟧\s*")
"""A mark that says where the words after it come from; it encloses no words of the text."""

MARK = re.compile(r"⟦[^⟧]*⟧?|⟧")
"""Any mark with all that it encloses; a mark that is not closed encloses the rest of the text."""


def mark_draft(text: str, origin: str) -> str:
    """Return a text with a mark for a draft; the origin is, for example, "machine", "unfinished", "rejected" or "in part"."""
    return f"{MARK_START}draft: {origin}{MARK_END}{text}"
