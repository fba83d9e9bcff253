"""Proposal of facts for values that both languages state in a form that the house style can write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.source.segment import Code, Segment, join_words
from ipdocs.values.filters import FILTERS, CannotRender, apply_filter, render_plain
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, Integer, Money, Ordinal, Percent, Phone, Time, Value, Years
from ipdocs.values.value_context import ValueContext

_FACT_TYPES_AND_NAMES: dict[type, tuple[str, str]] = {
    Ordinal: ("ordinal", "number_of"),
    Date: ("date", "day"),
    Years: ("years", "period"),
    Money: ("money", "amount"),
    Percent: ("percent", "share"),
    Integer: ("integer", "count"),
    Time: ("time", "time"),
    Phone: ("phone", "phone"),
}
"""The type of the fact that holds each kind of value, and a provisional name for the fact."""

_FILTERS_TO_TRY = (
    "ordinal",
    "percent",
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
"""The names of the filters that may render a value, in the order in which they are tried."""


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
    for start, end, value, surface in _find_values(first, settings[0]):
        match = next((candidate for candidate in remaining if candidate[2] == value), None)
        if match is None:
            continue
        other_start, other_end, _, other_surface = match
        first_filter = _find_filter(value, surface, settings[0])
        second_filter = _find_filter(value, other_surface, settings[1])
        if first_filter is None or second_filter is None or (name := facts.find_or_add(value)) is None:
            continue
        remaining.remove(match)
        shared_filter = _find_shared_filter(value, (surface, other_surface), settings)
        first_spans.append((start, end, _fact_code(name, shared_filter or first_filter, surface)))
        second_spans.append((other_start, other_end, _fact_code(name, shared_filter or second_filter, other_surface)))
    return _replace_with_codes(first, first_spans), _replace_with_codes(second, second_spans)


def _fact_code(name: str, filter_name: str, surface: str) -> Code:
    expression = f"{{{{ {name} | {filter_name} }}}}" if filter_name else f"{{{{ {name} }}}}"
    return Code("fact", "alone", expression, name, surface)


def _find_filter(value: Value, surface: str, value_context: ValueContext) -> str | None:
    """Return the name of a filter that renders a value as `surface`: "" if none is needed, None if there is no such filter."""
    return next((name for name in ("", *_FILTERS_TO_TRY) if _renders_as(name, value, surface, value_context)), None)


def _find_shared_filter(value: Value, surfaces: tuple[str, str], settings: tuple[ValueContext, ValueContext]) -> str | None:
    """Return the name of a filter that renders a value in both languages exactly as the texts write it, or None."""
    return next(
        (
            name
            for name in _FILTERS_TO_TRY
            if _renders_as(name, value, surfaces[0], settings[0]) and _renders_as(name, value, surfaces[1], settings[1])
        ),
        None,
    )


def _renders_as(filter_name: str, value: Value, surface: str, value_context: ValueContext) -> bool:
    """Whether a filter renders a value as `surface`; an empty name means that no filter is applied."""
    try:
        if filter_name and not isinstance(value, FILTERS[filter_name].takes):
            return False
        rendered = apply_filter(filter_name, value, [], {}, value_context) if filter_name else render_plain(value, value_context)
        return rendered == surface
    except CannotRender:
        return False


def _find_values(text: Segment, value_context: ValueContext) -> Iterator[tuple[int, int, Value, str]]:
    """Yield start, end, value and surface for each value in a text.

    The surface is the value as written. Start and end count only characters outside codes.
    """
    offset = 0
    for part in text:
        if isinstance(part, str):
            for value_span in recognise(part, value_context):
                yield offset + value_span.start, offset + value_span.end, value_span.value, value_span.surface
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
