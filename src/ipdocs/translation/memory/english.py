"""What English asks of the words around a fact that has changed: a or an, seven or 14, one case or many."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.locale.style import LanguageStyle
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.form import Form, Numerals
from ipdocs.values.types import Decimal, Integer, Value

_ARTICLE = re.compile(r"\b([Aa])n? $")
# What is spoken with a vowel first: eight, eleven, 8, 80 and 8,000, 11 and 18 of anything. A dollar sign is spoken last.
_VOWEL = re.compile(r"[$€£]?(?:8|1[18](?!\d))|(?!one\b|once\b)[aeio]", re.IGNORECASE)
# A currency's letters are spoken first, each in its own way: the article before them stays.
_LETTERS = re.compile(r"[A-Z]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]* |[\"“])$")


def with_article(before: str, surface: str) -> str:
    """Return the words before a number or name with the a or an that it asks for, if they end in one."""
    match = _ARTICLE.search(before)
    if not match or _LETTERS.match(surface):
        return before
    return before[: match.start()] + match[1] + ("n " if _VOWEL.match(surface) else " ")


def keeps_noun_form(before: Value, after: Value) -> bool:
    """Whether a noun stays as it is when a number changes: one case is not fourteen cases, and none is another sentence."""
    if not isinstance(before, Integer | Decimal) or not isinstance(after, Integer | Decimal):
        return True
    return before.number == after.number or (1 not in (before.number, after.number) and 0 not in (before.number, after.number))


def number_form(form: Form, old: Value | ProperName, new: Value, before: str, section: LanguageStyle) -> Form:
    """Return the form of a new number that a house style writes otherwise than the old: nine in words, 10 in figures.

    before is what stands in front of it. A text that has a small number in figures keeps its own way.
    """
    if form.kind != "number" or form.numerals.scale or form.pattern != "{}" or not isinstance(new, Integer):
        return form
    stood = old.number if isinstance(old, Integer) else 0
    if form.numerals.system == "arabic" and new.number <= section.words_to < stood:
        begins = bool(_SENTENCE_START.search(before))
        return replace(form, numerals=Numerals("words", most=99 if begins else section.words_to, capital=begins))
    return form
