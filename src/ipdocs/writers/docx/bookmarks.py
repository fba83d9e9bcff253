"""Bookmarks around blocks and link targets, which survive editing in Word and LibreOffice.

They allow a reviewed file to be read back block by block: `bookmark_name` of a
block's data-block attribute is the bookmark that spans the block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.files.ooxml.elements import element
from ipdocs.writers.docx.story import Story, first_paragraph, last_paragraph


def contents_bookmark_name(target_id: str) -> str:
    """Return the bookmark of an id listed in a table of contents, in the form that Word uses for its own."""
    return f"_Toc{int(sha256(target_id.encode()).hexdigest(), 16) % 10**9:09d}"


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks of one file, each name once and numbered in order; `targets` are the names by id of link targets."""

    targets: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def target(self, target_id: str) -> str:
        """Return the bookmark for links to an id."""
        return self.targets.get(target_id) or bookmark_name(target_id, "to")

    def span(self, name: str, story: Story, start: int) -> None:
        """Put a bookmark around the items of a story from an index on, unless there are none or the name is taken."""
        if start >= len(story.items) or name in self._names:
            return
        self._names.add(name)
        number = str(len(self._names))
        first_paragraph(story.items[start]).content.insert(0, element("bookmarkStart", id=number, name=name))
        last_paragraph(story.items[-1]).content.append(element("bookmarkEnd", id=number))
