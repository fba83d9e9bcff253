"""The words of the interface: every one is translated, and none is a word that an office would not use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from opencc import OpenCC

from ipdocs.locale.catalogs import read_po

from .interface_words import interface_words, python_words, typescript_words

ROOT = Path(__file__).resolve().parents[2]
BANNED = re.compile(
    r"\b(YAML|JSON|parse[ds]?|splice|commit(ted)?|fuzzy|hash|regex|API|server|null|undefined|boolean|string)\b", re.I
)
"""Words that no screen may show."""


def catalog(language: str) -> dict[str, str]:
    messages = read_po(ROOT / f"locales/desk/{language}.po")
    return {str(entry.id): str(entry.string) for entry in messages if entry.id and not entry.fuzzy}


def names(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_the_words_are_found_in_the_code() -> None:
    script = 't("One", {a}); n(count, "{n} two", "{n} twos", {x}); const k = [{ does: "Three" }]; t(yes ? "Four" : "Five")'
    assert set(typescript_words(script)) == {"One", "{n} two", "{n} twos", "Three", "Four", "Five"}
    assert set(python_words('message("Six {a}", a=b); message("Seven" if x else "Eight"); other("Nine")')) == {
        "Six {a}",
        "Seven",
        "Eight",
    }
    assert len(interface_words()) > 300


@pytest.mark.parametrize("language", ["tc", "sc"])
def test_every_word_of_the_interface_is_translated(language: str) -> None:
    translated = catalog(language)
    assert {word: file for word, file in interface_words().items() if word and not translated.get(word)} == {}


@pytest.mark.parametrize("language", ["tc", "sc"])
def test_translations_have_the_same_names_in_braces(language: str) -> None:
    assert {english: text for english, text in catalog(language).items() if names(english) != names(text)} == {}


def test_the_catalogs_are_in_their_own_script() -> None:
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    assert {text for text in catalog("sc").values() if to_simplified.convert(text) != text} == set()
    common = "后裏里台面了干采系只卷沖准划制占游才秘"  # characters of both scripts
    for text in catalog("tc").values():
        changed = {old for old, new in zip(text, to_traditional.convert(text), strict=False) if old != new}
        assert changed <= set(common), text


def test_no_word_of_the_interface_is_technical() -> None:
    assert [word for word in interface_words() if BANNED.search(word)] == []
