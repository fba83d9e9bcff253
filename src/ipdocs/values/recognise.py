"""Values in text: found from left to right, each with its span and the form it is written in."""

from __future__ import annotations

from ipdocs.locale.language import Language
from ipdocs.values import chinese, english
from ipdocs.values.fields import Groups, field_groups
from ipdocs.values.ranges import share_units
from ipdocs.values.setting import Setting
from ipdocs.values.slot import NumeralReading, Slot

LONGEST = 80
"""Characters of a value: what is longer is no quantity that a person would write."""


def recognise(text: str, where: Language | Setting) -> list[Slot]:
    """Return the values that a text states, in its order.

    A setting gives what text leaves open: a missing year comes from the day of issue, and digits are grouped as the style
    does. Labels (Cap. 559) are slots of their own, idioms (一帶一路) none, and what stands in {{ }} or an address is not read.
    """
    chosen = where if isinstance(where, Language) else where.language
    language = chinese if chosen.is_chinese else english
    reading = _reading(where, field_groups(language.value_pattern()))
    slots = []
    for match in language.value_pattern().finditer(text):
        reader = language.READERS.get(match.lastgroup or "")
        if len(match[0]) > LONGEST:
            continue
        if reader and (slot := reader(match, reading)):
            slots.append(slot)
    return share_units(text, slots)


def _reading(where: Language | Setting, groups: Groups) -> NumeralReading:
    if isinstance(where, Language):
        return NumeralReading(where.babel if where.is_chinese else english.LOCALE, groups, currency=_currency(where))
    section = where.section
    return NumeralReading(
        section.cldr,
        groups,
        number=section.number,
        words_to=section.words_to if section.numerals.count == "words" else 0,
        zero=section.zero.in_numbers if section.zero else "零",
        zero_in_years=section.zero.in_years if section.zero else "○",
        currency=_currency(where.language),
        issued=where.issued,
    )


def _currency(language: Language) -> str:
    """Return what 元 or $ alone means: the Mainland's yuan in its own Chinese, else the Hong Kong dollar."""
    return "CNY" if language.tag.endswith("-CN") else "HKD"
