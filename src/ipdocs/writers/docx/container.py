"""The container that a handler writes a block into."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.numbering import Level
from ipdocs.writers.docx.story import Story


@dataclass(frozen=True, slots=True)
class Container:
    """A story to write to, and the horizontal space for it.

    Attributes:
        story: the story.
        width: the width between the indents in pixels.
        left: the left indent in pixels.
        right: the right indent in pixels.
        plain_style: the style of plain paragraphs.
        enclosing_style: the style name from the class of the nearest enclosing block that has a class.
        item_style: the style of the first paragraph of a list item.
        levels: the numbering levels of the list.
        list_number: the number of the list's <w:num>.
        list_depth: the number of lists around the content, including this list.
    """

    story: Story
    width: float
    left: float = 0.0
    right: float = 0.0
    plain_style: str = ""
    enclosing_style: str = ""
    item_style: str = ""
    levels: tuple[Level, ...] = ()
    list_number: int = 0
    list_depth: int = 0

    def content_box(self, style: Style) -> Container:
        """Return the container inside the margins, borders and padding of a block."""
        left, right = (
            sum(pixels(style[f"{part}_{side}"], self.width) for part in ("margin", "padding")) + _border_width(style, side)
            for side in ("left", "right")
        )
        return replace(self, left=self.left + left, right=self.right + right, width=self.width - left - right)


def _border_width(style: Style, side: str) -> float:
    return 0.0 if style[f"border_{side}_style"] in {"none", "hidden"} else float(style[f"border_{side}_width"])
