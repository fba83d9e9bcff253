"""Pairs of equal values in two texts: which of them are the same thing, and which are doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from ipdocs.importing.fact_names import counted_noun, identifies_itself
from ipdocs.importing.stated_values import StatedValue
from ipdocs.locale.units import StatedUnit, unit_after
from ipdocs.values.numbers import without_sign
from ipdocs.values.types import Integer, Money, Ordinal, Percent
from ipdocs.workspace import Workspace

_MAX_GROUP = 5
"""Larger groups of equal values are paired in order only, because the number of ways to pair them grows very fast."""

_OTHER_UNITS = -10
"""The score of two numbers with different units; they are never the same thing."""


@dataclass(frozen=True, slots=True)
class ValuePair:
    """A value in one text, and the same value in the other."""

    first: StatedValue
    second: StatedValue


@dataclass(frozen=True, slots=True)
class ValuePairs:
    """The pairs of values in two texts.

    Attributes:
        same: the pairs that state the same thing.
        doubtful: pairs of equal values that may state different things.
    """

    same: tuple[ValuePair, ...]
    doubtful: tuple[ValuePair, ...]


def pair_values(first: Sequence[StatedValue], second: Sequence[StatedValue], workspace: Workspace) -> ValuePairs:
    """Pair the equal values of two texts by their units, nouns and order.

    Args:
        first: the values of a text, in order.
        second: the values of the other text, in order.
        workspace: the workspace whose table of units is read.
    """
    groups = list(_groups(first, second))
    sure = [
        (group.first[0].start, group.second[0].start)
        for group in groups
        if len(group.first) == len(group.second) == 1 and identifies_itself(group.first[0].value)
    ]
    same: list[ValuePair] = []
    doubtful: list[ValuePair] = []
    for group in groups:
        found = group.pairs(sure, workspace)
        same += found.same
        doubtful += found.doubtful
    same.sort(key=lambda pair: pair.first.start)
    used = {id(value) for pair in same for value in (pair.first, pair.second)}
    same += _signed_pairs(
        [value for value in first if id(value) not in used], [value for value in second if id(value) not in used]
    )
    return ValuePairs(tuple(same), tuple(sorted(doubtful, key=lambda pair: pair.first.start)))


@dataclass(frozen=True, slots=True)
class _Group:
    """The occurrences of one value in two texts, in order."""

    first: list[StatedValue]
    second: list[StatedValue]

    def pairs(self, sure: Sequence[tuple[int, int]], workspace: Workspace) -> ValuePairs:
        """Return the pairs of the group; `sure` has the offsets of values that each text states once."""
        in_order = tuple(ValuePair(*pair) for pair in zip(self.first, self.second, strict=False))
        value = self.first[0].value
        scores = [[_score(first, second, workspace) for second in self.second] for first in self.first]
        if identifies_itself(value) and all(score >= 0 for row in scores for score in row):
            return ValuePairs(in_order, ())
        if isinstance(value, Integer | Ordinal) and value.number < 3:
            return ValuePairs(tuple(self._with_unit(scores)), ())
        if len(self.first) == len(self.second) == 1:
            return ValuePairs(in_order, ()) if scores[0][0] >= 0 else ValuePairs((), in_order)
        return self._choose(scores, sure, workspace)

    def _with_unit(self, scores: list[list[int]]) -> Iterator[ValuePair]:
        """Yield the pairs with the same unit, if each text has the unit once; a small number without a unit is no fact."""
        for row, first in enumerate(self.first):
            columns = [column for column, score in enumerate(scores[row]) if score > 0]
            if len(columns) == 1 and sum(other[columns[0]] > 0 for other in scores) == 1:
                yield ValuePair(first, self.second[columns[0]])

    def _choose(self, scores: list[list[int]], sure: Sequence[tuple[int, int]], workspace: Workspace) -> ValuePairs:
        """Return the pairs of a group with several occurrences in a text."""
        nouns = {counted_noun(value, workspace) for value in self.first}
        if len(nouns) == 1 and nouns != {""} and all(score >= 0 for row in scores for score in row):
            return ValuePairs(tuple(ValuePair(*pair) for pair in zip(self.first, self.second, strict=False)), ())
        assignments = [*self._assignments()]
        ranked = sorted(
            (
                (-sum(scores[row][column] for row, column in pairs), self._crossings(pairs, sure), pairs != assignments[0], pairs)
                for pairs in assignments
            ),
            key=lambda entry: entry[:3],
        )
        score, crossings, _, best = ranked[0]
        rivals = [entry for entry in ranked[1:] if entry[0] == score and entry[1] == crossings]
        if len(self.first) == len(self.second) and not isinstance(self.first[0].value, Integer | Ordinal | Money):
            rivals = []  # Lists of percentages are in the same order in all languages.
        same: list[ValuePair] = []
        doubtful: list[ValuePair] = []
        for row, column in best:
            pair = ValuePair(self.first[row], self.second[column])
            is_certain = scores[row][column] >= 0 and all((row, column) in rival[3] for rival in rivals)
            (same if is_certain else doubtful).append(pair)
        return ValuePairs(tuple(same), tuple(doubtful))

    def _assignments(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield the ways to pair the occurrences, each as pairs of indices; the first one is in order."""
        rows, columns = range(len(self.first)), range(len(self.second))
        if max(len(rows), len(columns)) > _MAX_GROUP:
            yield tuple(zip(rows, columns, strict=False))
        elif len(rows) <= len(columns):
            yield from (tuple(zip(rows, chosen, strict=True)) for chosen in permutations(columns, len(rows)))
        else:
            yield from (tuple(sorted(zip(chosen, columns, strict=True))) for chosen in permutations(rows, len(columns)))

    def _crossings(self, pairs: Sequence[tuple[int, int]], sure: Sequence[tuple[int, int]]) -> int:
        """Return how many times pairs cross values that each text states once: one stands before them, the other after them."""
        offsets = [(self.first[row].start, self.second[column].start) for row, column in pairs]
        return sum(
            (first < sure_first) != (second < sure_second) for first, second in offsets for sure_first, sure_second in sure
        )


def _groups(first: Sequence[StatedValue], second: Sequence[StatedValue]) -> Iterator[_Group]:
    """Yield the occurrences of each value that both texts state."""
    by_value: dict[Hashable, _Group] = defaultdict(lambda: _Group([], []))
    for value in first:
        by_value[_key(value)].first.append(value)
    for value in second:
        by_value[_key(value)].second.append(value)
    yield from (group for group in by_value.values() if group.first and group.second)


def _key(stated: StatedValue) -> Hashable:
    # 3.0 equals 3.00, but one fact cannot write both.
    return type(stated.value), repr(stated.value)


def _score(first: StatedValue, second: StatedValue, workspace: Workspace) -> int:
    """Return 1 if two equal numbers have the same unit, `_OTHER_UNITS` if they have different units, and 0 otherwise."""
    if not isinstance(first.value, Integer):
        return 0
    units = [_unit(value, workspace) for value in (first, second)]
    if units[0] and units[1] and units[0].name == units[1].name:
        return 1
    is_contradiction = any(unit and unit.is_certain for unit in units) and all(not unit or unit.is_certain for unit in units)
    return _OTHER_UNITS if is_contradiction and _both_known(first, second) else 0


def _unit(stated: StatedValue, workspace: Workspace) -> StatedUnit | None:
    return unit_after(stated.following, 0, stated.value_context.language, workspace)


def _both_known(first: StatedValue, second: StatedValue) -> bool:
    """Whether the table of units has the languages of both values."""
    languages = [value.value_context.language for value in (first, second)]
    return any(language.is_chinese for language in languages) and any(language.code == "en" for language in languages)


_DECLINE = ("跌", "減", "减", "降", "負", "负", "少", "虧", "亏", "赤字")
_MAX_DISTANCE = 8


def _signed_pairs(first: Sequence[StatedValue], second: Sequence[StatedValue]) -> list[ValuePair]:
    """Pair negative percentages in one text with the words for a decline in the other: -2.6% and 下跌2.6%.

    The sign becomes text before the fact.
    """
    pairs: list[ValuePair] = []
    for negatives, positives, is_first in ((first, second, True), (second, first, False)):
        unsigned = [value for value in map(_without_minus, negatives) if value]
        declines = [
            value
            for value in positives
            if isinstance(value.value, Percent) and any(word in value.before[-_MAX_DISTANCE:] for word in _DECLINE)
        ]
        # If the two lists differ, it is not known which of them belong together.
        if [value.value for value in unsigned] == [value.value for value in declines]:
            pairs += [ValuePair(*((a, b) if is_first else (b, a))) for a, b in zip(unsigned, declines, strict=True)]
    return pairs


def _without_minus(stated: StatedValue) -> StatedValue | None:
    """Return a negative percentage without the sign before it, or None if it is not one."""
    value = without_sign(stated.value) if isinstance(stated.value, Percent) else None
    if value is None or not stated.surface.startswith(("-", "−", "–")):
        return None
    sign = stated.surface[0]
    return replace(stated, value=value, surface=stated.surface[1:], start=stated.start + 1, before=stated.before + sign)
