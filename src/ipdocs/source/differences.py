"""Where two texts differ, marked so that a person sees it: [-what was-]{+what is+}."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


_WORD = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)


MOST_COMPARED = 3000
"""How many tokens of a text are compared; a longer stretch that differs is put in as a whole."""


def differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of each stretch of a text that differs from another, and what stands there in that."""
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    head = _common(ours, theirs)
    tail = _common(ours[head:][::-1], theirs[head:][::-1])
    mine, other = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    offset = sum(map(len, ours[:head]))
    if max(len(mine), len(other)) > MOST_COMPARED:
        yield offset, offset + sum(map(len, mine)), "".join(other)
        return
    at = [offset]
    for token in mine:
        at.append(at[-1] + len(token))
    for kind, first, last, begin, end in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield at[first], at[last], "".join(other[begin:end])


def _common(ours: list[str], theirs: list[str]) -> int:
    count = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        count += 1
    return count
