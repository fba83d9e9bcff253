"""Turn CSS boxes around paragraphs into paragraph formatting: Word has borders and backgrounds only on paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipdocs.files.ooxml.elements import Properties, points, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import WIDEST_SPACE, ParagraphFormat, background, border, pixels
from ipdocs.writers.docx.story import Gap, Story, StoryParagraph, is_merged_with_previous, last_paragraph

_MIN_LINE_HEIGHT = 20
"""The smallest line height that Word's Paragraph dialog accepts, in twentieths of a point."""


@dataclass(slots=True)
class BlockBox:
    """The box of one block in a story: call `open` before its contents are added, `close` afterwards.

    `start` is the index of the first item in the box. `space_outside` is the gap above the top border in pixels.
    """

    style: Style
    container: Container
    context: DocxContext
    start: int = 0
    space_outside: float = 0.0

    @property
    def story(self) -> Story:
        """The story of the container."""
        return self.container.story

    def open(self) -> None:
        """Begin the box: add its top margin, then its top border or padding, so that inner margins stay inside."""
        self.start = len(self.story.items)
        self.story.gap.add_margin(self._length("margin_top"))
        if self._is_drawn("top"):
            self.story.gap.add_border()
            self.space_outside = self.story.gap.outside or 0.0
        elif padding := self._length("padding_top"):
            self.story.gap.add_padding(padding)

    def close(self) -> None:
        """End the box: set its borders and background on its paragraphs, or add thin paragraphs for the borders."""
        has_side_borders = any(self._is_drawn(side) for side in ("left", "right"))
        drawn_sides = [side for side in ("top", "bottom") if self._is_drawn(side)]
        is_empty = len(self.story.items) == self.start
        separate_sides = (
            [] if has_side_borders or is_empty else [side for side in drawn_sides if not self._can_carry_border(side)]
        )
        space_inside = self.story.gap.size()
        if "bottom" in separate_sides:
            self._add_bottom_line()
        elif "bottom" in drawn_sides:
            self.story.gap = Gap()
        elif padding := self._length("padding_bottom"):
            self.story.gap.add_padding(padding)
        self.story.gap.add_margin(self._length("margin_bottom"))
        if has_side_borders:
            self._enclose(space_inside)
        else:
            self._set_borders([side for side in drawn_sides if side not in separate_sides], space_inside)
        if "top" in separate_sides:
            self._insert_top_line()

    def _length(self, key: str) -> float:
        return pixels(self.style[key], self.container.width)

    def _is_drawn(self, side: str) -> bool:
        return border(self.style, side) != "nil" or background(self.style) is not None

    def _can_carry_border(self, side: str) -> bool:
        """Whether the first or last item can carry the border: it is a paragraph as wide as the box, without a border."""
        item = self.story.items[self.start if side == "top" else -1]
        if not isinstance(item, StoryParagraph):
            return False
        box = self._border_box()
        indents = {"ind@left": str(twips(box.left)), "ind@right": str(twips(box.right))}
        return not item.box_properties and all(item.format.paragraph[key] == indent for key, indent in indents.items())

    def _border_box(self) -> Container:
        """Return the container inside the margins of the box; it is as wide as the top and bottom borders."""
        left, right = (self._length(f"margin_{side}") for side in ("left", "right"))
        return replace(self.container, left=self.container.left + left, right=self.container.right + right)

    def _add_bottom_line(self) -> None:
        """Add a thin paragraph for the bottom border, on the same page as the paragraph above."""
        last_paragraph(self.story.items[-1]).set_property("keepNext", "1")
        self.story.gap.add_padding(self._length("padding_bottom"))
        add_line(border(self.style, "bottom"), self.style, self._border_box(), self.context)

    def _insert_top_line(self) -> None:
        """Insert a thin paragraph for the top border, on the same page as the paragraph below."""
        first_item = self.story.items[self.start]
        line_paragraph = _thin_paragraph(border(self.style, "top"), self.style, self._border_box(), self.context)
        line_paragraph.set_property("keepNext", "1")
        has_top_border = isinstance(first_item, StoryParagraph) and first_item.box_properties.get("pBdr/top")
        inset = 0.0 if has_top_border else first_item.inset
        space_below = self.story.insert(self.start, line_paragraph, self.space_outside)
        line_paragraph.space_after = max(0.0, space_below + self._length("padding_top") + inset - _MIN_LINE_HEIGHT / 15)

    def _enclose(self, space_inside: float) -> None:
        """Set borders and background on each paragraph; Word draws one box around paragraphs with equal borders and indents."""
        paragraphs = [item for item in self.story.items[self.start :] if isinstance(item, StoryParagraph)]
        for paragraph in paragraphs:
            properties: Properties = {
                f"pBdr/{side}": self._border(side, self._side_space(paragraph, side)) for side in ("left", "right")
            }
            properties["pBdr/top"] = self._border("top", self._length("padding_top") + paragraphs[0].inset)
            properties["pBdr/bottom"] = self._border("bottom", self._length("padding_bottom") + space_inside)
            if colour := background(self.style):
                properties["shd@fill"] = colour
            paragraph.format = ParagraphFormat(paragraph.format.paragraph | properties, paragraph.format.run)
            paragraph.direct = {key: value for key, value in paragraph.direct.items() if not key.startswith("pBdr/")}
            paragraph.needs_distinct_borders = False
        needs_distinct_borders = bool(paragraphs) and is_merged_with_previous(self.story, self.start)
        for paragraph in paragraphs:
            paragraph.needs_distinct_borders = needs_distinct_borders

    def _set_borders(self, sides: list[str], space_inside: float) -> None:
        """Set the top border on the first paragraph and the bottom border on the last.

        If the box has a single paragraph, the borders belong to the paragraph's style. `space_inside` is
        the gap above the bottom padding in pixels.
        """
        items = self.story.items
        for index, side in ((self.start, "top"), (len(items) - 1, "bottom")):
            if side in sides and index >= self.start and isinstance(paragraph := items[index], StoryParagraph):
                space = self._length(f"padding_{side}") + (paragraph.inset if side == "top" else space_inside)
                properties = {f"pBdr/{side}": self._border(side, space)}
                if len(items) == self.start + 1:
                    paragraph.format = ParagraphFormat(paragraph.format.paragraph | properties, paragraph.format.run)
                else:
                    paragraph.direct |= properties
                paragraph.needs_distinct_borders = is_merged_with_previous(self.story, index)

    def _side_space(self, paragraph: StoryParagraph, side: str) -> float:
        """Return the space from a side border to a paragraph in pixels; the paragraph may be indented within the box."""
        content_box = self.container.content_box(self.style)
        edge = content_box.left if side == "left" else content_box.right
        return self._length(f"padding_{side}") + int(paragraph.format.paragraph[f"ind@{side}"]) / 15 - edge

    def _border(self, side: str, space: float) -> str:
        border_text = border(self.style, side, points(space))
        colour = background(self.style)
        return f"single 2 {min(WIDEST_SPACE, points(space))} {colour}" if border_text == "nil" and colour else border_text


def add_line(border_text: str, style: Style, container: Container, context: DocxContext, name: str = "ip-rule") -> None:
    """Add a line across a container as the border of a thin paragraph, and subtract the paragraph's height from the gap below."""
    line_paragraph = _thin_paragraph(border_text, style, container, context, name)
    container.story.add(line_paragraph)
    line_paragraph.needs_distinct_borders = is_merged_with_previous(container.story, -1)
    container.story.gap.add_padding(-_MIN_LINE_HEIGHT / 15)


def _thin_paragraph(
    border_text: str, style: Style, container: Container, context: DocxContext, name: str = "ip-rule"
) -> StoryParagraph:
    base = context.paragraph_format(style, container)
    properties = {"spacing@line": str(_MIN_LINE_HEIGHT), "spacing@lineRule": "exact", "pBdr/top": border_text}
    paragraph_format = ParagraphFormat(base.paragraph | properties, base.run)
    line_paragraph = StoryParagraph(name, paragraph_format, [], language=context.language(style).code)
    return context.styles.request_style(line_paragraph)
