"""Forbidden characters: invisible characters, direction marks, and code points without a fixed meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RANGES_BY_CODE = {
    "control-character": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f",
    "bidirectional-control": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "surrogate": "\ud800-\udfff",
    "private-use-character": "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "noncharacter": "\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)),
}
"""Character ranges for a regular expression, keyed by the code of the finding."""

_FORBIDDEN = re.compile("|".join(f"(?P<{code.replace('-', '_')}>[{ranges}])" for code, ranges in _RANGES_BY_CODE.items()))
_HINTS_BY_CODE = {
    "control-character": "delete it; it is invisible",
    "bidirectional-control": "delete it; it changes the direction of the text",
    "surrogate": "write the character itself",
    "private-use-character": "write a standard character, or use a picture; this character looks different in each font",
    "noncharacter": "delete it; it is not a character",
}


def forbidden_characters(text: str, start: int = 0) -> Iterator[tuple[int, str, str, str]]:
    """Yield the offset, code, message and hint for each forbidden character at or after `start`."""
    for match in _FORBIDDEN.finditer(text, start):
        code = str(match.lastgroup).replace("_", "-")
        yield match.start(), code, f"{character_name(match[0])} is not allowed in a source", _HINTS_BY_CODE[code]


def replace_forbidden(text: str) -> str:
    """Replace each forbidden character with U+FFFD, so that the text around it can still be parsed."""
    return _FORBIDDEN.sub("\ufffd", text)


def character_name(character: str) -> str:
    """Return the code point and Unicode name of a character, such as U+202E RIGHT-TO-LEFT OVERRIDE."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
