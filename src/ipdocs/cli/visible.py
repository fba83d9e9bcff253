"""Characters that steer a terminal or turn a line round, shown or escaped instead of passed on."""

from __future__ import annotations

import json

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
TEXT = f"{SPACES}\n\t"
"""What a text of several lines may have besides printable characters."""


def visible(text: str, *, keep: str = SPACES) -> str:
    """Return text with the code points of unprintable characters in their place: controls, formats, lone surrogates."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in keep else "⏎" if one == "\n" else f"<U+{ord(one):04X}>" for one in text)


def as_json_text(text: str) -> str:
    """Return JSON in which those characters are escaped too; what it says stays the same."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(one if one.isprintable() or one in TEXT else json.dumps(one)[1:-1] for one in text)
