"""Alignment of blocks in two languages by kind, values, terms and length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ipdocs.importing.document_draft import DraftBlock
from ipdocs.locale.glossary import glossary
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Count, Date, Decimal, Integer, RelativeDay, Value, Years
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

_GAP_COST = 2.6
"""Cost of a block without a counterpart. Two blocks are left unpaired if pairing them would cost more than twice as much."""

DOUBTFUL_COST = 2.2
"""Pairs that cost more than this are reported as doubtful."""

MAX_BLOCKS = 1500
"""The maximum number of blocks in a document, because the time for alignment grows with the square of this number."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Corresponding blocks in two languages, or one block without a counterpart.

    Attributes:
        first: the block in the first language, or None.
        second: the block in the second language, or None.
        doubt: the cost of the pair: 0 if all features agree, higher the more they differ.
    """

    first: DraftBlock | None
    second: DraftBlock | None
    doubt: float


@dataclass(frozen=True, slots=True)
class _Features:
    """Features of a block that can be compared across languages.

    Attributes:
        values: how often each value occurs in the text, keyed by the form that `_comparable` returns.
        terms: the ids of the glossary terms in the text.
        length: the number of characters without spaces.
        ends_in_colon: whether the text ends in a colon.
    """

    values: Counter[str]
    terms: frozenset[str]
    length: int
    ends_in_colon: bool


def align(
    first: Sequence[DraftBlock], second: Sequence[DraftBlock], settings: tuple[ValueContext, ValueContext], workspace: Workspace
) -> list[AlignedPair]:
    """Pair the blocks of two languages without changing their order.

    Args:
        first: the blocks in the first language.
        second: the blocks in the second language.
        settings: language, house style and day of issue for each of the two languages.
        workspace: the workspace with the glossary.

    Raises:
        ValueError: a document has more than `MAX_BLOCKS` blocks.
    """
    if max(len(first), len(second)) > MAX_BLOCKS:
        raise ValueError(f"a document has more than {MAX_BLOCKS} blocks")
    first_features = [_features(block, settings[0], workspace) for block in first]
    second_features = [_features(block, settings[1], workspace) for block in second]
    ratio = (sum(features.length for features in second_features) or 1) / (
        sum(features.length for features in first_features) or 1
    )
    costs = [
        [
            _cost(block, other, features, other_features, ratio)
            for other, other_features in zip(second, second_features, strict=True)
        ]
        for block, features in zip(first, first_features, strict=True)
    ]
    return _cheapest_pairs(first, second, costs)


def _features(block: DraftBlock, value_context: ValueContext, workspace: Workspace) -> _Features:
    text = block.full_text
    values = Counter(_comparable(value_span.value) for value_span in recognise(text, value_context))
    terms = frozenset(match.term.id for match in glossary(workspace).find(text, value_context.language.code))
    return _Features(values, terms, len(text.replace(" ", "")), text.rstrip().endswith((":", "：")))


def _comparable(value: Value) -> str:
    """Return a form of a value that is equal in both languages; dates have no year, because a text may omit the year."""
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


def _cost(first: DraftBlock, second: DraftBlock, first_features: _Features, second_features: _Features, ratio: float) -> float:
    """Return the cost of pairing two blocks: 0 if all their features agree, higher the more they differ.

    `ratio` is the length of the second document divided by the length of the first.
    """
    cost = 0.0
    if first.kind != second.kind:
        cost += 1.0 if {first.kind, second.kind} <= {"paragraph", "quotation", "heading"} else 2.5
    elif first.kind == "list":
        cost += min(0.3 * abs(len(first.levels) - len(second.levels)), 1.2) + (
            0.3 if first.has_intro != second.has_intro else 0.0
        )
    elif first.kind == "table":
        cost += 1.0 if first.column_count != second.column_count else 0.0
    elif first.kind == "heading":
        cost += 0.4 * abs(first.level - second.level)
    cost += 0.6 if first_features.ends_in_colon != second_features.ends_in_colon else 0.0
    shared_values = sum((first_features.values & second_features.values).values())
    all_values = sum((first_features.values | second_features.values).values())
    cost += 1.2 * (1 - shared_values / all_values) if all_values else 0.0
    all_terms = first_features.terms | second_features.terms
    cost += 1.2 * (1 - len(first_features.terms & second_features.terms) / len(all_terms)) if all_terms else 0.0
    if first_features.length and second_features.length:
        cost += min(abs(math.log(second_features.length / first_features.length / ratio)) * 0.9, 2.5)
    elif first_features.length or second_features.length:
        cost += 0.5
    return cost


def _cheapest_pairs(first: Sequence[DraftBlock], second: Sequence[DraftBlock], costs: list[list[float]]) -> list[AlignedPair]:
    """Return the pairs with the lowest total cost, found by dynamic programming."""
    rows, columns = len(first), len(second)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row or column:
                best[row][column] = min(
                    best[row - 1][column] + _GAP_COST if row else math.inf,
                    best[row][column - 1] + _GAP_COST if column else math.inf,
                    best[row - 1][column - 1] + costs[row - 1][column - 1] if row and column else math.inf,
                )
    pairs: list[AlignedPair] = []
    row, column = rows, columns
    while row or column:
        cost = best[row][column]
        if row and column and cost == best[row - 1][column - 1] + costs[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append(AlignedPair(first[row], second[column], costs[row][column]))
        elif row and cost == best[row - 1][column] + _GAP_COST:
            row -= 1
            pairs.append(AlignedPair(first[row], None, _GAP_COST))
        else:
            column -= 1
            pairs.append(AlignedPair(None, second[column], _GAP_COST))
    return pairs[::-1]
