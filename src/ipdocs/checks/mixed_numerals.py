"""Chinese and Arabic numerals in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.values import KINDS
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.slot import Slot
from ipdocs.values.types import Count, Decimal, Integer, Ordinal

_CHINESE = re.compile("[一二三四五六七八九十百千兩]")
_COMPARED_KINDS = ("number", "percent", "money", "date", "time", "years")


def mixed_numerals(passage: Passage) -> Iterator[Violation]:
    """Find paragraphs with both Chinese and Arabic numerals.

    Labels, and Chinese numerals up to ten, are ignored. If the house style writes two kinds of values in different numerals,
    such as dates in figures and amounts in Chinese, a paragraph may contain both.
    """
    if not passage.language.is_chinese:
        return
    chinese_slots: dict[str, Slot] = {}
    arabic_slots: dict[str, Slot] = {}
    for slot in passage.slots:
        kind = KINDS.get(type(slot.value), "")
        if kind in _COMPARED_KINDS and not _is_exempt(slot):
            slots = chinese_slots if _CHINESE.search(slot.surface) else arabic_slots if re.search("[0-9]", slot.surface) else None
            if slots is not None:
                slots.setdefault(_group(kind, passage), slot)
    for group in chinese_slots.keys() & arabic_slots.keys():
        style = passage.section.numerals.number
        wrong_slot, right_slot = (
            (arabic_slots[group], chinese_slots[group]) if style == "chinese" else (chinese_slots[group], arabic_slots[group])
        )
        message = f"{wrong_slot.surface} and {right_slot.surface} are written in different numerals"
        hint = f"write {style.capitalize()} numerals, as the house style does"
        yield Violation(message, (Highlight(passage, wrong_slot.start, wrong_slot.end),), hint)


def _is_exempt(slot: Slot) -> bool:
    """Whether a value is a number up to ten in Chinese numerals, or a number such as 1.4億, in which only the unit is Chinese."""
    match slot.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= 10 and _CHINESE.search(slot.surface) is not None
        case Decimal():
            return slot.is_frozen
    return False


def _group(kind: str, passage: Passage) -> str:
    """Return the group of a kind of value; a paragraph must have the same numerals for all values of a group."""
    numerals = passage.section.numerals
    return str(getattr(numerals, kind)) if numerals.number == "chinese" else kind
