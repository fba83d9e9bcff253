"""Unprintable characters, such as terminal control codes: shown as code points in text, escaped in JSON."""

from __future__ import annotations

import json

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""The spaces that Python counts as unprintable."""

WHITE_SPACE = f"{SPACES}\n\t"
"""The white space that is kept in text of several lines."""


def visible(text: str, *, keep: str = SPACES) -> str:
    """Return a text with code points in place of its unprintable characters, except the characters in `keep`."""
    if text.isprintable():
        return text
    return "".join(_visible_character(character, keep) for character in text)


def _visible_character(character: str, keep: str) -> str:
    if character.isprintable() or character in keep:
        return character
    return "⏎" if character == "\n" else f"<U+{ord(character):04X}>"


def escape_json(text: str) -> str:
    """Return a JSON text in which unprintable characters are escaped; the text still has the same meaning."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in WHITE_SPACE else json.dumps(character)[1:-1] for character in text
    )
