"""Bookmarks: invisible marks around blocks and on the targets of links, which survive editing in Word and LibreOffice.

A reviewed file can so be read back block by block: `bookmark_name` of a block's
data-block is the bookmark that spans the block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.files.ooxml.elements import element
from ipdocs.writers.docx.story import Story, closing, leading


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
