"""Bookmarks around blocks and link targets; they survive editing in Word and LibreOffice.

They allow a reviewed file to be read back block by block. `bookmark_name` makes the
name of the bookmark around a block from the block's data-block attribute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.files.ooxml.elements import element
from ipdocs.writers.docx.story import Story, first_paragraph, last_paragraph


def contents_bookmark_name(target_id: str) -> str:
    """Return the bookmark name for an id in a table of contents, in the form of Word's own bookmarks (_Toc…)."""
    return f"_Toc{int(sha256(target_id.encode()).hexdigest(), 16) % 10**9:09d}"


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks of one file, each with a unique name. `targets` maps ids of link targets to bookmark names."""

    targets: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def name_for_links(self, target_id: str) -> str:
        """Return the bookmark name for links to an id."""
        return self.targets.get(target_id) or bookmark_name(target_id, "to")

    def add(self, name: str, story: Story, start: int) -> None:
        """Put a bookmark around the items of a story from `start`; do nothing if there are none or the name is in use."""
        if start >= len(story.items) or name in self._names:
            return
        self._names.add(name)
        bookmark_id = str(len(self._names))
        first_paragraph(story.items[start]).content.insert(0, element("bookmarkStart", id=bookmark_id, name=name))
        last_paragraph(story.items[-1]).content.append(element("bookmarkEnd", id=bookmark_id))
