"""Comparison of the values (numbers, dates, money …) that a text states in two languages, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ipdocs.checks.passage import Passage, is_covered
from ipdocs.values import types
from ipdocs.values.numerals import read_chinese
from ipdocs.values.slot import Slot

KINDS: dict[type, str] = {
    types.Integer: "number",
    types.Decimal: "number",
    types.Count: "number",
    types.Ordinal: "ordinal",
    types.Percent: "percent",
    types.Money: "money",
    types.Date: "date",
    types.DateRange: "date",
    types.RelativeDay: "date",
    types.Weekday: "weekday",
    types.Time: "time",
    types.TimeRange: "time",
    types.Years: "years",
    types.Label: "label",
}
"""The kind of value, keyed by type; rules compare values of the same kind."""

_YEAR = re.compile("[0-9]{4}|年")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that only one language states, or a pair of different values, one in each language.

    If both slots are set, the two values were probably meant to be equal.
    """

    kind: str
    source: Slot | None
    target: Slot | None


def differences(source: Passage, target: Passage) -> list[Difference]:
    """Return the values that only one of two passages states; values of the same kind are paired in order.

    A value stated twice in one language and once in the other is not a difference.
    """
    shared_names = {span.name for span in source.expressions} & {span.name for span in target.expressions}
    source_slots, target_slots = _compared_slots(source, shared_names), _compared_slots(target, shared_names)
    only_source = [
        slot for slot in source_slots if not _state_value(target_slots, slot) and not _is_relative_day(slot, target_slots, target)
    ]
    only_target = [
        slot for slot in target_slots if not _state_value(source_slots, slot) and not _is_relative_day(slot, source_slots, source)
    ]
    all_differences: list[Difference] = []
    for kind in dict.fromkeys(KINDS.values()):
        all_differences += _pair_slots(
            kind,
            _slots_of_kind(only_source, kind),
            _slots_of_kind(only_target, kind),
            _repeated_slot(source_slots, target_slots, kind),
            _repeated_slot(target_slots, source_slots, kind),
        )
    return [
        difference
        for difference in all_differences
        if (difference.source and difference.target) or not _may_be_implied(difference, source, target)
    ]


def _compared_slots(passage: Passage, shared_names: set[str]) -> list[Slot]:
    """Return the values in a passage, except the results of expressions that both passages contain."""
    spans = [span for span in passage.expressions if span.name in shared_names]
    return [
        slot
        for slot in passage.slots
        if not is_covered(spans, slot.start, slot.end) and not passage.plain.startswith("年代", slot.end)
    ]


def _state_value(slots: Sequence[Slot], slot: Slot) -> bool:
    """Whether one of the slots states the value of the given slot, or several slots state the beginning and end of its range."""
    if any(_are_equal(candidate, slot) for candidate in slots):
        return True
    ends = _range_ends(slot)
    return bool(ends) and all(any(_are_equal(candidate, end) or _has_end(candidate, end) for candidate in slots) for end in ends)


def _is_relative_day(slot: Slot, other_slots: Sequence[Slot], passage: Passage) -> bool:
    """Whether a date is the day that the other language calls yesterday, today or tomorrow."""
    issued = passage.setting.issued
    if not isinstance(slot.value, types.Date) or issued is None or not issued.year or not issued.day:
        return False
    issue_date = date(issued.year, issued.month, issued.day)
    days = [
        issue_date + timedelta(days=other.value.offset) for other in other_slots if isinstance(other.value, types.RelativeDay)
    ]
    return any((day.month, day.day) == (slot.value.month, slot.value.day) for day in days)


def _range_ends(slot: Slot) -> list[Slot]:
    """Return the beginning and the end of a range as two slots, or no slots for another value."""
    match slot.value:
        case types.DateRange(first, last) | types.TimeRange(first, last):
            return [Slot(value, slot.surface, slot.start, slot.end) for value in (first, last)]
        case types.Years(first_year, last_year) if first_year != last_year:
            return [Slot(types.Years(year, year), slot.surface, slot.start, slot.end) for year in (first_year, last_year)]
    return []


def _has_end(range_slot: Slot, slot: Slot) -> bool:
    """Whether a range begins or ends with the value of a slot."""
    return any(_are_equal(end, slot) for end in _range_ends(range_slot))


def _are_equal(first: Slot, second: Slot) -> bool:
    """Whether two slots state the same value.

    One of two dates may lack the year. Labels are compared by their letters and figures only. The kind of a single number is
    ignored: 第三 equals "three".
    """
    match first.value, second.value:
        case types.Date(year, month, day), types.Date(second_year, second_month, second_day):
            both_state_year = _YEAR.search(first.surface) and _YEAR.search(second.surface)
            return (month, day) == (second_month, second_day) and (year == second_year or not both_state_year)
        case types.DateRange(), types.DateRange():
            return all(_are_equal(*ends) for ends in zip(_range_ends(first), _range_ends(second), strict=True))
        case types.Money() | types.Percent() | types.Label(), types.Money() | types.Percent() | types.Label():
            return (
                _label_key(first) == _label_key(second) if isinstance(first.value, types.Label) else first.value == second.value
            )
    return first.value == second.value or ((number := _bare_number(first)) is not None and number == _bare_number(second))


def _label_key(slot: Slot) -> str:
    """Return the letters and figures of a label, such as 2 for 第二."""
    number = read_chinese(slot.surface)
    if number is not None:
        return str(number)
    return "".join(character for character in slot.surface if character.isalnum()).lower()


def _bare_number(slot: Slot) -> float | None:
    """Return the number in a value without its unit, or None if the value is not a single number."""
    match slot.value:
        case types.Integer(number) | types.Decimal(number) | types.Count(number) | types.Ordinal(number):
            return float(number)
        case types.Money(_, amount):
            return float(amount)
        case types.Percent(number):
            return float(number) / 100
        case types.Years(first, last) if first == last:
            return float(first)
        case types.Label():
            key = _label_key(slot) if "分之" not in slot.surface else str(read_chinese(slot.surface.partition("分之")[0]))
            return float(key) if key.isdecimal() else None
    return None


def _slots_of_kind(slots: Sequence[Slot], kind: str) -> list[Slot]:
    return [slot for slot in slots if KINDS.get(type(slot.value)) == kind]


def _repeated_slot(slots: Sequence[Slot], other_slots: Sequence[Slot], kind: str) -> Slot | None:
    """Return the last value that the other language states less often, but at least once, or None.

    Where the other language lacks the value, a wrong value may have replaced it.
    """
    for slot in reversed(_slots_of_kind(slots, kind)):
        if (
            sum(_are_equal(slot, candidate) for candidate in slots)
            > sum(_are_equal(slot, candidate) for candidate in other_slots)
            > 0
        ):
            return slot
    return None


def _pair_slots(
    kind: str, sources: list[Slot], targets: list[Slot], repeated_source: Slot | None, repeated_target: Slot | None
) -> Iterator[Difference]:
    """Yield the differences of one kind; a value without a partner is paired with the repeated value of the other language."""
    for index in range(max(len(sources), len(targets))):
        source = sources[index] if index < len(sources) else repeated_source
        target = targets[index] if index < len(targets) else repeated_target
        yield Difference(kind, source, target)


_GROUP_NUMBER = re.compile(r"[二兩两三四五六七八九](?=[地方者岸])")


def _may_be_implied(difference: Difference, source: Passage, target: Passage) -> bool:
    """Whether the other language may leave out a value, such as in 一名, both, 雙方, half, 今日 and 粵港澳三地."""
    slot, passage = (difference.source, source) if difference.source else (difference.target, target)
    if slot and _GROUP_NUMBER.match(passage.plain, slot.start):
        return True
    match slot.value if slot else None:
        case types.Integer(number) | types.Ordinal(number) | types.Count(number):
            return number in (1, 2)
        case types.Decimal():
            return slot is not None and slot.is_frozen
        case types.RelativeDay():
            return True
        case types.Label(text):
            return not re.search("[0-9]", text)
    return False
