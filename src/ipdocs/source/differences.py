"""Where two texts differ: word by word, in Chinese character by character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

_WORDS = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*|\s+|.", re.DOTALL)
"""What people read as one: an expression, a word with its hyphens, a number with its separators."""

_PIECES = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
"""The least that is put in the place of something: an edit touches no sign and no space that stays."""

MOST_COMPARED = 3000
"""How many pieces of a text are compared; a longer stretch that differs is put in as a whole."""

_MOST_CHARACTERS = 2000
"""How many characters of each text decide how similar they are."""

Opcode = tuple[str, int, int, int, int]


def compare(old: Sequence[str], new: Sequence[str]) -> Sequence[Opcode]:
    """Return how a sequence becomes another, as difflib tells it: a kind, a range of the old one, a range of the new one."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def similarity(one: str, other: str) -> float:
    """Return which part of two texts is the same in both, character by character: 1 for equal texts."""
    return SequenceMatcher(None, one[:_MOST_CHARACTERS], other[:_MOST_CHARACTERS], autojunk=False).ratio()


def compare_words(before: str, after: str, normalise: Callable[[str], str] = str) -> Iterator[tuple[str, str, bool]]:
    """Yield two texts stretch by stretch: what was there, what is there, and whether these are the same.

    Words for which `normalise` returns the same are the same: cooperation and co-operation.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, start, end, first, last in compare([*map(normalise, old)], [*map(normalise, new)]):
        yield "".join(old[start:end]), "".join(new[first:last]), kind == "equal"


def mark_differences(before: str, after: str, normalise: Callable[[str], str] = str) -> str:
    """Return the second text with marks where it differs from the first: [-what was-]{+what is+}."""
    parts = []
    for gone, new, same in compare_words(before, after, normalise):
        if same:
            parts.append(new)
        else:
            parts += [f"[-{gone}-]" if gone else "", f"{{+{new}+}}" if new else ""]
    return "".join(parts)


def shorten_marked(text: str) -> str:
    """Return the differences that are marked in a text, each with some words around it."""
    around = [match.span() for match in re.finditer(r"(?:\S+\s+|.){0,4}(?:\[-.*?-\]|\{\+.*?\+\})+(?:\s*\S+|.){0,4}", text)]
    parts = [text[start:end].strip() for start, end in around]
    return " … ".join(parts) or text


def differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of each stretch of a text that differs from another, and what stands there in that."""
    ours, theirs = _PIECES.findall(old), _PIECES.findall(new)
    head = _common(ours, theirs)
    tail = _common(ours[head:][::-1], theirs[head:][::-1])
    mine, other = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    offset = sum(map(len, ours[:head]))
    if max(len(mine), len(other)) > MOST_COMPARED:
        yield offset, offset + sum(map(len, mine)), "".join(other)
        return
    at = [offset]
    for piece in mine:
        at.append(at[-1] + len(piece))
    for kind, start, end, first, last in compare(mine, other):
        if kind != "equal":
            yield at[start], at[end], "".join(other[first:last])


def _common(ours: list[str], theirs: list[str]) -> int:
    """Return how many pieces two lists begin with alike."""
    count = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        count += 1
    return count
