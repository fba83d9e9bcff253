"""Characters that no source may hold: those nobody sees, those that turn lines round, those without a meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_KINDS = {
    "control-character": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f",
    "bidirectional-control": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "surrogate": "\ud800-\udfff",
    "private-use-character": "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "noncharacter": "\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)),
}
"""Ranges of a regular expression, by the code of the finding that refuses them."""

_REFUSED = re.compile("|".join(f"(?P<{code.replace('-', '_')}>[{ranges}])" for code, ranges in _KINDS.items()))
_HINTS = {
    "control-character": "delete it; nobody can see it",
    "bidirectional-control": "delete it: it makes text read otherwise than it is written",
    "surrogate": "write the character itself",
    "private-use-character": "no two fonts show it alike; write a character that has a meaning, or its picture",
    "noncharacter": "delete it; it is no character",
}


def refused_characters(text: str, start: int = 0) -> Iterator[tuple[int, str, str, str]]:
    """Yield the offset, code, message and hint of each character from start on that a source may not hold."""
    for match in _REFUSED.finditer(text, start):
        code = str(match.lastgroup).replace("_", "-")
        yield match.start(), code, f"{character_name(match[0])} may not stand in a source", _HINTS[code]


def replace_refused(text: str) -> str:
    """Return text with U+FFFD for each refused character, so that what stands around them can still be read."""
    return _REFUSED.sub("\ufffd", text)


def character_name(character: str) -> str:
    """Return a character's code point, with its name if it has one: U+202E RIGHT-TO-LEFT OVERRIDE."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
