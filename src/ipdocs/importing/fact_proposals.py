"""Proposal of facts for values that both languages state."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field

from ipdocs.importing.fact_names import base_name, counted_noun, identifies_itself, measured_noun
from ipdocs.importing.raised_endings import join_raised_endings, raise_endings
from ipdocs.importing.stated_values import (
    HOUSE_FILTERS,
    NO_FILTER,
    StatedValue,
    Way,
    is_result_of,
    stated_ranges,
    stated_values,
    ways_to_write,
)
from ipdocs.importing.value_pairs import ValuePair, ValuePairs, pair_values
from ipdocs.source.segment import Code, Segment, join_words
from ipdocs.values.notation import notation
from ipdocs.values.types import (
    Date,
    Decimal,
    Fraction,
    Integer,
    Money,
    Ordinal,
    Percent,
    Period,
    Phone,
    Series,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

_FACT_TYPES: dict[type, str] = {
    Ordinal: "ordinal",
    Date: "date",
    Years: "years",
    Money: "money",
    Percent: "percent",
    Integer: "integer",
    Decimal: "decimal",
    Fraction: "fraction",
    Time: "time",
    TimeRange: "time",
    Weekday: "weekday",
    Period: "period",
    Phone: "phone",
}
"""The type of the fact that holds each kind of value; a series has the type of its values."""


@dataclass(slots=True)
class ProposedFacts:
    """The facts proposed so far.

    Attributes:
        refused: the names of facts that are not proposed again: their values stay words.
        by_name: the type and notation of each fact, keyed by the fact's name.
    """

    refused: Collection[str] = ()
    by_name: dict[str, tuple[str, str]] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def find_or_add(self, value: Value, noun: str, issued: Date | None) -> str | None:
        """Return the name of the fact that holds a value; add a new fact if there is none yet.

        Two equal numbers are one fact only if they belong to the same noun, or have so many figures that they must be the same.

        Args:
            value: the value.
            noun: what the value counts or measures, such as stalls; empty if this is not known.
            issued: the day of issue.

        Returns:
            The name, or None if no type of fact can hold the value, or the fact is refused.
        """
        name = self._find_or_name(value, noun, issued)
        return None if name in self.refused else name

    def _find_or_name(self, value: Value, noun: str, issued: Date | None) -> str | None:
        """Return the name that the fact has or would have, if it is not refused."""
        try:
            fact = (fact_type(value), notation(value))
        except (KeyError, ValueError):
            return None
        known = self._names.get((fact, "" if identifies_itself(value) else noun))
        if known and (noun or identifies_itself(value)):
            return known
        base = base_name(value, noun, issued)
        self._counts[base] = number = self._counts.get(base, 0) + 1
        name = f"{base}_{number}" if number > 1 else base
        while name in self._taken:  # a noun may end in a number that another name has
            self._counts[base] = number = number + 1
            name = f"{base}_{number}"
        self._taken.add(name)
        if name not in self.refused:
            self.by_name[name] = fact
        self._names[fact, "" if identifies_itself(value) else noun] = name
        return name


def fact_type(value: Value) -> str:
    """Return the type of the fact that can hold a value.

    Raises:
        KeyError: no type of fact can hold the value.
    """
    return _FACT_TYPES[type(value.values[0]) if isinstance(value, Series) else type(value)]


@dataclass(frozen=True, slots=True)
class ProposedTexts:
    """Two texts with facts.

    Attributes:
        first: the text in the first language.
        second: the text in the second language.
        doubtful: pairs of equal values that may not be the same thing, and therefore stay text.
        names: the names of the facts, keyed by the offset of their values in the first text without facts.
    """

    first: Segment
    second: Segment
    doubtful: tuple[ValuePair, ...]
    names: dict[int, str]


def propose_facts(
    first: Segment, second: Segment, settings: tuple[ValueContext, ValueContext], facts: ProposedFacts, workspace: Workspace
) -> ProposedTexts:
    """Return two texts in which shared values are replaced by facts.

    A value is replaced only if expressions render the fact in both languages exactly as the texts write the value.

    Args:
        first: the text in one language.
        second: the text in the other language.
        settings: language, house style and day of issue for each text.
        facts: the facts proposed so far, to which new facts are added.
        workspace: the workspace with the glossary and the table of units.
    """
    first, first_ordinals = join_raised_endings(first)
    second, second_ordinals = join_raised_endings(second)
    pairs = pairs_of_values(first, second, settings, workspace)
    first_spans: list[_CodeSpan] = []
    second_spans: list[_CodeSpan] = []
    names: dict[int, str] = {}
    for pair in pairs.same:
        first_ways = list(ways_to_write(pair.first))
        second_ways = list(ways_to_write(pair.second)) if first_ways else []
        if not second_ways:
            continue
        name = facts.find_or_add(pair.first.value, noun_of((pair.first, pair.second), workspace), settings[0].issued)
        if name is None:
            continue
        names[pair.first.start] = name
        shared = next((way for way in first_ways if way in second_ways and way != ("", NO_FILTER, "")), None)
        first_spans.append(_span(pair.first, shared or first_ways[0], name))
        second_spans.append(_span(pair.second, shared or second_ways[0], name))
    return ProposedTexts(
        raise_endings(_replace_with_codes(first, first_spans), first_ordinals),
        raise_endings(_replace_with_codes(second, second_spans), second_ordinals),
        pairs.doubtful,
        names,
    )


def with_facts_of(
    first: Segment, names: dict[int, str], other: Segment, settings: tuple[ValueContext, ValueContext], workspace: Workspace
) -> Segment:
    """Return a text in a third language in which the facts of the first language stand for their values.

    Args:
        first: the text in the first language, without facts.
        names: the names of its facts, keyed by the offset of their values.
        other: the text in the third language.
        settings: language, house style and day of issue for each of the two texts.
        workspace: the workspace with the glossary and the table of units.
    """
    other, ordinals = join_raised_endings(other)
    pairs = pairs_of_values(join_raised_endings(first)[0], other, settings, workspace)
    spans: list[_CodeSpan] = []
    for pair in pairs.same:
        if pair.first.start in names and (ways := list(ways_to_write(pair.second))):
            way = next((way for way in ways if way != ("", NO_FILTER, "")), ways[0])
            spans.append(_span(pair.second, way, names[pair.first.start]))
    return raise_endings(_replace_with_codes(other, spans), ordinals)


def pairs_of_values(
    first: Segment, second: Segment, settings: tuple[ValueContext, ValueContext], workspace: Workspace
) -> ValuePairs:
    """Return the pairs of the values that two texts state, without values that no fact can hold."""
    ranges = stated_ranges(first, settings[0]) & stated_ranges(second, settings[1])
    return pair_values(
        [value for value in stated_values(first, settings[0], ranges) if can_be_fact(value.value)],
        [value for value in stated_values(second, settings[1], ranges) if can_be_fact(value.value)],
        workspace,
    )


def can_be_fact(value: Value) -> bool:
    """Whether a fact can hold a value."""
    try:
        return bool(fact_type(value) and notation(value))
    except (KeyError, ValueError):
        return False


def noun_of(same_value: Iterable[StatedValue], workspace: Workspace) -> str:
    """Return what a value counts or measures, as an English text among those that state it says, or ""."""
    for stated in same_value:
        value = stated.value.values[-1] if isinstance(stated.value, Series) else stated.value
        if isinstance(value, Integer | Ordinal | Decimal) and (noun := counted_noun(stated, workspace)):
            return noun
        if isinstance(value, Percent | Money | Decimal) and (noun := measured_noun(stated)):
            return noun
    return ""


def count_written(texts: Iterable[Segment], value_context: ValueContext) -> int:
    """Return the number of values in texts that a filter of the house style writes as the texts do."""
    return sum(
        any(is_result_of(stated, filter_name) for filter_name in HOUSE_FILTERS)
        for text in texts
        for stated in stated_values(text, value_context)
    )


@dataclass(frozen=True, slots=True)
class _CodeSpan:
    """A span of a text, and what replaces it; start and end count only characters outside codes."""

    start: int
    end: int
    parts: tuple[str | Code, ...]


def parts_of_way(stated: StatedValue, way: Way, name: str) -> tuple[str | Code, ...]:
    """Return the words and expressions that write a value as the text states it.

    Args:
        stated: the value.
        way: one of `ways_to_write(stated)`.
        name: the name of the fact that holds the value.
    """
    parts: list[str | Code] = []
    position = 0
    for index, part in enumerate(way):
        if index % 2 == 0:
            parts.append(part)
            position += len(part)
            continue
        literal = way[index + 1]
        end = stated.surface.index(literal, position + 1) if literal else len(stated.surface)
        expression = f"{{{{ {name} }}}}" if part == NO_FILTER else f"{{{{ {name} | {part} }}}}"
        parts.append(Code("fact", "alone", expression, name, stated.surface[position:end]))
        position = end
    return tuple(parts)


def _span(stated: StatedValue, way: Way, name: str) -> _CodeSpan:
    return _CodeSpan(stated.start, stated.end, parts_of_way(stated, way, name))


def _replace_with_codes(text: Segment, spans: list[_CodeSpan]) -> Segment:
    """Return a text in which each span is replaced."""
    parts: list[str | Code] = []
    offset = 0
    remaining = sorted(spans, key=lambda span: span.start)
    for part in text:
        if not isinstance(part, str):
            parts.append(part)
            continue
        position = 0
        while remaining and remaining[0].start < offset + len(part):
            span = remaining.pop(0)
            parts += [part[position : span.start - offset], *span.parts]
            position = span.end - offset
        parts.append(part[position:])
        offset += len(part)
    return join_words(tuple(parts))
