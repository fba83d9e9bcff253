"""Proposal of facts for values that both languages state in a form that the house style can write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ipdocs.source.segment import Code, Segment, is_shift, join_words
from ipdocs.values.filters import FILTERS, CannotRender, apply_filter, render_plain
from ipdocs.values.notation import notation
from ipdocs.values.numbers import GROUP_SPACES
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, DateRange, Integer, Money, Ordinal, Percent, Phone, Series, Time, TimeRange, Value, Years
from ipdocs.values.value_context import ValueContext

_FACT_TYPES_AND_NAMES: dict[type, tuple[str, str]] = {
    Ordinal: ("ordinal", "number_of"),
    Date: ("date", "day"),
    Series: ("date", "days"),
    Years: ("years", "period"),
    Money: ("money", "amount"),
    Percent: ("percent", "share"),
    Integer: ("integer", "count"),
    Time: ("time", "time"),
    TimeRange: ("time", "time"),
    Phone: ("phone", "phone"),
}
"""The type of the fact that holds each kind of value, and a provisional name for the fact."""

_FILTERS_TO_TRY = (
    "ordinal",
    "percent",
    'percent("%")',
    "money",
    "years",
    "today",
    "day",
    "date",
    "month",
    "year",
    "weekday",
    "time",
    "number",
    "count",
    "phone",
)
"""The filters that may render a value, as in an expression, in the order in which they are tried."""


_NO_FILTER = "no filter"
"""The name of the usual form, which an expression without a filter writes."""


@dataclass(slots=True)
class ProposedFacts:
    """The type and notation of each proposed fact, keyed by the fact's name."""

    by_name: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find_or_add(self, value: Value) -> str | None:
        """Return the name of the fact that holds a value; add a new fact if there is none yet.

        If no type of fact can hold the value, return None. Integers below 3 stay text, because they are rarely facts.
        """
        type_and_name = _FACT_TYPES_AND_NAMES.get(type(value))
        if type_and_name is None or (isinstance(value, Integer) and value.number < 3):
            return None
        fact_type, base_name = type_and_name
        try:
            fact = (fact_type, notation(value))
        except ValueError:
            return None
        name = next((name for name, known_fact in self.by_name.items() if known_fact == fact), None)
        if name is None:
            count = sum(known_name == base_name or known_name.startswith(f"{base_name}_") for known_name in self.by_name)
            name = f"{base_name}_{count + 1}" if count else base_name
            self.by_name[name] = fact
        return name


def propose_facts(
    first: Segment, second: Segment, settings: tuple[ValueContext, ValueContext], facts: ProposedFacts
) -> tuple[Segment, Segment]:
    """Return two texts in which shared values are replaced by facts.

    A value is replaced only if a filter renders the fact in both languages exactly as the texts write the value.

    Args:
        first: the text in one language.
        second: the text in the other language.
        settings: language, house style and day of issue for each text.
        facts: the facts proposed so far, to which new facts are added.
    """
    remaining = list(_find_values(second, settings[1]))
    first_spans: list[tuple[int, int, Code]] = []
    second_spans: list[tuple[int, int, Code]] = []
    for stated in _find_values(first, settings[0]):
        if not (first_filter := _find_filter(stated)):
            continue
        matches = ((other, _find_filter(other)) for other in remaining if other.value == stated.value)
        match, second_filter = next((pair for pair in matches if pair[1]), (None, None))
        if not match or not second_filter or (name := facts.find_or_add(stated.value)) is None:
            continue
        remaining.remove(match)
        shared_filter = next((name for name in _FILTERS_TO_TRY if stated.is_result_of(name) and match.is_result_of(name)), None)
        first_spans.append((stated.start, stated.end, _fact_code(name, shared_filter or first_filter, stated.surface)))
        second_spans.append((match.start, match.end, _fact_code(name, shared_filter or second_filter, match.surface)))
    return _replace_with_codes(first, first_spans), _replace_with_codes(second, second_spans)


def _fact_code(name: str, filter_name: str, surface: str) -> Code:
    expression = f"{{{{ {name} }}}}" if filter_name == _NO_FILTER else f"{{{{ {name} | {filter_name} }}}}"
    return Code("fact", "alone", expression, name, surface)


def _find_filter(stated: _StatedValue) -> str | None:
    """Return the name of a filter that renders a value as the text states it, or None if there is no such filter."""
    return next((name for name in (_NO_FILTER, *_FILTERS_TO_TRY) if stated.is_result_of(name)), None)


def count_written(texts: Iterable[Segment], value_context: ValueContext) -> int:
    """Return the number of values in texts that a filter of the house style writes as the texts do."""
    return sum(_find_filter(stated) is not None for text in texts for stated in _find_values(text, value_context))


@dataclass(frozen=True, slots=True)
class _StatedValue:
    """A value in a text.

    Attributes:
        value: the value.
        surface: the value as written.
        start: the offset of the surface, counting only characters outside codes.
        value_context: language, house style and day of issue, and the text after the value.
    """

    value: Value
    surface: str
    start: int
    value_context: ValueContext

    @property
    def end(self) -> int:
        """The offset after the surface."""
        return self.start + len(self.surface)

    def is_result_of(self, filter_name: str) -> bool:
        """Whether a filter renders the value as the text states it; spaces between thousands may be of any kind."""
        name, _, argument = filter_name.partition("(")
        try:
            if name == _NO_FILTER:
                rendered = render_plain(self.value, self.value_context)
            elif isinstance(self.value, FILTERS[name].takes):
                arguments = [argument.strip('")')] if argument else []
                rendered = apply_filter(name, self.value, arguments, {}, self.value_context)
            else:
                return False
        except CannotRender:
            return False
        return _SPACE_IN_NUMBER.sub(" ", rendered) == _SPACE_IN_NUMBER.sub(" ", self.surface)


_SPACE_IN_NUMBER = re.compile(rf"(?<=\d)[{GROUP_SPACES}](?=\d{{3}})")


def _find_values(text: Segment, value_context: ValueContext) -> Iterator[_StatedValue]:
    offset = 0
    for part, following in zip(text, (*text[1:], ""), strict=True):
        if isinstance(part, str):
            for span in recognise(part, value_context):
                if is_shift(following) and (following.role == "close" or span.end == len(part)):
                    continue  # the 2 of m^2^, and the 10 of 10^6^, are no values
                context = replace(value_context, following=part[span.end :])
                value = span.value
                if isinstance(value, DateRange):
                    value = Series((value.first, value.last), value.joined)
                yield _StatedValue(value, span.surface, offset + span.start, context)
            offset += len(part)


def _replace_with_codes(text: Segment, spans: list[tuple[int, int, Code]]) -> Segment:
    """Return a text in which each span is replaced with a code.

    A span has a start, an end and the new code. Start and end count only characters outside codes.
    """
    parts: list[str | Code] = []
    offset = 0
    for part in text:
        if not isinstance(part, str):
            parts.append(part)
            continue
        position = 0
        spans_in_part = [span for span in spans if offset <= span[0] < offset + len(part)]
        for start, end, code in sorted(spans_in_part, key=lambda span: span[0]):
            parts += [part[position : start - offset], code]
            position = end - offset
        parts.append(part[position:])
        offset += len(part)
    return join_words(tuple(parts))
