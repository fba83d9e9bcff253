"""Characters of the other Chinese script in names, which keep them: 陳美琼 in a text in Traditional Chinese."""

from __future__ import annotations

import re
from functools import cache

from ipdocs.workspace import shipped_root

_TITLES = (
    "先生|女士|小姐|太太|博士|教授|議員|委員|主席|局長|署長|司長|處長|專員|"
    "校長|院長|會長|醫生|律師|大律師|法官|太平紳士|行政長官|總監|經理|主任"
)


def only_in_names(character: str) -> bool:
    """Whether a Simplified character is in Traditional Chinese only because of names."""
    return character in _surnames_and_own()[1]


def is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` belong to the given name of a person in Traditional Chinese.

    A surname precedes them, and they are of the few that only names have, or a title follows.
    """
    surnames, own = _surnames_and_own()
    before, after = text[max(start - 2, 0) : start], text[end : end + 6]
    if end - start > 1 or not re.search(f"[{surnames}][\u4e00-\u9fff]?$", before):
        return False
    return text[start:end] in own or re.match(f"[\u4e00-\u9fff]?(?:{_TITLES})", after) is not None


@cache
def japanese_name_characters() -> frozenset[str]:
    """Return the characters of Japanese names, which Chinese of either script keeps: 栃木."""
    return frozenset(_lines("names")[1])


@cache
def _surnames_and_own() -> tuple[str, str]:
    return "".join(_lines("surnames")), _lines("names")[0]


def _lines(name: str) -> list[str]:
    lines = (shipped_root() / "locales/characters" / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
