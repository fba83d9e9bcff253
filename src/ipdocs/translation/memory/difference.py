"""Where two texts differ, marked so that a person sees it: [-what was-]{+what is+}."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*|\s+|.", re.DOTALL)


def marked(before: str, after: str) -> str:
    """Return the second text with marks where it differs from the first, word by word, in Chinese by character."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    parts = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        if kind == "equal":
            parts.append(come)
        else:
            parts += [f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else ""]
    return "".join(parts)
