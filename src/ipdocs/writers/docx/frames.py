"""Boxes around paragraphs: margins that collapse, padding, and borders and backgrounds, which in Word belong to paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipdocs.files.ooxml.elements import Properties, points, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import Look, border, fill, pixels
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Gap, Paragraph, Story, closing, joined

_THIN = 20
"""Twentieths of a point: the least height of a line that Word's own dialogue takes."""


@dataclass(slots=True)
class Frame:
    """One block's box in a story: open it before its contents are added, close it behind them."""

    style: Style
    place: Place
    context: DocxContext
    since: int = 0
    outside: float = 0.0

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
            self.outside = self.story.gap.outside or 0.0
        elif padding := self._length("padding_top"):
            self.story.gap.padding(padding)

    def close(self) -> None:
        """End the box, and say its borders and background on the paragraphs it holds, or draw them on thin ones of their own."""
        whole = any(self._drawn(side) for side in ("left", "right"))
        said = [side for side in ("top", "bottom") if self._drawn(side)]
        ruled = [] if whole else [side for side in said if len(self.story.items) > self.since and not self._takes(side)]
        inside = self.story.gap.size()
        if "bottom" in ruled:
            self._rule_below()
        elif "bottom" in said:
            self.story.gap = Gap()
        elif padding := self._length("padding_bottom"):
            self.story.gap.padding(padding)
        self.story.gap.margin(self._length("margin_bottom"))
        if whole:
            self._enclose(inside)
        else:
            self._line_up([side for side in said if side not in ruled], inside)
        if "top" in ruled:
            self._rule_above()

    def _length(self, key: str) -> float:
        return pixels(self.style[key], self.place.width)

    def _drawn(self, side: str) -> bool:
        return border(self.style, side) != "nil" or fill(self.style) is not None

    def _takes(self, side: str) -> bool:
        """Whether the first or last item can have the box's top or bottom: a paragraph as wide, without borders of its own."""
        item = self.story.items[self.since if side == "top" else -1]
        if not isinstance(item, Paragraph):
            return False
        edges = {f"ind@{edge}": str(twips(getattr(self._edges(), edge))) for edge in ("left", "right")}
        return not item.box and all(item.look.paragraph[key] == at for key, at in edges.items())

    def _edges(self) -> Place:
        """Return the place that the lines at the top and bottom reach over: within the margins."""
        left, right = (self._length(f"margin_{side}") for side in ("left", "right"))
        return replace(self.place, left=self.place.left + left, right=self.place.right + right)

    def _rule_below(self) -> None:
        """Draw the bottom on a thin paragraph behind what the box holds, on the same page."""
        closing(self.story.items[-1]).say("keepNext", "1")
        self.story.gap.padding(self._length("padding_bottom"))
        rule(border(self.style, "bottom"), self.style, self._edges(), self.context)

    def _rule_above(self) -> None:
        """Draw the top on a thin paragraph before what the box holds, on the same page."""
        first = self.story.items[self.since]
        thin = _thin(border(self.style, "top"), self.style, self._edges(), self.context)
        thin.say("keepNext", "1")
        inset = 0.0 if isinstance(first, Paragraph) and first.box.get("pBdr/top") else first.inset
        left = self.story.insert(self.since, thin, self.outside)
        thin.after = max(0.0, left + self._length("padding_top") + inset - _THIN / 15)

    def _enclose(self, below: float) -> None:
        """Say all four borders and the background on each paragraph: those with equal borders and indents are one box in Word."""
        paragraphs = [item for item in self.story.items[self.since :] if isinstance(item, Paragraph)]
        for one in paragraphs:
            said: Properties = {f"pBdr/{side}": self._line(side, self._beside(one, side)) for side in ("left", "right")}
            said["pBdr/top"] = self._line("top", self._length("padding_top") + paragraphs[0].inset)
            said["pBdr/bottom"] = self._line("bottom", self._length("padding_bottom") + below)
            if background := fill(self.style):
                said["shd@fill"] = background
            one.look = Look(one.look.paragraph | said, one.look.run)
            one.direct = {key: value for key, value in one.direct.items() if not key.startswith("pBdr/")}
            one.apart = False
        apart = bool(paragraphs) and joined(self.story, self.since)
        for one in paragraphs:
            one.apart = apart

    def _line_up(self, sides: list[str], below: float) -> None:
        """Say the top on the first paragraph and the bottom on the last, in their looks where the box is one paragraph."""
        items = self.story.items
        for at, side in ((self.since, "top"), (len(items) - 1, "bottom")):
            if side in sides and at >= self.since and isinstance(one := items[at], Paragraph):
                space = self._length(f"padding_{side}") + (one.inset if side == "top" else below)
                said = {f"pBdr/{side}": self._line(side, space)}
                if len(items) == self.since + 1:
                    one.look = Look(one.look.paragraph | said, one.look.run)
                else:
                    one.direct |= said
                one.apart = joined(self.story, at)

    def _beside(self, paragraph: Paragraph, side: str) -> float:
        """Return the space from a border to a paragraph, which may be indented within the box."""
        inner = self.place.inside(self.style)
        edge = inner.left if side == "left" else inner.right
        return self._length(f"padding_{side}") + int(paragraph.look.paragraph[f"ind@{side}"]) / 15 - edge

    def _line(self, side: str, space: float) -> str:
        drawn = border(self.style, side, points(space))
        background = fill(self.style)
        return f"single 2 {min(31, points(space))} {background}" if drawn == "nil" and background else drawn


def rule(line: str, style: Style, place: Place, context: DocxContext, name: str = "ip-rule") -> None:
    """Add a line across a place: the border of a thin paragraph; what follows stands as far below as if that had no height."""
    thin = _thin(line, style, place, context, name)
    place.story.add(thin)
    thin.apart = joined(place.story, -1)
    place.story.gap.padding(-_THIN / 15)


def _thin(line: str, style: Style, place: Place, context: DocxContext, name: str = "ip-rule") -> Paragraph:
    look = context.look(style, place)
    said = {"spacing@line": str(_THIN), "spacing@lineRule": "exact", "pBdr/top": line}
    thin = Paragraph(name, Look(look.paragraph | said, look.run), [], language=context.language(style).code)
    return context.styles.request_style(thin)
