"""Names for bookmarks in Word files."""

from __future__ import annotations

import re
from hashlib import sha256

MAX_LENGTH = 40
"""Maximum number of characters in the name of a bookmark (ECMA-376 Part 1, section 17.13.6.2)."""


_SUBSTITUTES = {"-": "_", ":": "X", "/": "S", ".": "D"}


def bookmark_name(identifier: str, kind: str = "ip") -> str:
    """Return the name of a bookmark, which encloses a block or the target of a link: letters, digits and underscores.

    Ids are lower case, so capitals can represent other characters. A name that would be too long ends in a hash.
    Different identifiers get different names.

    Args:
        identifier: The id of the target of a link, or the language and id of a block; 'en:lead' becomes ipXenXlead.
        kind: 'ip' for a block, 'to' for the target of a link.
    """
    name = f"{kind}X" + re.sub(r"[^a-z0-9]", lambda match: _SUBSTITUTES.get(match[0], f"U{ord(match[0]):x}U"), identifier)
    if len(name) <= MAX_LENGTH:
        return name
    return f"{name[: MAX_LENGTH - 13]}H{sha256(identifier.encode()).hexdigest()[:12]}"
