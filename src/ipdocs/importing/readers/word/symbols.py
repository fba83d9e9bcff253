"""Characters of symbol fonts, such as Symbol and Wingdings, as Unicode characters."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import local_name, qualified_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_PRIVATE = re.compile("[\uf020-\uf0ff]")
"""The private-use characters at which Word keeps the characters of a symbol font."""


@cache
def _tables() -> dict[str, dict[int, str]]:
    """Return the Unicode character for each code of each symbol font, keyed by the name of the font in lower case."""
    tables: dict[str, dict[int, str]] = {}
    for line in (files(__package__) / "symbols.csv").read_text("utf-8").splitlines()[1:]:
        font, code, characters = line.split(",", 2)
        for offset, character in enumerate(characters.split(" ")):
            if character:
                tables.setdefault(font, {})[int(code, 16) + offset] = character
    return tables


def from_symbol_font(font: str, code: int) -> str | None:
    """Return the Unicode character for a character of a font; None if the font or the character is unknown.

    Args:
        font: the name of the font.
        code: the code of the character; Word adds F000 (hexadecimal) to the codes of symbol fonts.
    """
    if code in (0x20, 0xF020):
        return " "
    table = _tables().get(font.strip().lower())
    if table is None:
        # Word also writes w:sym for characters of ordinary fonts.
        return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE or 0x10000 <= code < 0x110000 else None
    return table.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)


def symbol_text(element: _Element) -> str | None:
    """Return the Unicode character of a w:sym element; None if it is unknown."""
    code = element.get(qualified_name("char"), "")
    if not re.fullmatch("[0-9A-Fa-f]{1,6}", code):
        return None
    return from_symbol_font(element.get(qualified_name("font"), ""), int(code, 16))


def character_text(element: _Element, text: str) -> str:
    """Return the text of an element, with Unicode characters in place of private-use characters of a symbol font."""
    if not _PRIVATE.search(text):
        return text
    run = element.getparent()
    fonts = [
        name
        for properties in (run if run is not None else ())
        if local_name(properties) == "rPr"
        for child in properties
        if local_name(child) == "rFonts"
        for name in map(str, child.attrib.values())
        if name.strip().lower() in _tables()
    ]
    font = fonts[0] if fonts else "symbol"
    return _PRIVATE.sub(lambda match: from_symbol_font(font, ord(match[0])) or match[0], text)
