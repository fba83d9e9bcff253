"""Names of bookmarks in Word files."""

from __future__ import annotations

import re
from hashlib import sha256

LIMIT = 40
"""How many characters a bookmark's name may have (ECMA-376 Part 1, section 17.13.6.2)."""


_SIGNS = {"-": "_", ":": "X", "/": "S", ".": "D"}


def bookmark_name(mark: str, kind: str = "ip") -> str:
    """Return the name of the bookmark of a block or a link's target, of letters, digits and underscores.

    Ids are lower case, so capitals can stand for other characters. A name that is too long ends in a digest.
    Different marks have different names.

    Args:
        mark: The language and id of a block, such as 'en:lead', which becomes ipXenXlead; or the target of a link.
        kind: 'ip' for a block, 'to' for the target of a link.
    """
    name = f"{kind}X" + re.sub(r"[^a-z0-9]", lambda match: _SIGNS.get(match[0], f"U{ord(match[0]):x}U"), mark)
    if len(name) <= LIMIT:
        return name
    return f"{name[: LIMIT - 13]}H{sha256(mark.encode()).hexdigest()[:12]}"
