"""Facts proposed: a value that both languages state, in a form that the house style writes in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.source.segment import Code, Segment, merged
from ipdocs.values.filters import FILTERS, CannotRender, apply, plain
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, Integer, Money, Ordinal, Percent, Phone, Time, Value, Years

_KINDS: dict[type, tuple[str, str]] = {
    Ordinal: ("ordinal", "number_of"),
    Date: ("date", "day"),
    Years: ("years", "period"),
    Money: ("money", "amount"),
    Percent: ("percent", "share"),
    Integer: ("integer", "count"),
    Time: ("time", "time"),
    Phone: ("phone", "phone"),
}
"""The type of fact that states a kind of value, and how one is named until its author finds a better name."""

_TRIED = (
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


@dataclass(slots=True)
class Facts:
    """Facts by their names: the type and notation of each."""

    found: dict[str, tuple[str, str]] = field(default_factory=dict)

    def name(self, value: Value) -> str | None:
        """Return the name of the fact that states a value, a new one if need be; None for what no fact states."""
        kind = _KINDS.get(type(value))
        if kind is None or (isinstance(value, Integer) and value.number < 3):
            return None
        try:
            stated = (kind[0], notation(value))
        except ValueError:
            return None
        known = next((name for name, one in self.found.items() if one == stated), None)
        if known is None:
            taken = sum(name == kind[1] or name.startswith(f"{kind[1]}_") for name in self.found)
            known = f"{kind[1]}_{taken + 1}" if taken else kind[1]
            self.found[known] = stated
        return known


def propose(ours: Segment, theirs: Segment, settings: tuple[Setting, Setting], facts: Facts) -> tuple[Segment, Segment]:
    """Return two texts with facts in the place of the values that both state, where the style would write both as they stand."""
    here, there = list(_values(ours, settings[0])), list(_values(theirs, settings[1]))
    mine: list[tuple[int, int, Code]] = []
    other: list[tuple[int, int, Code]] = []
    for start, end, value, surface in here:
        match = next((one for one in there if one[2] == value), None)
        if match is None:
            continue
        way = next((name for name in ("", *_TRIED) if _writes(name, value, surface, settings[0])), None)
        back = next((name for name in ("", *_TRIED) if _writes(name, value, match[3], settings[1])), None)
        both = next((name for name in _TRIED if _both(name, value, surface, match[3], settings)), None)
        if way is None or back is None or (name := facts.name(value)) is None:
            continue
        there.remove(match)
        mine.append((start, end, _code(name, both or way, surface)))
        other.append((match[0], match[1], _code(name, both or back, match[3])))
    return _put(ours, mine), _put(theirs, other)


def _code(name: str, way: str, surface: str) -> Code:
    return Code("fact", "alone", f"{{{{ {name} | {way} }}}}" if way else f"{{{{ {name} }}}}", name, surface)


def _both(name: str, value: Value, surface: str, other: str, settings: tuple[Setting, Setting]) -> bool:
    return _writes(name, value, surface, settings[0]) and _writes(name, value, other, settings[1])


def _writes(name: str, value: Value, surface: str, setting: Setting) -> bool:
    """Whether a filter ("": none) writes a value as it stands in a text."""
    try:
        if name and not isinstance(value, FILTERS[name].takes):
            return False
        return (apply(name, value, [], {}, setting) if name else plain(value, setting)) == surface
    except CannotRender:
        return False


def _values(text: Segment, setting: Setting) -> Iterator[tuple[int, int, Value, str]]:
    """Yield the values in the words of a text, each with its place among all its characters."""
    offset = 0
    for part in text:
        if isinstance(part, str):
            for slot in recognise(part, setting):
                yield offset + slot.start, offset + slot.end, slot.value, slot.surface
            offset += len(part)


def _put(text: Segment, codes: list[tuple[int, int, Code]]) -> Segment:
    """Return a text with codes in the place of words; places count the characters of its words alone."""
    made: list[str | Code] = []
    offset = 0
    for part in text:
        if not isinstance(part, str):
            made.append(part)
            continue
        position = 0
        for start, end, code in sorted((one for one in codes if offset <= one[0] < offset + len(part)), key=lambda one: one[0]):
            made += [part[position : start - offset], code]
            position = end - offset
        made.append(part[position:])
        offset += len(part)
    return merged(tuple(made))
