"""Alignment of blocks in two languages by kind, values, terms and length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipdocs.importing.block_features import (
    BlockFeatures,
    block_features,
    features_without,
    length_difference,
    text_cost,
    total_features,
)
from ipdocs.importing.document_draft import DraftBlock
from ipdocs.source.segment import LINE_BREAK, Segment
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

_GAP_COST = 2.6
"""Cost of a block without a counterpart. Two blocks are left unpaired if pairing them would cost more than twice as much."""

_JOIN_COST, _JOIN_COST_IF_SHOWN = 1.4, 0.8
"""Additional cost for each paragraph that is joined with another one; the second if their values or terms show that they belong
together.
"""

_JOIN_GAIN, _JOIN_GAIN_IF_SHOWN = 0.35, 0.05
"""By how much joined paragraphs must be nearer to the length of their counterpart than one of them, as logarithms."""

_MAX_JOINED = 3
"""The largest number of paragraphs that may correspond to one paragraph in the other language."""

_MAX_LENGTH_DIFFERENCE = 0.5
"""The largest difference in length, as a logarithm, between a paragraph and the joined paragraphs that correspond to it."""

DOUBTFUL_COST = 2.2
"""Pairs that cost more than this are reported as doubtful."""

MAX_BLOCKS = 10_000
"""The maximum number of blocks in a document."""

_MAX_CELLS = 40_000
"""Documents whose numbers of blocks have a larger product are divided at blocks with the same rare values before alignment."""

_MAX_ANCHOR_COST = 2.0
"""The largest cost of a pair of blocks at which documents are divided."""

_HALF_BAND = 40
"""In long documents without such blocks, a block is paired only with blocks at most this far from the same place."""

_TEXT_KINDS = {"paragraph", "quotation", "heading"}


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Corresponding blocks in two languages, or one block without a counterpart.

    Attributes:
        first: the block in the first language, or None.
        second: the block in the second language, or None.
        doubt: the cost of the pair: 0 if all features agree, higher the more they differ.
        first_count: the number of blocks in the first language, of which several are joined paragraphs.
        second_count: the number of blocks in the second language.
    """

    first: DraftBlock | None
    second: DraftBlock | None
    doubt: float
    first_count: int
    second_count: int

    @property
    def joined(self) -> int:
        """The number of paragraphs that were joined to one; 1 if there are none, or if they became the items of a list."""
        is_list = self.first is not None and self.first.kind == "list"
        return 1 if is_list else max(self.first_count, self.second_count)

    def join(self, blocks: Sequence[DraftBlock]) -> DraftBlock:
        """Return blocks of another language as one block, joined as the blocks of the pair are."""
        return join_blocks(blocks, self.first)


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
    first_features = [block_features(block, settings[0], workspace) for block in first]
    second_features = [block_features(block, settings[1], workspace) for block in second]
    ratio = (sum(features.length for features in second_features) or 1) / (
        sum(features.length for features in first_features) or 1
    )
    aligner = _Aligner(first, second, first_features, second_features, ratio)
    pairs: list[AlignedPair] = []
    start = (0, 0)
    for anchor in [*_anchors(first_features, second_features, ratio), (len(first), len(second))]:
        pairs += aligner.pairs(start, anchor)
        start = anchor
    return pairs


def _anchors(first: Sequence[BlockFeatures], second: Sequence[BlockFeatures], ratio: float) -> list[tuple[int, int]]:
    """Return the indices of blocks of long documents that correspond, because only they have a rare value."""
    if len(first) * len(second) <= _MAX_CELLS:
        return []
    blocks, other_blocks = _blocks_by_value(first), _blocks_by_value(second)
    candidates = {
        (indices[0], others[0])
        for value, indices in blocks.items()
        if len(indices) == 1 and len(others := other_blocks.get(value, [])) == 1
    }
    return _longest_increasing(
        sorted(pair for pair in candidates if text_cost(first[pair[0]], second[pair[1]], ratio) < _MAX_ANCHOR_COST)
    )


def _blocks_by_value(features: Sequence[BlockFeatures]) -> dict[str, list[int]]:
    """Return the indices of the blocks with each value of at least four characters, such as a large number or a date."""
    blocks: dict[str, list[int]] = {}
    for index, block in enumerate(features):
        for value in block.values:
            if len(value) > 3:
                blocks.setdefault(value, []).append(index)
    return blocks


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest sequence of pairs in which both indices increase; the first indices are in order."""
    last_seconds: list[int] = []  # for each length, the smallest second index with which a sequence ends
    last_pairs: list[int] = []  # for each length, the index of the pair with which that sequence ends
    previous: list[int] = []
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(last_seconds, second)
        previous.append(last_pairs[length - 1] if length else -1)
        last_seconds[length : length + 1] = [second]
        last_pairs[length : length + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last_pairs[-1] if last_pairs else -1
    while index >= 0:
        if not chain or pairs[index][0] < chain[-1][0]:
            chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _kind_cost(first: DraftBlock, second: DraftBlock) -> float:
    """Return the part of the cost of pairing two blocks that depends on their kinds and shapes."""
    if first.kind != second.kind:
        return 1.0 if {first.kind, second.kind} <= _TEXT_KINDS else 2.5
    if first.kind == "list":
        return min(0.3 * abs(len(first.levels) - len(second.levels)), 1.2) + (0.3 if first.has_intro != second.has_intro else 0.0)
    if first.kind == "table":
        return 1.0 if first.column_count != second.column_count else 0.0
    return 0.4 * abs(first.level - second.level) if first.kind == "heading" else 0.0


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of an alignment: the numbers of blocks in both languages, and the cost."""

    first: int
    second: int
    cost: float


@dataclass(frozen=True, slots=True)
class _Aligner:
    """The blocks of two languages with their features; `ratio` is the length of the second document per length of the first."""

    first: Sequence[DraftBlock]
    second: Sequence[DraftBlock]
    first_features: Sequence[BlockFeatures]
    second_features: Sequence[BlockFeatures]
    ratio: float

    def pairs(self, start: tuple[int, int], end: tuple[int, int]) -> list[AlignedPair]:
        """Return the pairs with the lowest total cost between two places, found by dynamic programming."""
        rows, columns = end[0] - start[0], end[1] - start[1]
        best: dict[tuple[int, int], tuple[float, _Step | None]] = {(0, 0): (0.0, None)}
        for row in range(rows + 1):
            for column in _band(row, rows, columns):
                if (row, column) not in best:
                    continue
                cost = best[row, column][0]
                for step in self._steps((start[0] + row, start[1] + column), end):
                    place = (row + step.first, column + step.second)
                    if place not in best or cost + step.cost < best[place][0]:
                        best[place] = (cost + step.cost, step)
        steps: list[_Step] = []
        place = (rows, columns)
        while (step_here := best[place][1]) is not None:
            steps.append(step_here)
            place = (place[0] - step_here.first, place[1] - step_here.second)
        pairs: list[AlignedPair] = []
        row, column = start
        for step in reversed(steps):
            pairs.append(self._pair(row, column, step))
            row, column = row + step.first, column + step.second
        return pairs

    def _steps(self, place: tuple[int, int], end: tuple[int, int]) -> Iterator[_Step]:
        """Yield the possible steps from a place."""
        row, column = place
        if row < end[0]:
            yield _Step(1, 0, _GAP_COST)
        if column < end[1]:
            yield _Step(0, 1, _GAP_COST)
        if row == end[0] or column == end[1]:
            return
        first, second = self.first[row], self.second[column]
        yield _Step(
            1, 1, _kind_cost(first, second) + text_cost(self.first_features[row], self.second_features[column], self.ratio)
        )
        for count in _joinable(first, self.first_features[row].sentences, self.second, column, end[1]):
            yield from self._joined_step(_Step(1, count, 0.0), row, column)
        for count in _joinable(second, self.second_features[column].sentences, self.first, row, end[0]):
            yield from self._joined_step(_Step(count, 1, 0.0), row, column)

    def _joined_step(self, step: _Step, row: int, column: int) -> Iterator[_Step]:
        """Yield a step that joins paragraphs, if they have the length of their counterpart together, but not alone."""
        firsts = self.first_features[row : row + step.first]
        seconds = self.second_features[column : column + step.second]
        first, second = total_features(firsts), total_features(seconds)
        parts, whole = (firsts, second) if len(firsts) > 1 else (seconds, first)
        is_list = "list" in (self.first[row].kind, self.second[column].kind)
        if any(part.values and not part.values & whole.values for part in parts):
            return
        difference = length_difference(first, second, self.ratio)
        if difference >= _MAX_LENGTH_DIFFERENCE:
            return
        if is_list:
            yield replace(step, cost=text_cost(first, second, self.ratio) + _JOIN_COST_IF_SHOWN)
            return
        is_shown = all(part.shares_more_than(features_without(parts, index), whole) for index, part in enumerate(parts))
        ratio = self.ratio if len(seconds) > 1 else 1 / self.ratio
        alone = min(length_difference(whole, part, ratio) for part in parts)
        if difference + (_JOIN_GAIN_IF_SHOWN if is_shown else _JOIN_GAIN) < alone:
            cost = (_JOIN_COST_IF_SHOWN if is_shown else _JOIN_COST) * (len(parts) - 1)
            yield replace(step, cost=text_cost(first, second, self.ratio) + cost)

    def _pair(self, row: int, column: int, step: _Step) -> AlignedPair:
        firsts, seconds = self.first[row : row + step.first], self.second[column : column + step.second]
        counts = (step.first, step.second)
        if not firsts or not seconds:
            return AlignedPair(firsts[0] if firsts else None, seconds[0] if seconds else None, step.cost, *counts)
        shape = firsts[0] if len(firsts) == 1 else seconds[0]
        return AlignedPair(join_blocks(firsts, shape), join_blocks(seconds, shape), step.cost, *counts)


def _joinable(block: DraftBlock, sentences: int, others: Sequence[DraftBlock], start: int, end: int) -> Iterator[int]:
    """Yield how many consecutive paragraphs of the other language may correspond to a paragraph or list."""
    if block.kind not in ("paragraph", "list"):
        return
    counts = range(2, min(sentences, _MAX_JOINED) + 1) if block.kind == "paragraph" else [len(block.texts)]
    for count in counts:
        if count > 1 and start + count <= end and all(other.kind == "paragraph" for other in others[start : start + count]):
            yield count


def _band(row: int, rows: int, columns: int) -> range:
    """Return the columns to which a row is compared: all in a short document, those near the diagonal in a long one."""
    if rows * columns <= _MAX_CELLS:
        return range(columns + 1)
    centre = row * columns // rows
    half = _HALF_BAND + columns // rows
    return range(max(centre - half, 0), min(centre + half, columns) + 1)


def join_blocks(blocks: Sequence[DraftBlock], shape: DraftBlock | None) -> DraftBlock:
    """Return consecutive blocks as one block: as the list that corresponds to them, or as one text with line breaks.

    Args:
        blocks: the blocks.
        shape: the block that corresponds to them in another language; by default the first of the blocks.
    """
    if len(blocks) == 1:
        return blocks[0]
    texts = [text for block in blocks for text in block.texts]
    shape = shape or blocks[0]
    if shape.kind == "list":
        return replace(shape, texts=tuple(texts), line=blocks[0].line)
    joined: Segment = texts[0]
    for text in texts[1:]:
        joined = (*joined, LINE_BREAK, *text)
    return replace(blocks[0], texts=(joined,))
