"""Blocks of two languages side by side: by their kind, the values and terms they state, and their lengths."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ipdocs.importing.document_draft import Block
from ipdocs.locale.glossary import glossary
from ipdocs.values.recognise import recognise
from ipdocs.values.setting import Setting
from ipdocs.values.types import Count, Date, Decimal, Integer, RelativeDay, Value, Years
from ipdocs.workspace import Workspace

_GAP = 2.6
"""What it costs to leave a block without a partner; a pair that costs more than twice this is none."""

DOUBTFUL = 2.2
MOST = 1500


@dataclass(frozen=True, slots=True)
class Pair:
    """Blocks that say the same, or one without a partner; doubt says how little speaks for it."""

    ours: Block | None
    theirs: Block | None
    doubt: float


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells a block in any language: its values, its terms, its links and Latin words, its length."""

    values: Counter[str]
    terms: frozenset[str]
    length: int


def align(ours: Sequence[Block], theirs: Sequence[Block], settings: tuple[Setting, Setting], workspace: Workspace) -> list[Pair]:
    """Return the blocks of two languages in pairs, in the order of the first."""
    if max(len(ours), len(theirs)) > MOST:
        raise ValueError(f"a document has at most {MOST} blocks")
    mine = [_signs(block, settings[0], workspace) for block in ours]
    other = [_signs(block, settings[1], workspace) for block in theirs]
    ratio = (sum(one.length for one in other) or 1) / (sum(one.length for one in mine) or 1)
    costs = [[_cost(a, b, s, t, ratio) for b, t in zip(theirs, other, strict=True)] for a, s in zip(ours, mine, strict=True)]
    return _cheapest(ours, theirs, costs)


def _signs(block: Block, setting: Setting, workspace: Workspace) -> _Signs:
    text = block.words
    values = Counter(_meaning(slot.value) for slot in recognise(text, setting))
    terms = frozenset(match.term.id for match in glossary(workspace).find(text, setting.language.code))
    return _Signs(values, terms, len(text.replace(" ", "")))


def _meaning(value: Value) -> str:
    """Return a value as both languages know it: a day without a year may have one in the other."""
    match value:
        case Integer(number) | Count(number):
            return str(number)
        case Decimal(number):
            return f"{number:f}"
        case Date(_, month, day):
            return f"{month}-{day}"
        case Years(first, last):
            return f"{first}-{last}"
        case RelativeDay():
            return "day"
    return repr(value)


def _cost(a: Block, b: Block, ours: _Signs, theirs: _Signs, ratio: float) -> float:
    """Return how little two blocks look like each other's translation: 0 for all signs alike."""
    cost = 0.0
    if a.kind != b.kind:
        cost += 1.0 if {a.kind, b.kind} <= {"paragraph", "quotation", "heading"} else 2.5
    elif a.kind == "list":
        cost += min(0.3 * abs(len(a.levels) - len(b.levels)), 1.2) + (0.3 if a.intro != b.intro else 0.0)
    elif a.kind == "table":
        cost += 1.0 if a.columns != b.columns else 0.0
    elif a.kind == "heading":
        cost += 0.4 * abs(a.level - b.level)
    shared, every = sum((ours.values & theirs.values).values()), sum((ours.values | theirs.values).values())
    cost += 1.2 * (1 - shared / every) if every else 0.0
    either = ours.terms | theirs.terms
    cost += 1.2 * (1 - len(ours.terms & theirs.terms) / len(either)) if either else 0.0
    if ours.length and theirs.length:
        cost += min(abs(math.log(theirs.length / ours.length / ratio)) * 0.9, 2.5)
    elif ours.length or theirs.length:
        cost += 0.5
    return cost


def _cheapest(ours: Sequence[Block], theirs: Sequence[Block], costs: list[list[float]]) -> list[Pair]:
    rows, columns = len(ours), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row or column:
                best[row][column] = min(
                    best[row - 1][column] + _GAP if row else math.inf,
                    best[row][column - 1] + _GAP if column else math.inf,
                    best[row - 1][column - 1] + costs[row - 1][column - 1] if row and column else math.inf,
                )
    pairs: list[Pair] = []
    row, column = rows, columns
    while row or column:
        here = best[row][column]
        if row and column and here == best[row - 1][column - 1] + costs[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append(Pair(ours[row], theirs[column], costs[row][column]))
        elif row and here == best[row - 1][column] + _GAP:
            row -= 1
            pairs.append(Pair(ours[row], None, _GAP))
        else:
            column -= 1
            pairs.append(Pair(None, theirs[column], _GAP))
    return pairs[::-1]
