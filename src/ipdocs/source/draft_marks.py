"""Marks in texts: ⟦draft: …⟧ before a draft, and ⟦…⟧ for a gap."""

from __future__ import annotations

import re

MARK_START = "⟦"
"""The first character of every mark."""

DRAFT_MARK = re.compile(r"⟦draft: [^⟧]*⟧")
"""A mark for a draft, which names the origin of the draft."""
