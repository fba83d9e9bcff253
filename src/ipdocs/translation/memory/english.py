"""English grammar around a replaced value: a or an, words or figures, singular or plural."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.locale.style import LanguageStyle
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.values.form import Form, Numerals
from ipdocs.values.types import Decimal, Integer, Value

_ARTICLE = re.compile(r"\b([Aa])n? $")
# Matches text whose pronunciation starts with a vowel, including numbers such as 8, 80, 11 and 18. A currency sign before a
# number is skipped, because it is pronounced after the number.
_VOWEL = re.compile(r"[$€£]?(?:8|1[18](?!\d))|(?!one\b|once\b)[aeio]", re.IGNORECASE)
# The article before a currency code stays, because codes differ in whether they start with a vowel when read aloud.
_LETTERS = re.compile(r"[A-Z]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]* |[\"“])$")


def with_article(before: str, surface: str) -> str:
    """Return the words before a number or name, with a final "a" or "an" corrected for the number or name."""
    match = _ARTICLE.search(before)
    if not match or _LETTERS.match(surface):
        return before
    return before[: match.start()] + match[1] + ("n " if _VOWEL.match(surface) else " ")


def keeps_noun_form(old: Value, new: Value) -> bool:
    """Whether the noun after a number keeps its form if the number changes; 0 and 1 may need a different form."""
    if not isinstance(old, Integer | Decimal) or not isinstance(new, Integer | Decimal):
        return True
    return old.number == new.number or not {old.number, new.number} & {0, 1}


def number_form(form: Form, old: Value | ProperName, new: Value, before: str, style: LanguageStyle) -> Form:
    """Return the form for a new number: in words if the house style writes only the new number in words.

    If the old number is in figures although the house style requires words, the new number is in figures, too. At the start
    of a sentence, the words start with a capital letter.

    Args:
        form: the form of the old number.
        old: the value in the stored text.
        new: the value that replaces it.
        before: the text before the number.
        section: the part of the house style for English.
    """
    if form.kind != "number" or form.numerals.scale or form.pattern != "{}" or not isinstance(new, Integer):
        return form
    old_number = old.number if isinstance(old, Integer) else 0
    if form.numerals.system == "arabic" and new.number <= style.words_to < old_number:
        starts_sentence = bool(_SENTENCE_START.search(before))
        numerals = Numerals("words", words_to=99 if starts_sentence else style.words_to, starts_with_capital=starts_sentence)
        return replace(form, numerals=numerals)
    return form
