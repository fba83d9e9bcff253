"""What makes two texts the same to the memory: blanks, quotation marks and house spelling do not tell them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b

from ipdocs.locale.style import LanguageStyle, house_style, style_names
from ipdocs.workspace import Workspace

_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
# A stop is no part of a word's meaning, but it is of a number's.
_STOPS = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[;!?\"'()\[\]*…。，、；：！？「」『』（）《》〈〉·／]")


def plain(text: str) -> str:
    """Return a text with blanks made one, so that line breaks and composed characters do not tell texts apart."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str, spellings: Mapping[str, str]) -> str:
    """Return a text with one form for each quotation mark, dash and word that house styles spell differently."""
    signs = unicodedata.normalize("NFC", text).translate(_SIGNS).replace(',"', '",').replace('."', '".')
    return _respelt(" ".join(signs.split()), spellings)


def without_stops(text: str) -> str:
    """Return a text without its punctuation, which may change and leave a translation right."""
    return " ".join(_STOPS.sub(" ", text).split())


def _respelt(text: str, spellings: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        whole = _cased(match[0], spellings)
        return whole if whole != match[0] or "-" not in whole else "-".join(_cased(part, spellings) for part in whole.split("-"))

    return _WORD.sub(word, _phrases(text, spellings))


def _phrases(text: str, spellings: Mapping[str, str]) -> str:
    for phrase, form in spellings.items():
        if " " in phrase and phrase in text:
            text = text.replace(phrase, form)
    return text


def _cased(word: str, spellings: Mapping[str, str]) -> str:
    form = spellings.get(word) or spellings.get(word.lower())
    if form is None or word in spellings:
        return form or word
    return form.upper() if word.isupper() else form[0].upper() + form[1:]


@cache
def spellings(workspace: Workspace) -> Mapping[str, str]:
    """Return one form for every word that the house styles spell in several ways; a form stands for itself."""
    forms: dict[str, str] = {}
    for name in style_names(workspace):
        for section in house_style(name, workspace).languages.values():
            for pair in section.spelling:
                first, second = (_end(forms, word) for word in pair)
                forms[max(first, second)] = forms[min(first, second)] = min(first, second)
    return {word: _end(forms, word) for word in sorted(forms, key=len, reverse=True)}


def _end(forms: Mapping[str, str], word: str) -> str:
    while forms.get(word, word) != word:
        word = forms[word]
    return word


def spelt(text: str, section: LanguageStyle) -> str:
    """Return a text in a house style's spelling."""
    return _respelt(text, {wrong: right for right, wrong in section.spelling})


def number_of(key: str) -> int:
    """Return a key as a number of 63 bits, for an index."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
