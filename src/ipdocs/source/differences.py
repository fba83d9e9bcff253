"""Compare two texts word by word, or character by character in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

_WORDS = re.compile(
    r"\{\{.*?\}\}|(?<!\d)\d{1,3}(?:[ \u00a0]\d{3})+(?:\.\d+)?(?!\d)|[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*|\s+|.", re.DOTALL
)
"""The units of comparisons for readers: expressions, hyphenated words, numbers with separators, spaces and other characters."""

_PIECES = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
"""The pieces that an edit can replace, small enough to leave unchanged punctuation and spaces alone."""

MAX_PIECES = 3000
"""The maximum number of pieces to compare; a longer passage is replaced as a whole."""

_MAX_CHARACTERS = 2000
"""The number of characters that `similarity` compares, from the start of each text."""

Opcode = tuple[str, int, int, int, int]


def compare(old: Sequence[str], new: Sequence[str]) -> Sequence[Opcode]:
    """Return the difflib opcodes that turn `old` into `new`: a kind, then the start and end in each sequence."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def similarity(first: str, second: str) -> float:
    """Return the similarity of two texts, from 0 (no common characters) to 1 (equal)."""
    return SequenceMatcher(None, first[:_MAX_CHARACTERS], second[:_MAX_CHARACTERS], autojunk=False).ratio()


def compare_words(before: str, after: str, normalise: Callable[[str], str] = str) -> Iterator[tuple[str, str, bool]]:
    """Split two texts into matching parts; yield each old part, its new part, and whether the two are equal.

    Two words are equal if `normalise` returns the same for both, such as cooperation and co-operation.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, start, end, new_start, new_end in compare([*map(normalise, old)], [*map(normalise, new)]):
        yield "".join(old[start:end]), "".join(new[new_start:new_end]), kind == "equal"


def mark_differences(before: str, after: str, normalise: Callable[[str], str] = str) -> str:
    """Return `after` with its differences from `before` marked: [-old words-]{+new words+}."""
    parts = []
    for old, new, is_equal in compare_words(before, after, normalise):
        if is_equal:
            parts.append(new)
        else:
            parts += [f"[-{old}-]" if old else "", f"{{+{new}+}}" if new else ""]
    return "".join(parts)


def shorten_marked(text: str) -> str:
    """Reduce a text with marked differences to the differences, each with a few words of context."""
    spans = [match.span() for match in re.finditer(r"(?:\S+\s+|.){0,4}(?:\[-.*?-\]|\{\+.*?\+\})+(?:\s*\S+|.){0,4}", text)]
    parts = [text[start:end].strip() for start, end in spans]
    return " … ".join(parts) or text


def differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the edits that turn `old` into `new`: the start and end of a range in `old`, and its new text."""
    old_pieces, new_pieces = _PIECES.findall(old), _PIECES.findall(new)
    prefix = _common_prefix_length(old_pieces, new_pieces)
    suffix = _common_prefix_length(old_pieces[prefix:][::-1], new_pieces[prefix:][::-1])
    old_middle, new_middle = old_pieces[prefix : len(old_pieces) - suffix], new_pieces[prefix : len(new_pieces) - suffix]
    offset = sum(map(len, old_pieces[:prefix]))
    if max(len(old_middle), len(new_middle)) > MAX_PIECES:
        yield offset, offset + sum(map(len, old_middle)), "".join(new_middle)
        return
    offsets = [offset]
    for piece in old_middle:
        offsets.append(offsets[-1] + len(piece))
    for kind, start, end, new_start, new_end in compare(old_middle, new_middle):
        if kind != "equal":
            yield offsets[start], offsets[end], "".join(new_middle[new_start:new_end])


def _common_prefix_length(first: list[str], second: list[str]) -> int:
    """Return the length of the common prefix of two lists."""
    length = 0
    for piece, other in zip(first, second, strict=False):
        if piece != other:
            break
        length += 1
    return length
