"""Marks for drafts and gaps in texts: ⟦draft: facts⟧ and ⟦…⟧."""

from __future__ import annotations

import re

OPEN = "⟦"
"""The first character of every mark."""

MARK = re.compile(r"⟦draft: [^⟧]*⟧")
"""A mark for a draft."""
