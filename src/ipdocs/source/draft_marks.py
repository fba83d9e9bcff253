"""Marks of drafts and gaps in texts: ⟦draft: facts⟧ and ⟦…⟧."""

from __future__ import annotations

import re

OPEN = "⟦"
"""The character with which a mark of a draft or a gap begins."""

MARK = re.compile(r"⟦draft: [^⟧]*⟧")
"""The mark of a draft."""
