"""The container that a handler writes into."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.numbering import Level
from ipdocs.writers.docx.story import Story


@dataclass(frozen=True, slots=True)
class Container:
    """A story to write to, and the space for it: `left` and `right` are indents, `width` is what remains, in pixels.

    `plain_style` is the style of paragraphs without a style of their own, `enclosing_class` the class of the block around.
    In a list, `levels` and `list_number` identify its numbering, and `list_depth` counts the lists around.
    `item_style` is the style of an item's first paragraph.
    """

    story: Story
    width: float
    left: float = 0.0
    right: float = 0.0
    plain_style: str = ""
    enclosing_class: str = ""
    item_style: str = ""
    levels: tuple[Level, ...] = ()
    list_number: int = 0
    list_depth: int = 0

    def content_box(self, style: Style) -> Container:
        """Return the container within a block's margins, borders and padding."""
        left, right = (
            sum(pixels(style[f"{part}_{side}"], self.width) for part in ("margin", "padding")) + _border_width(style, side)
            for side in ("left", "right")
        )
        return replace(self, left=self.left + left, right=self.right + right, width=self.width - left - right)


def _border_width(style: Style, side: str) -> float:
    return 0.0 if style[f"border_{side}_style"] in {"none", "hidden"} else float(style[f"border_{side}_width"])
