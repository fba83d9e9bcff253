"""Normalise texts for comparison, so that spaces, quotation marks and house spelling make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from ipdocs.locale.style import LanguageStyle, house_style
from ipdocs.locale.style_files import style_names
from ipdocs.workspace import Workspace

_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
# Full stops, commas and colons between figures are kept, because they belong to a number.
_PUNCTUATION = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[;!?\"'()\[\]*…]")
_CHINESE_PUNCTUATION = re.compile("[。，、；：！？「」『』（）《》〈〉·／]")


def normalise(text: str) -> str:
    """Return a text in Unicode normal form C, with each run of white space replaced by one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True)
class Spellings:
    """The common forms of words and phrases that house styles spell in several ways.

    Attributes:
        words: the common form of each word, keyed by spelling.
        phrases: the common form of each phrase, such as "per cent", keyed by spelling.
    """

    words: Mapping[str, str]
    phrases: Mapping[str, str]


def fold(text: str, spellings: Spellings) -> str:
    """Return a text with uniform quotation marks, dashes and spellings, to compare texts in different house styles."""
    plain_text = unicodedata.normalize("NFC", text).translate(_SIGNS).replace(',"', '",').replace('."', '".')
    return _replace_spellings(" ".join(plain_text.split()), spellings)


def without_punctuation(text: str) -> str:
    """Return a text without punctuation, because a change of punctuation rarely needs a new translation."""
    return " ".join(_PUNCTUATION.sub(" ", _CHINESE_PUNCTUATION.sub("", text)).split())


def _replace_spellings(text: str, spellings: Spellings) -> str:
    def respelled(match: re.Match[str]) -> str:
        form = _respelled_word(match[0], spellings)
        return (
            form
            if form != match[0] or "-" not in form
            else "-".join(_respelled_word(part, spellings) for part in form.split("-"))
        )

    for phrase, form in spellings.phrases.items():
        text = text.replace(phrase, form)
    return _WORD.sub(respelled, text)


def _respelled_word(word: str, spellings: Spellings) -> str:
    form = spellings.words.get(word)
    if form is not None:
        return form
    form = spellings.words.get(word.lower())
    if form is None:
        return word
    return form.upper() if word.isupper() else form[0].upper() + form[1:]


@cache
def spellings(workspace: Workspace) -> Spellings:
    """Return the common form of each word and phrase that the house styles of a workspace spell in several ways."""
    forms: dict[str, str] = {}
    for name in style_names(workspace):
        for style in house_style(name, workspace).languages.values():
            for pair in style.spelling:  # the common form is the one that comes first in alphabetical order
                first, second = (_final_form(forms, word) for word in pair)
                forms[max(first, second)] = forms[min(first, second)] = min(first, second)
    return _separate_phrases({word: _final_form(forms, word) for word in sorted(forms, key=len, reverse=True)})


def _separate_phrases(forms: Mapping[str, str]) -> Spellings:
    """Return common forms, keyed by spelling, with the phrases separate from the words."""
    phrases = {word: form for word, form in forms.items() if " " in word and word != form}
    return Spellings({word: form for word, form in forms.items() if " " not in word}, phrases)


def _final_form(forms: Mapping[str, str], word: str) -> str:
    """Return the form to which a chain of forms leads, such as c if the form of a is b, and the form of b is c."""
    while forms.get(word, word) != word:
        word = forms[word]
    return word


def respell(text: str, style: LanguageStyle) -> str:
    """Return a text with the spelling and outer quotation marks of a house style."""
    opening, closing = style.quotes[0]
    return _replace_spellings(
        text.translate({0x201C: opening, 0x201D: closing}), _separate_phrases({other: house for house, other in style.spelling})
    )


def index_key(key: str) -> int:
    """Return a 63-bit hash of a key, which fits into a positive SQLite integer."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
