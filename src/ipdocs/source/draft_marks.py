"""The marks of drafts and of gaps in texts: ⟦draft: facts⟧ and ⟦…⟧."""

from __future__ import annotations

import re

OPEN = "⟦"


MARK = re.compile(r"⟦draft: [^⟧]*⟧")
