"""Bookmarks: invisible marks around blocks and on the targets of links, which survive editing in Word and LibreOffice.

A reviewed file can so be read back block by block: `bookmark_name` of a block's
data-block is the bookmark that spans the block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

from ipdocs.writers.docx.ooxml import element
from ipdocs.writers.docx.story import Story, closing, leading

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


def contents_name(address: str) -> str:
    """Return the bookmark of an id that a table of contents lists, named as Word names those it makes itself."""
    return f"_Toc{int(sha256(address.encode()).hexdigest(), 16) % 10**9:09d}"


@dataclass(slots=True)
class Marks:
    """The bookmarks of one file: each name once, numbered in order; `targets` are the names of ids that links lead to."""

    targets: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def target(self, address: str) -> str:
        """Return the bookmark that a link to an id leads to."""
        return self.targets.get(address) or bookmark_name(address, "to")

    def span(self, name: str, story: Story, since: int) -> None:
        """Put a bookmark around all that a story got since it held `since` items; nothing for an empty block or a second use."""
        if since >= len(story.items) or name in self._names:
            return
        self._names.add(name)
        number = str(len(self._names))
        leading(story.items[since]).content.insert(0, element("bookmarkStart", id=number, name=name))
        closing(story.items[-1]).content.append(element("bookmarkEnd", id=number))
