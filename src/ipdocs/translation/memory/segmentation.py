"""Split text into sentences in English and Chinese, without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

# Abbreviations before a full stop. The first group never ends a sentence; the second ends one if a capital letter follows.
_NEVER_FINAL = (
    "Cap|Caps|para|paras|Para|Paras|No|Nos|no|nos|Art|Arts|Sec|sec|s|ss|Sch|reg|Reg|Fig|Figs|Vol|vol|Ch|ch|p|pp|Tel|Ext|ext|"
    "Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Sr|Ir|Messrs|St|Mt|Ref|ref|cf|e\\.g|i\\.e|viz|vs|v|approx|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|"
    "Oct|Nov|Dec"
)
_SOMETIMES_FINAL = "a\\.m|p\\.m|etc|Ltd|Co|Inc|Corp|Dept|Govt|U\\.K|U\\.S|H\\.K"
_ENGLISH_END = re.compile(r"(?:[.!?]|\.{3}|…)(?:[ \u00a0\u202f]?»|[\"'”’)\]*])*(?=\s)")
_NOT_END = re.compile(rf"(?:^|[\s(“\"'/-])(?:(?:{_NEVER_FINAL})|[A-Z]|[A-Z](?:\.[A-Z])+)\.$")
_MAYBE_END = re.compile(rf"(?:^|[\s(“\"'])(?:{_SOMETIMES_FINAL}|\d+(?:\.\d+)? ?[ap]\.m)\.[\"'”’)\]*]*$")
_NEW_SENTENCE = re.compile(r"\s+[\"'“‘«(\[*]*\s*(?=[A-ZÀ-ÖØ-Þ0-9{$€£一-鿿])")
_DAY_OR_MONTH = re.compile(
    r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\s+(?:Janu|Febru|March|April|May|June|July|August|Sept|Octo|Nov|Dec)"
)
_CHINESE_END = re.compile(r"(?:[。！？!?]+|……)[」』”’\]*]*")
_OPENING, _CLOSING = "「『“（(", "」』”）)"


def sentences(text: str, chinese: bool, unbreakable: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return the start and end of each sentence; spaces between two sentences belong to the first.

    Text within quotation marks or brackets is not split.

    Args:
        text: the text to split.
        chinese: whether the text is Chinese.
        unbreakable: the start and end of each span that must not be split, such as the rendered text of facts.
    """
    ends = [end for end in (_chinese_ends(text) if chinese else _english_ends(text)) if text[end:].strip()]
    if not ends:
        return [(0, len(text))] if text.strip() else []
    depths = _depths(text)
    for start, end in unbreakable:
        depths[start + 1 : end] = [1] * (end - start - 1)
    starts = (_skip_spaces(text, end) for end in ends if not depths[end])
    cuts = [0, *(cut for cut in starts if cut < len(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]


def _skip_spaces(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip())


def _chinese_ends(text: str) -> list[int]:
    return [match.end() for match in _CHINESE_END.finditer(text)]


def _english_ends(text: str) -> list[int]:
    ends = []
    for match in _ENGLISH_END.finditer(text):
        before, after = text[max(match.end() - 30, 0) : match.end()], text[match.end() : match.end() + 30]
        if not _NEW_SENTENCE.match(after) or _NOT_END.search(before):
            continue
        if _MAYBE_END.search(before) and (_DAY_OR_MONTH.match(after) or not re.match(r"\s+[\"'“]?[A-Z]", after)):
            continue
        ends.append(match.end())
    return ends


def _depths(text: str) -> list[int]:
    """Return the number of open quotation marks and brackets at each position; a mark that is never closed does not count."""
    steps = [0] * (len(text) + 1)
    open_positions: list[int] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            open_positions.append(position)
        elif character in _CLOSING and open_positions and _OPENING.index(text[open_positions[-1]]) == _CLOSING.index(character):
            steps[open_positions.pop() + 1] += 1
            steps[position + 1] -= 1
    depths, depth = [], 0
    for step in steps:
        depth += step
        depths.append(depth)
    return depths
