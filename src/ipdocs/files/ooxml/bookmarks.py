"""Names of bookmarks in Word files."""

from __future__ import annotations

import re
from hashlib import sha256

LIMIT = 40
"""Characters in a bookmark's name, by the specification."""


_SIGNS = {"-": "_", ":": "X", "/": "S", ".": "D"}


def bookmark_name(mark: str, kind: str = "ip") -> str:
    """Return the bookmark of a block ('en:lead' is ipXenXlead) or a link's target (kind 'to'): letters, digits and underscores.

    Ids are lower case, so capitals are free to stand for signs; what is too
    long ends with a digest. Equal marks have equal names and others differ.
    """
    name = f"{kind}X" + re.sub(r"[^a-z0-9]", lambda sign: _SIGNS.get(sign[0], f"U{ord(sign[0]):x}U"), mark)
    if len(name) <= LIMIT:
        return name
    return f"{name[: LIMIT - 13]}H{sha256(mark.encode()).hexdigest()[:12]}"
