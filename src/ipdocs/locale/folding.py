"""What makes two texts the same to the memory: blanks, quotation marks and house spelling do not tell them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from ipdocs.locale.style import LanguageStyle, house_style, style_names
from ipdocs.workspace import Workspace

_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
# A stop is no part of a word's meaning, but it is of a number's.
_STOPS = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[;!?\"'()\[\]*…]")
_CHINESE_STOPS = re.compile("[。，、；：！？「」『』（）《》〈〉·／]")


def normalise(text: str) -> str:
    """Return a text with blanks made one, so that line breaks and composed characters do not tell texts apart."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True)
class Spellings:
    """One form for every word that house styles spell in several ways, and for every phrase (per cent) apart."""

    words: Mapping[str, str]
    phrases: Mapping[str, str]


def fold(text: str, spellings: Spellings) -> str:
    """Return a text with one form for each quotation mark, dash and word that house styles spell differently."""
    signs = unicodedata.normalize("NFC", text).translate(_SIGNS).replace(',"', '",').replace('."', '".')
    return _respelt(" ".join(signs.split()), spellings)


def without_punctuation(text: str) -> str:
    """Return a text without its punctuation, which may change and leave a translation right."""
    return " ".join(_STOPS.sub(" ", _CHINESE_STOPS.sub("", text)).split())


def _respelt(text: str, spellings: Spellings) -> str:
    def word(match: re.Match[str]) -> str:
        whole = _cased(match[0], spellings)
        return whole if whole != match[0] or "-" not in whole else "-".join(_cased(part, spellings) for part in whole.split("-"))

    for phrase, form in spellings.phrases.items():
        text = text.replace(phrase, form)
    return _WORD.sub(word, text)


def _cased(word: str, spellings: Spellings) -> str:
    form = spellings.words.get(word)
    if form is not None:
        return form
    form = spellings.words.get(word.lower())
    if form is None:
        return word
    return form.upper() if word.isupper() else form[0].upper() + form[1:]


@cache
def spellings(workspace: Workspace) -> Spellings:
    """Return one form for every word and phrase that the house styles spell in several ways; a form stands for itself."""
    forms: dict[str, str] = {}
    for name in style_names(workspace):
        for section in house_style(name, workspace).languages.values():
            for pair in section.spelling:
                first, second = (_end(forms, word) for word in pair)
                forms[max(first, second)] = forms[min(first, second)] = min(first, second)
    return _parted({word: _end(forms, word) for word in sorted(forms, key=len, reverse=True)})


def _parted(forms: Mapping[str, str]) -> Spellings:
    phrases = {word: form for word, form in forms.items() if " " in word and word != form}
    return Spellings({word: form for word, form in forms.items() if " " not in word}, phrases)


def _end(forms: Mapping[str, str], word: str) -> str:
    while forms.get(word, word) != word:
        word = forms[word]
    return word


def respell(text: str, section: LanguageStyle) -> str:
    """Return a text in a house style's spelling and outer quotation marks."""
    opening, closing = section.quotes[0]
    return _respelt(
        text.translate({0x201C: opening, 0x201D: closing}), _parted({wrong: right for right, wrong in section.spelling})
    )


def index_key(key: str) -> int:
    """Return a key as a number of 63 bits, for an index."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
