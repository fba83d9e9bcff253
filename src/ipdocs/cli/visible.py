"""Show characters that control a terminal or reverse text as code points, or escape them."""

from __future__ import annotations

import json

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
TEXT = f"{SPACES}\n\t"
"""The unprintable characters that are kept in text of several lines."""


def visible(text: str, *, keep: str = SPACES) -> str:
    """Return text in which code points replace the unprintable characters, except the characters in `keep`."""
    if text.isprintable():
        return text
    return "".join(_visible_character(character, keep) for character in text)


def _visible_character(character: str, keep: str) -> str:
    if character.isprintable() or character in keep:
        return character
    return "⏎" if character == "\n" else f"<U+{ord(character):04X}>"


def as_json_text(text: str) -> str:
    """Return a JSON text with unprintable characters as JSON escapes, which mean the same."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in TEXT else json.dumps(character)[1:-1] for character in text
    )
