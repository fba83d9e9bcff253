"""English grammar around a changed fact: a or an, words or figures, singular or plural."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.locale.style import LanguageStyle
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.form import Form, Numerals
from ipdocs.values.types import Decimal, Integer, Value

_ARTICLE = re.compile(r"\b([Aa])n? $")
# Pronounced with a vowel first: eight, eleven, 8, 80 and 8,000, 11 and 18 of anything. A dollar sign is pronounced last.
_VOWEL = re.compile(r"[$€£]?(?:8|1[18](?!\d))|(?!one\b|once\b)[aeio]", re.IGNORECASE)
# The article before a currency code stays: its letters are pronounced first, and that varies from code to code.
_LETTERS = re.compile(r"[A-Z]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]* |[\"“])$")


def with_article(before: str, surface: str) -> str:
    """Return the words before a number or name; if they end in an article, it becomes the right one of a and an."""
    match = _ARTICLE.search(before)
    if not match or _LETTERS.match(surface):
        return before
    return before[: match.start()] + match[1] + ("n " if _VOWEL.match(surface) else " ")


def keeps_noun_form(old: Value, new: Value) -> bool:
    """Whether a noun keeps its form when its number changes: 1 and 0 need other words than larger numbers."""
    if not isinstance(old, Integer | Decimal) or not isinstance(new, Integer | Decimal):
        return True
    return old.number == new.number or not {old.number, new.number} & {0, 1}


def number_form(form: Form, old: Value | ProperName, new: Value, before: str, section: LanguageStyle) -> Form:
    """Return the form of a new number: words up to the limit of the house style, if the old one was above that limit.

    A text that has a small number in figures keeps figures. A sentence (`before` ends where one begins) starts with a
    capital letter and spells out numbers up to 99.
    """
    if form.kind != "number" or form.numerals.scale or form.pattern != "{}" or not isinstance(new, Integer):
        return form
    old_number = old.number if isinstance(old, Integer) else 0
    if form.numerals.system == "arabic" and new.number <= section.words_to < old_number:
        starts_sentence = bool(_SENTENCE_START.search(before))
        numerals = Numerals("words", most=99 if starts_sentence else section.words_to, capital=starts_sentence)
        return replace(form, numerals=numerals)
    return form
