"""The formats of paragraphs and runs of a Word file: styles, lists, emphasis and hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.text import parse_whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.files.ooxml.package import Package
    from ipdocs.model.inline import ScriptPosition

_LIST_STYLES = {"bullet": "bullet", "decimal": "number", "lowerLetter": "letter", "upperLetter": "letter", "lowerRoman": "roman"}
_POSITIONS: dict[str, ScriptPosition] = {"superscript": "superscript", "subscript": "subscript"}
_HEADING = re.compile(r"heading ?([1-9])", re.I)
ParagraphKind = Literal["title", "heading", "paragraph", "item", "quotation", "caption"]


@dataclass(frozen=True, slots=True)
class InlineFormat:
    """The format of a run, as far as a source can express it.

    Attributes:
        strong: whether the run is bold.
        emphasis: whether the run is italic.
        is_hidden: whether the run is hidden.
        position: whether the run is superscript or subscript; None if it is neither.
        link: the address to which the run leads; empty if it is no link.
    """

    strong: bool = False
    emphasis: bool = False
    is_hidden: bool = False
    position: ScriptPosition | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """The format of a paragraph.

    Attributes:
        style: the name of the style, in lower case.
        outline: the outline level from 1; 0 for ordinary text.
        list_style: the style of the list, or empty if the paragraph is not a list item.
        list_level: the depth of the list item, from 0.
    """

    style: str = ""
    outline: int = 0
    list_style: str = ""
    list_level: int = 0


@dataclass(slots=True)
class Formats:
    """The styles and lists of a Word file.

    Attributes:
        styles: the name and outline level of each style, keyed by style id.
        list_styles: the list style, keyed by list id and level.
    """

    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    list_styles: dict[tuple[str, str], str] = field(default_factory=dict)

    def paragraph(self, paragraph: _Element) -> BlockFormat:
        """Return the format of a paragraph."""
        name, outline = self.styles.get(_value(paragraph, "pPr/pStyle"), ("", 0))
        own_level = _value(paragraph, "pPr/outlineLvl")
        outline = _number(own_level) + 1 if own_level else outline
        list_id, level = _value(paragraph, "pPr/numPr/numId"), _value(paragraph, "pPr/numPr/ilvl") or "0"
        if not list_id or list_id == "0":
            return BlockFormat(name.lower(), outline)
        return BlockFormat(name.lower(), outline, self.list_styles.get((list_id, level), "bullet"), _number(level))

    def run(self, run: _Element, context: InlineFormat) -> InlineFormat:
        """Return the format of a run in a context, such as a link."""
        properties = run.find(qualified_name("rPr"))
        if properties is None:
            return context
        return replace(
            context,
            strong=_is_on(properties, "b"),
            emphasis=_is_on(properties, "i"),
            is_hidden=context.is_hidden or _is_on(properties, "vanish"),
            position=_POSITIONS.get(_value(run, "rPr/vertAlign")),
        )


def read_formats(package: Package) -> Formats:
    """Read the styles and lists of a Word file."""
    return Formats(_styles(package), _list_styles(package))


def _styles(package: Package) -> dict[str, tuple[str, int]]:
    """Return the name and outline level of each style, keyed by id; the level is 0 if the style has none."""
    root, styles = package.root("word/styles.xml"), {}
    for style in root.iter(qualified_name("style")) if root is not None else ():
        name = _value(style, "name")
        level = style.find(f"{qualified_name('pPr')}/{qualified_name('outlineLvl')}")
        heading = _HEADING.fullmatch(name)
        outline = _number(level.get(qualified_name("val"))) + 1 if level is not None else int(heading[1]) if heading else 0
        styles[style.get(qualified_name("styleId"), "")] = (name, outline)
    return styles


def _number(text: str | None) -> int:
    return max(parse_whole_number(text) or 0, 0)


def _list_styles(package: Package) -> dict[tuple[str, str], str]:
    """Return the list style of each list level, keyed by list id and level."""
    root = package.root("word/numbering.xml")
    if root is None:
        return {}
    definitions = {
        element.get(qualified_name("abstractNumId"), ""): element for element in root.iter(qualified_name("abstractNum"))
    }
    list_styles: dict[tuple[str, str], str] = {}
    for numbering in root.iter(qualified_name("num")):
        definition = definitions.get(_value(numbering, "abstractNumId"))
        for level in definition.iter(qualified_name("lvl")) if definition is not None else ():
            list_style = _LIST_STYLES.get(_value(level, "numFmt"), "number")
            list_styles[numbering.get(qualified_name("numId"), ""), level.get(qualified_name("ilvl"), "")] = list_style
    return list_styles


def _value(element: _Element, path: str) -> str:
    """Return the `w:val` attribute of the descendant at a path such as "pPr/pStyle", or "" if it is missing."""
    descendant = element.find("/".join(qualified_name(part) for part in path.split("/")))
    return descendant.get(qualified_name("val"), "") if descendant is not None else ""


def _is_on(properties: _Element, tag: str) -> bool:
    """Whether a toggle property, such as `b` for bold, is on."""
    toggle = properties.find(qualified_name(tag))
    return toggle is not None and toggle.get(qualified_name("val"), "1") not in ("0", "false", "none", "off")
