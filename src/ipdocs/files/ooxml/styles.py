"""Effective properties of paragraphs and runs in Word files: their own, those of their styles, and the defaults of the file.

Sources: ECMA-376 Part 1, sections 17.7.2 (style hierarchy), 17.7.3 (toggle properties), 17.9.3 and 17.9.23 (numbering in styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.numbering import LEVEL_COUNT, ListNumbering, read_numbering
from ipdocs.files.ooxml.text import child_value, is_on, parse_whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.files.ooxml.package import Package

TOGGLES = ("b", "i", "strike", "dstrike", "vanish")
"""The toggle properties that are read: each is on, off or not stated, and styles that both state it cancel each other out."""

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_SHIFTS = ("superscript", "subscript")
_BODY_LEVEL = 9
"""The outline level that means body text."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style of a Word file, with its own properties only.

    Attributes:
        id: The id of the style.
        kind: The type of the style: paragraph, character, table or numbering.
        name: The name of the style in lower case.
        base_id: The id of the style that it is based on; empty if there is none.
        link_id: The id of the character style of a paragraph style, or the reverse; empty if there is none.
        outline_level: The outline level from 0, or 9 for body text; None if the style does not state it.
        list_id: The id of its list, "0" for no list; empty if the style does not state it.
        list_level: The level in the list from 0; None if the style does not state it.
        toggles: The states of the toggle properties that the style states.
        vertical: "superscript", "subscript" or "baseline"; empty if the style does not state it.
        has_first_row: Whether a table style gives the first row a look of its own.
    """

    id: str
    kind: str
    name: str
    base_id: str
    link_id: str
    outline_level: int | None
    list_id: str
    list_level: int | None
    toggles: Mapping[str, bool]
    vertical: str
    has_first_row: bool = False


@dataclass(frozen=True, slots=True)
class RunProperties:
    """The effective properties of a run.

    Attributes:
        is_bold: Whether the text is bold.
        is_italic: Whether the text is in italics.
        is_hidden: Whether the text is hidden.
        is_struck: Whether the text is struck through.
        vertical: "superscript" or "subscript"; empty for text on the line.
    """

    is_bold: bool = False
    is_italic: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    vertical: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphProperties:
    """The effective properties of a paragraph.

    Attributes:
        style_ids: The ids of its style, of the style that this is based on, and so on.
        style_names: The names of these styles in lower case.
        outline_level: The outline level from 0; None for body text.
        list_id: The id of its list; empty if it is in no list.
        list_level: The level in the list, from 0.
        run: The properties that the style gives to runs that state nothing themselves.
    """

    style_ids: tuple[str, ...] = ()
    style_names: tuple[str, ...] = ()
    outline_level: int | None = None
    list_id: str = ""
    list_level: int = 0
    run: RunProperties = field(default_factory=RunProperties)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles and lists of a Word file.

    Attributes:
        by_id: The styles, keyed by id.
        default_ids: The id of the default style, keyed by kind.
        default_toggles: The states of the toggle properties that the defaults of the file state.
        numbering: The lists of the file.
    """

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default_ids: Mapping[str, str] = field(default_factory=dict)
    default_toggles: Mapping[str, bool] = field(default_factory=dict)
    numbering: ListNumbering = field(default_factory=ListNumbering)
    _chains: dict[tuple[str, str], tuple[Style, ...]] = field(default_factory=dict)

    def chain(self, style_id: str, kind: str) -> tuple[Style, ...]:
        """Return a style, the style that it is based on, and so on; the chain of the default style if there is no such style.

        Args:
            style_id: The id of the style; empty for the default style.
            kind: The kind of style: paragraph or character. The linked style is used for a style of the other kind.
        """
        key = style_id, kind
        if key not in self._chains:
            self._chains[key] = tuple(self._bases(style_id, kind))
        return self._chains[key]

    def _bases(self, style_id: str, kind: str) -> Iterator[Style]:
        style = self.by_id.get(style_id)
        if style is not None and style.kind != kind:
            style = self.by_id.get(style.link_id)
        if style is None or style.kind != kind:
            style = self.by_id.get(self.default_ids.get(kind, ""))
        visited: set[str] = set()
        while style is not None and style.id not in visited and style.kind == kind:
            visited.add(style.id)
            yield style
            style = self.by_id.get(style.base_id)

    def paragraph_properties(self, paragraph: _Element) -> ParagraphProperties:
        """Return the effective properties of a paragraph."""
        properties = paragraph.find(qualified_name("pPr"))
        chain = self.chain(child_value(properties, "pStyle"), "paragraph")
        list_id, list_level = self._list(properties, chain)
        return ParagraphProperties(
            tuple(style.id for style in chain),
            tuple(style.name for style in chain),
            _outline_level(properties, chain),
            list_id,
            list_level,
            self._run_properties(None, chain, ()),
        )

    def run_properties(self, run: _Element, paragraph: ParagraphProperties) -> RunProperties:
        """Return the effective properties of a run, from the properties of its paragraph."""
        properties = run.find(qualified_name("rPr"))
        if properties is None:
            return paragraph.run
        style_id = child_value(properties, "rStyle")
        return self._run_properties(
            properties,
            self.chain(paragraph.style_ids[0], "paragraph") if paragraph.style_ids else (),
            self.chain(style_id, "character") if style_id else (),
        )

    def _run_properties(self, own: _Element | None, paragraph: tuple[Style, ...], character: tuple[Style, ...]) -> RunProperties:
        own_toggles = _toggles(own)

        def is_toggled(name: str) -> bool:
            if name in own_toggles:
                return own_toggles[name]
            states = (
                next((style.toggles[name] for style in chain if name in style.toggles), False) for chain in (paragraph, character)
            )
            return self.default_toggles.get(name, False) or sum(states) == 1

        verticals = (child_value(own, "vertAlign"), *(style.vertical for style in (*character, *paragraph)))
        vertical = next(filter(None, verticals), "")
        if vertical not in _SHIFTS:
            vertical = _shift_of_position(own)
        is_struck = is_toggled("strike") or is_toggled("dstrike")
        return RunProperties(is_toggled("b"), is_toggled("i"), is_toggled("vanish"), is_struck, vertical)

    def _list(self, properties: _Element | None, chain: tuple[Style, ...]) -> tuple[str, int]:
        """Return the list and the level of a paragraph; the list is empty if the paragraph is in none."""
        own = properties.find(qualified_name("numPr")) if properties is not None else None
        own_id, own_level = child_value(own, "numId"), parse_whole_number(child_value(own, "ilvl"))
        list_id = own_id or next((style.list_id for style in chain if style.list_id), "")
        if not list_id or list_id not in self.numbering.lists:
            return "", 0
        level = own_level
        if level is None and not own_id:
            level = self.numbering.level_of_style(list_id, tuple(style.id for style in chain))
        if level is None and not own_id:
            level = next((style.list_level for style in chain if style.list_level is not None), None)
        return list_id, min(max(level or 0, 0), LEVEL_COUNT - 1)


def read_styles(package: Package) -> Styles:
    """Read the styles and the lists of a Word file."""
    root = package.root("word/styles.xml")
    elements = list(root.iterchildren(qualified_name("style"))) if root is not None else []
    by_id: dict[str, Style] = {}
    default_ids: dict[str, str] = {}
    for element in elements:
        style = _read_style(element)
        by_id.setdefault(style.id, style)
        if element.get(qualified_name("default")) in ("1", "true", "on"):
            default_ids.setdefault(style.kind, style.id)
    defaults = None if root is None else root.find("/".join(map(qualified_name, ("docDefaults", "rPrDefault", "rPr"))))
    style_lists = {style.id: style.list_id for style in by_id.values() if style.list_id}
    numbering = read_numbering(package.root("word/numbering.xml"), style_lists)
    return Styles(by_id, default_ids, _toggles(defaults), numbering)


def _read_style(element: _Element) -> Style:
    paragraph, run = element.find(qualified_name("pPr")), element.find(qualified_name("rPr"))
    numbering = paragraph.find(qualified_name("numPr")) if paragraph is not None else None
    return Style(
        id=element.get(qualified_name("styleId"), ""),
        kind=element.get(qualified_name("type"), "paragraph"),
        name=child_value(element, "name").strip().lower(),
        base_id=child_value(element, "basedOn"),
        link_id=child_value(element, "link"),
        outline_level=parse_whole_number(child_value(paragraph, "outlineLvl")),
        list_id=child_value(numbering, "numId"),
        list_level=parse_whole_number(child_value(numbering, "ilvl")),
        toggles=_toggles(run),
        vertical=child_value(run, "vertAlign"),
        has_first_row=any(
            part.get(qualified_name("type")) == "firstRow" and any(len(properties) for properties in part)
            for part in element.iterchildren(qualified_name("tblStylePr"))
        ),
    )


def _shift_of_position(properties: _Element | None) -> str:
    """Return "superscript" or "subscript" if run properties raise or lower text of another size, as in LibreOffice."""
    position = re.fullmatch("(-?)0*[1-9][0-9]*", child_value(properties, "position"))
    if position is None or not child_value(properties, "sz"):
        return ""
    return "subscript" if position[1] else "superscript"


def _toggles(properties: _Element | None) -> dict[str, bool]:
    """Return the states of the toggle properties that run properties state."""
    if properties is None:
        return {}
    elements = {name: properties.find(qualified_name(name)) for name in TOGGLES}
    return {name: is_on(element) for name, element in elements.items() if element is not None}


def _outline_level(properties: _Element | None, chain: tuple[Style, ...]) -> int | None:
    """Return the outline level of a paragraph from 0; None for body text. The name of a heading style states a level, too."""
    level = parse_whole_number(child_value(properties, "outlineLvl"))
    for style in chain:
        if level is not None:
            break
        heading = _HEADING.fullmatch(style.name)
        level = style.outline_level if style.outline_level is not None or heading is None else int(heading[1]) - 1
    return level if level is not None and 0 <= level < _BODY_LEVEL else None
