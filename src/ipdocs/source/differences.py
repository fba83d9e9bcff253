"""Differences between two texts, by word, and in Chinese by character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

_WORDS = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*|\s+|.", re.DOTALL)
"""Units for readers: an expression, a word with its hyphens, a number with its separators."""

_PIECES = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
"""The smallest units of an edit; they are small so that unchanged punctuation and spaces are kept."""

MAX_PIECES = 3000
"""The largest number of pieces to compare; a longer part is replaced as a whole."""

_MAX_CHARACTERS = 2000
"""The number of characters of each text that are compared for similarity."""

Opcode = tuple[str, int, int, int, int]


def compare(old: Sequence[str], new: Sequence[str]) -> Sequence[Opcode]:
    """Return the difflib opcodes that turn one sequence into another: a kind, a range of the old and a range of the new."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def similarity(first: str, second: str) -> float:
    """Return the similarity of two texts by character, from 0 to 1 for equal texts."""
    return SequenceMatcher(None, first[:_MAX_CHARACTERS], second[:_MAX_CHARACTERS], autojunk=False).ratio()


def compare_words(before: str, after: str, normalise: Callable[[str], str] = str) -> Iterator[tuple[str, str, bool]]:
    """Yield the parts of two texts in parallel: the old part, the new part, and whether they are equal.

    Words are equal if `normalise` returns the same for both, such as cooperation and co-operation.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, start, end, new_start, new_end in compare([*map(normalise, old)], [*map(normalise, new)]):
        yield "".join(old[start:end]), "".join(new[new_start:new_end]), kind == "equal"


def mark_differences(before: str, after: str, normalise: Callable[[str], str] = str) -> str:
    """Return the second text with its differences from the first marked: [-old words-]{+new words+}."""
    parts = []
    for old, new, is_equal in compare_words(before, after, normalise):
        if is_equal:
            parts.append(new)
        else:
            parts += [f"[-{old}-]" if old else "", f"{{+{new}+}}" if new else ""]
    return "".join(parts)


def shorten_marked(text: str) -> str:
    """Return the marked differences in a text, each with a few words of context."""
    spans = [match.span() for match in re.finditer(r"(?:\S+\s+|.){0,4}(?:\[-.*?-\]|\{\+.*?\+\})+(?:\s*\S+|.){0,4}", text)]
    parts = [text[start:end].strip() for start, end in spans]
    return " … ".join(parts) or text


def differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of each part of a text that differs from a new text, and the new text of the part."""
    old_pieces, new_pieces = _PIECES.findall(old), _PIECES.findall(new)
    head = _common_prefix(old_pieces, new_pieces)
    tail = _common_prefix(old_pieces[head:][::-1], new_pieces[head:][::-1])
    old_middle, new_middle = old_pieces[head : len(old_pieces) - tail], new_pieces[head : len(new_pieces) - tail]
    offset = sum(map(len, old_pieces[:head]))
    if max(len(old_middle), len(new_middle)) > MAX_PIECES:
        yield offset, offset + sum(map(len, old_middle)), "".join(new_middle)
        return
    offsets = [offset]
    for piece in old_middle:
        offsets.append(offsets[-1] + len(piece))
    for kind, start, end, new_start, new_end in compare(old_middle, new_middle):
        if kind != "equal":
            yield offsets[start], offsets[end], "".join(new_middle[new_start:new_end])


def _common_prefix(first: list[str], second: list[str]) -> int:
    """Return the length of the common prefix of two lists."""
    length = 0
    for piece, other in zip(first, second, strict=False):
        if piece != other:
            break
        length += 1
    return length
