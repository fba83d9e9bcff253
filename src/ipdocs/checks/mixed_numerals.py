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
_COMPARED = ("number", "percent", "money", "date", "time", "years")


def mixed_numerals(passage: Passage) -> Iterator[Violation]:
    """Find a paragraph whose numbers are written in both ways.

    Numbers to ten are words in Chinese whatever the style, and labels keep their figures; kinds that the house style
    writes differently (dates in figures, amounts in Chinese) may stand together.
    """
    if not passage.language.is_chinese:
        return
    chinese: dict[str, Slot] = {}
    arabic: dict[str, Slot] = {}
    for slot in passage.slots:
        kind = KINDS.get(type(slot.value), "")
        if kind in _COMPARED and not _is_small(slot):
            side = chinese if _CHINESE.search(slot.surface) else arabic if re.search("[0-9]", slot.surface) else None
            if side is not None:
                side.setdefault(_group(kind, passage), slot)
    for group in chinese.keys() & arabic.keys():
        style = passage.section.numerals.number
        odd, other = (arabic[group], chinese[group]) if style == "chinese" else (chinese[group], arabic[group])
        message = f"{odd.surface} and {other.surface} are written with different numerals"
        yield Violation(message, (Highlight(passage, odd.start, odd.end),), f"the house style writes {style} numerals")


def _is_small(slot: Slot) -> bool:
    """Whether it is a number to ten, which is written as a word, or 1.4億, whose unit alone is Chinese."""
    match slot.value:
        case Integer(number) | Count(number) | Ordinal(number):
            return number <= 10 and _CHINESE.search(slot.surface) is not None
        case Decimal():
            return slot.is_frozen
    return False


def _group(kind: str, passage: Passage) -> str:
    """Return what kinds are compared with each other: those the house style gives the same numerals."""
    numerals = passage.section.numerals
    return str(getattr(numerals, kind)) if numerals.number == "chinese" else kind
