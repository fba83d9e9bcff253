"""Where two texts differ, marked so that a person sees it: [-what was-]{+what is+}."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*|\s+|.", re.DOTALL)


def marked(before: str, after: str, meant: Callable[[str], str] = str) -> str:
    """Return the second text with marks where it differs from the first, word by word, in Chinese by character.

    Words that meant gives one form are the same: cooperation and co-operation.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    parts = []
    matcher = SequenceMatcher(None, [meant(one) for one in old], [meant(one) for one in new], autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        if kind == "equal":
            parts.append(come)
        else:
            parts += [f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else ""]
    return "".join(parts)


def shortened(difference: str) -> str:
    """Return what is marked in a text with some words around it."""
    around = [match.span() for match in re.finditer(r"(?:\S+\s+|.){0,4}(?:\[-.*?-\]|\{\+.*?\+\})+(?:\s*\S+|.){0,4}", difference)]
    parts = [difference[start:end].strip() for start, end in around]
    return " … ".join(parts) or difference
