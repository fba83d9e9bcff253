"""Values that one language states and the other does not, whatever form either gives them."""

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
"""The kind of each type of value that text can state."""

_YEAR = re.compile("[0-9]{4}|年")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of one side without its equal on the other: with the value it was probably meant to be, or with none."""

    kind: str
    source: Slot | None
    target: Slot | None


def differences(source: Passage, target: Passage) -> list[Difference]:
    """Return the values that only one of two passages states, those of one kind paired in their order.

    A value said twice in one language and once in the other is no difference.
    """
    shared = {one.name for one in source.expressions} & {one.name for one in target.expressions}
    ours, theirs = _stated(source, shared), _stated(target, shared)
    left = [slot for slot in ours if not _is_among(theirs, slot) and not _is_told_from_issue(slot, theirs, target)]
    right = [slot for slot in theirs if not _is_among(ours, slot) and not _is_told_from_issue(slot, ours, source)]
    found: list[Difference] = []
    for kind in dict.fromkeys(KINDS.values()):
        found += _paired(kind, _of(left, kind), _of(right, kind), _spare(ours, theirs, kind), _spare(theirs, ours, kind))
    return [one for one in found if (one.source and one.target) or not _unsaid(one, source, target)]


def _stated(passage: Passage, shared: set[str]) -> list[Slot]:
    """Return the values of a passage, but for those of expressions that both passages have."""
    spans = [span for span in passage.expressions if span.name in shared]
    return [
        slot
        for slot in passage.slots
        if not is_covered(spans, slot.start, slot.end) and not passage.plain.startswith("年代", slot.end)
    ]


def _is_among(slots: Sequence[Slot], sought: Slot) -> bool:
    """Whether a value is stated by one of some slots, or by two of them its beginning and its end."""
    if any(_same(slot, sought) for slot in slots):
        return True
    ends = _ends(sought)
    return bool(ends) and all(any(_same(slot, end) or _same_end(slot, end) for slot in slots) for end in ends)


def _is_told_from_issue(slot: Slot, others: Sequence[Slot], passage: Passage) -> bool:
    """Whether a date is what the other language calls yesterday, today or tomorrow."""
    issued = passage.setting.issued
    if not isinstance(slot.value, types.Date) or issued is None or not issued.year or not issued.day:
        return False
    issue = date(issued.year, issued.month, issued.day)
    days = [issue + timedelta(days=one.value.offset) for one in others if isinstance(one.value, types.RelativeDay)]
    return any((day.month, day.day) == (slot.value.month, slot.value.day) for day in days)


def _ends(slot: Slot) -> list[Slot]:
    """Return the beginning and the end of a range as slots of their own."""
    match slot.value:
        case types.DateRange(first, last) | types.TimeRange(first, last):
            return [Slot(value, slot.surface, slot.start, slot.end) for value in (first, last)]
        case types.Years(one, other) if one != other:
            return [Slot(types.Years(year, year), slot.surface, slot.start, slot.end) for year in (one, other)]
    return []


def _same_end(slot: Slot, sought: Slot) -> bool:
    return any(_same(end, sought) for end in _ends(slot))


def _same(one: Slot, other: Slot) -> bool:
    """Whether two slots state one value: a year may be left out, a label is its letters and digits, 第三 may be "three"."""
    match one.value, other.value:
        case types.Date(year, month, day), types.Date(year_too, month_too, day_too):
            told = _YEAR.search(one.surface) and _YEAR.search(other.surface)
            return (month, day) == (month_too, day_too) and (year == year_too or not told)
        case types.DateRange(), types.DateRange():
            return all(_same(end, end_too) for end, end_too in zip(_ends(one), _ends(other), strict=True))
        case types.Money() | types.Percent() | types.Label(), types.Money() | types.Percent() | types.Label():
            return _bare(one) == _bare(other) if isinstance(one.value, types.Label) else one.value == other.value
    return one.value == other.value or ((number := _number(one)) is not None and number == _number(other))


def _bare(slot: Slot) -> str:
    """Return the letters and figures of a label: 第二 is 2."""
    number = read_chinese(slot.surface)
    if number is not None:
        return str(number)
    return "".join(character for character in slot.surface if character.isalnum()).lower()


def _number(slot: Slot) -> float | None:
    """Return the number that a value is, whatever it counts."""
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
            bare = _bare(slot) if "分之" not in slot.surface else str(read_chinese(slot.surface.partition("分之")[0]))
            return float(bare) if bare.isdecimal() else None
    return None


def _of(slots: Sequence[Slot], kind: str) -> list[Slot]:
    return [slot for slot in slots if KINDS.get(type(slot.value)) == kind]


def _spare(ours: Sequence[Slot], theirs: Sequence[Slot], kind: str) -> Slot | None:
    """Return the value we state more often than they do: what is missing there may have been meant to be it."""
    for slot in reversed(_of(ours, kind)):
        if sum(_same(slot, one) for one in ours) > sum(_same(slot, one) for one in theirs) > 0:
            return slot
    return None


def _paired(
    kind: str, left: list[Slot], right: list[Slot], spare_left: Slot | None, spare_right: Slot | None
) -> Iterator[Difference]:
    for index in range(max(len(left), len(right))):
        source = left[index] if index < len(left) else spare_left
        target = right[index] if index < len(right) else spare_right
        yield Difference(kind, source, target)


_SUMMING_UP = re.compile(r"[二兩两三四五六七八九](?=[地方者岸])")


def _unsaid(difference: Difference, source: Passage, target: Passage) -> bool:
    """Whether a value that only one language has may be left unsaid in the other: 一名, both, 雙方, half, 今日, 粵港澳三地."""
    slot, passage = (difference.source, source) if difference.source else (difference.target, target)
    if slot and _SUMMING_UP.match(passage.plain, slot.start):
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
