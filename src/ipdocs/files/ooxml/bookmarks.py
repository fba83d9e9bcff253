"""Names for bookmarks in Word files."""

from __future__ import annotations

import re
from hashlib import sha256

LIMIT = 40
"""Maximum number of characters in the name of a bookmark (ECMA-376 Part 1, section 17.13.6.2)."""


_SIGNS = {"-": "_", ":": "X", "/": "S", ".": "D"}


def bookmark_name(mark: str, kind: str = "ip") -> str:
    """Return the bookmark name for a block or the target of a link: only letters, digits and underscores.

    Ids are lower case, so capitals can stand for other characters. A name that would be too long ends in a hash.
    Different marks have different names.

    Args:
        mark: The target of a link, or the language and id of a block; 'en:lead' becomes ipXenXlead.
        kind: 'ip' for a block, 'to' for the target of a link.
    """
    name = f"{kind}X" + re.sub(r"[^a-z0-9]", lambda match: _SIGNS.get(match[0], f"U{ord(match[0]):x}U"), mark)
    if len(name) <= LIMIT:
        return name
    return f"{name[: LIMIT - 13]}H{sha256(mark.encode()).hexdigest()[:12]}"
