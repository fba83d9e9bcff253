"""The place in the layout that a handler writes at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.numbering import Level
from ipdocs.writers.docx.story import Story


@dataclass(frozen=True, slots=True)
class Place:
    """Where a handler writes: a story, the space at its sides and the width left between them, in pixels.

    `name` is the style for plain paragraphs here, `around` the class of what
    stands around, by which to tell them from others. In a list, `levels` and
    `number` are its definition and its number, `item` the name of the style of
    an item's first paragraph, and `depth` how deep it lies.
    """

    story: Story
    width: float
    left: float = 0.0
    right: float = 0.0
    name: str = ""
    around: str = ""
    item: str = ""
    levels: tuple[Level, ...] = ()
    number: int = 0
    depth: int = 0

    def inside(self, style: Style) -> Place:
        """Return the place within a block's margins, borders and padding."""
        left, right = (
            sum(pixels(style[f"{part}_{side}"], self.width) for part in ("margin", "padding")) + _border(style, side)
            for side in ("left", "right")
        )
        return replace(self, left=self.left + left, right=self.right + right, width=self.width - left - right)


def _border(style: Style, side: str) -> float:
    return 0.0 if style[f"border_{side}_style"] in {"none", "hidden"} else float(style[f"border_{side}_width"])
