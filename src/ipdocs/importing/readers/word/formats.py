"""The formats of paragraphs and runs of a Word file, as far as a source can express them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.files.ooxml.numbering import ListCounter
from ipdocs.files.ooxml.styles import ParagraphProperties, Styles
from ipdocs.importing.formatting import EMPHASIS, STRONG, Codes, link_codes, with_tidy_formatting
from ipdocs.source.characters import replace_forbidden
from ipdocs.source.segment import Code, Segment, join_words, shift_code, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.model.inline import ScriptPosition

BlockKind = Literal["title", "heading", "paragraph", "item", "quotation", "caption"]
_QUOTATION_STYLES = frozenset(("quote", "intense quote", "block text", "quotations"))
_DEEPER_LIST = re.compile("list (?:bullet|number) ([2-5])")
_POSITIONS: dict[str, ScriptPosition] = {"superscript": "superscript", "subscript": "subscript"}


@dataclass(frozen=True, slots=True)
class InlineFormat:
    """The format of a run.

    Attributes:
        strong: whether the run is bold.
        emphasis: whether the run is italic.
        is_hidden: whether the run is hidden.
        is_struck: whether the run is struck through.
        position: whether the run is superscript or subscript; None if it is neither.
        link: the address to which the run leads; empty if it is no link.
    """

    strong: bool = False
    emphasis: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    position: ScriptPosition | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class FormattedPart:
    """Text or a code in a paragraph, with its format."""

    part: str | Code
    format: InlineFormat


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """The format of a paragraph.

    Attributes:
        kind: the kind of paragraph.
        level: the level of a heading from 1, or the depth of a list item from 0.
        list_style: the style of the list of an item.
        number: the number of a list item; 0 if it has none.
        number_text: the number that Word shows before a heading, or "Article 2:" before an item.
        has_rule: whether a line is drawn above or below the paragraph.
        properties: the effective properties of the paragraph.
    """

    kind: BlockKind = "paragraph"
    level: int = 0
    list_style: str = "bullet"
    number: int = 0
    number_text: str = ""
    has_rule: bool = False
    properties: ParagraphProperties = field(default_factory=ParagraphProperties)

    @property
    def is_styled(self) -> bool:
        """Whether the template decides how the paragraph looks, so bold or italic type in its style means nothing."""
        return self.kind in ("title", "heading", "quotation", "caption")


@dataclass(slots=True)
class Formats:
    """The styles and lists of a Word file.

    Attributes:
        styles: the styles.
        counter: the counter of list items.
    """

    styles: Styles
    counter: ListCounter

    def block(self, paragraph: _Element) -> BlockFormat:
        """Return the format of the next paragraph of the file."""
        properties = self.styles.paragraph_properties(paragraph)
        names = properties.style_names
        number_text = list_style = ""
        number = 0
        has_words = False
        if properties.list_id:
            numbering = self.styles.numbering
            counted = self.counter.count(properties.list_id, properties.list_level)
            definition = numbering.level(properties.list_id, properties.list_level)
            list_style = definition.list_style if definition is not None else "bullet"
            has_words = definition is not None and definition.has_words
            if counted is not None and (has_words or list_style not in ("", "bullet")):
                number_text = counted.text
                number = counted.number
        is_title = "title" in names and names[0] != "subtitle"
        if is_title or properties.outline_level is not None:
            level = 0 if is_title or properties.outline_level is None else properties.outline_level + 1
            kind: BlockKind = "title" if level == 0 else "heading"
            return BlockFormat(kind, level, number_text=number_text, properties=properties)
        if has_words:
            return BlockFormat(number_text=number_text, properties=properties)
        if list_style:
            level = properties.list_level or _level_of_style(names)
            return BlockFormat("item", level, list_style, number, properties=properties)
        if not _QUOTATION_STYLES.isdisjoint(names):
            return BlockFormat("quotation", properties=properties)
        kind = "caption" if "caption" in names else "paragraph"
        return BlockFormat(kind, has_rule="horizontal line" in names or _has_line(paragraph), properties=properties)

    def inline(self, run: _Element, block: BlockFormat, context: InlineFormat) -> InlineFormat:
        """Return the format of a run in a context, such as a link."""
        properties = self.styles.run_properties(run, block.properties)
        of_style = block.properties.run
        return InlineFormat(
            strong=properties.is_bold and not (block.is_styled and of_style.is_bold),
            emphasis=properties.is_italic and not (block.is_styled and of_style.is_italic),
            is_hidden=context.is_hidden or properties.is_hidden,
            is_struck=properties.is_struck,
            position=_POSITIONS.get(properties.vertical),
            link=context.link,
        )


def _level_of_style(names: tuple[str, ...]) -> int:
    """Return the depth that Word's styles such as "List Bullet 2" state; each of them has a list of its own, without levels."""
    return next((int(style[1]) - 1 for name in names if (style := _DEEPER_LIST.fullmatch(name))), 0)


def _has_line(paragraph: _Element) -> bool:
    """Whether a paragraph has a border at its top or bottom only."""
    borders = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('pBdr')}")
    shown = {
        local_name(border)
        for border in (() if borders is None else borders)
        if border.get(qualified_name("val")) not in ("nil", "none")
    }
    return bool(shown) and shown <= {"top", "bottom", "between"}


def to_segment(parts: list[FormattedPart], *, is_styled: bool = False) -> Segment:
    """Return formatted text as a segment.

    Args:
        parts: the text and its format.
        is_styled: whether the template decides how the paragraph looks, so emphasis on all of its words means nothing.
    """
    words = [part.format for part in parts if isinstance(part.part, str) and part.part.strip()]
    is_plain = all(isinstance(part.part, str) for part in parts) and all(word == _PLAIN for word in words)
    if is_plain:
        text = "".join(replace_forbidden(part.part) for part in parts if isinstance(part.part, str))
        return tidy(join_words((_WIDE_SPACES.sub("\u3000", text.strip()),)))
    ignored = {name for name in ("strong", "emphasis") if is_styled and all(getattr(word_format, name) for word_format in words)}
    return with_tidy_formatting(code for part in parts for code in _with_codes(part, ignored))


_PLAIN = InlineFormat()
_WIDE_SPACES = re.compile("[ \u3000]*\u3000[ \u3000]*")
"""Ideographic spaces, several of which space out the words of a line."""


def _with_codes(part: FormattedPart, ignored: Iterable[str]) -> Iterator[str | Code]:
    """Yield a part between the codes for its format."""
    style = part.format
    pairs: list[Codes] = []
    if style.link and (codes := link_codes(style.link)):
        pairs.append(codes)
    if style.emphasis and "emphasis" not in ignored:
        pairs.append(EMPHASIS)
    if style.strong and "strong" not in ignored:
        pairs.append(STRONG)
    if style.position:
        pairs.append((shift_code(style.position, "open"), shift_code(style.position, "close")))
    yield from (opening for opening, _ in pairs)
    yield part.part
    yield from (closing for _, closing in reversed(pairs))
