"""Boxes around paragraphs: margins that collapse, padding, and borders and backgrounds, which in Word belong to paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.render.cascade import Style
from ipdocs.writers.docx.looks import SIDES, Look, border, fill, pixels
from ipdocs.writers.docx.ooxml import Properties, points
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Gap, Paragraph, Story


@dataclass(slots=True)
class Frame:
    """One block's box in a story: open it before its contents are added, close it behind them."""

    style: Style
    place: Place
    since: int = 0

    @property
    def story(self) -> Story:
        """The story the box stands in."""
        return self.place.story

    def open(self) -> None:
        """Begin the box: its margin, and an edge that margins inside do not cross when it has a border or padding."""
        self.since = len(self.story.items)
        self.story.gap.margin(self._length("margin_top"))
        if self._drawn("top"):
            self.story.gap.edge()
        elif padding := self._length("padding_top"):
            self.story.gap.padding(padding)

    def close(self) -> None:
        """End the box, and say its borders and background on the paragraphs it holds."""
        inside = self.story.gap.size()
        if self._drawn("bottom"):
            self.story.gap = Gap()
        elif padding := self._length("padding_bottom"):
            self.story.gap.padding(padding)
        self.story.gap.margin(self._length("margin_bottom"))
        if any(self._drawn(side) for side in SIDES):
            self._draw([item for item in self.story.items[self.since :] if isinstance(item, Paragraph)], inside)

    def _length(self, key: str) -> float:
        return pixels(self.style[key], self.place.width)

    def _drawn(self, side: str) -> bool:
        return border(self.style, side) != "nil" or fill(self.style) is not None

    def _draw(self, paragraphs: list[Paragraph], below: float) -> None:
        """Say the box on each paragraph: the sides on all, the top on the first and the bottom on the last.

        Paragraphs with equal borders and indents are one box in Word, so a box
        with sides or a background says all four borders on each.
        """
        if not paragraphs:
            return
        whole = any(self._drawn(side) for side in ("left", "right"))
        for one in paragraphs:
            said: Properties = (
                {f"pBdr/{side}": self._line(side, self._beside(one, side)) for side in ("left", "right")} if whole else {}
            )
            if whole or one is paragraphs[0]:
                said["pBdr/top"] = self._line("top", self._length("padding_top") + paragraphs[0].inset)
            if whole or one is paragraphs[-1]:
                said["pBdr/bottom"] = self._line("bottom", self._length("padding_bottom") + below)
            if background := fill(self.style):
                said["shd@fill"] = background
            if whole or len(paragraphs) == 1:
                one.look = Look(one.look.paragraph | said, one.look.run)
            else:
                one.direct |= said

    def _beside(self, paragraph: Paragraph, side: str) -> float:
        """Return the space from a border to a paragraph, which may be indented within the box."""
        inner = self.place.inside(self.style)
        edge = inner.left if side == "left" else inner.right
        return self._length(f"padding_{side}") + int(paragraph.look.paragraph[f"ind@{side}"]) / 15 - edge

    def _line(self, side: str, space: float) -> str:
        drawn = border(self.style, side, points(space))
        background = fill(self.style)
        return f"single 2 {min(31, points(space))} {background}" if drawn == "nil" and background else drawn
