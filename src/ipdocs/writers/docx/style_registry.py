"""The registry that assigns named Word styles to paragraph formats.

Paragraphs first request style names. At the end, the commonest format among the
requests for a name gets this name. Any other format gets a variant of the name, with
the code of another language or with a number. So most plain paragraphs are
"Body Text", and Chinese paragraphs beside English are "Body Text tc".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties
from ipdocs.writers.docx.css_to_properties import ParagraphFormat
from ipdocs.writers.docx.story import StoryParagraph

SPACING = ("spacing@before", "spacing@after")
"""Properties that are ignored when formats are compared, since spacing depends on the neighbours of a paragraph."""

_BUILT_IN = {
    name: name
    for name in (
        "Normal", "Title", "Body Text", "Quote", "TOC Heading", "Hyperlink",
        *(f"{kind}{level}" for kind in ("List Bullet", "List Number", "List Continue") for level in ("", " 2", " 3", " 4", " 5")),
    )
} | {
    name: name.lower()
    for name in (
        "Heading 1", "Heading 2", "Heading 3", "Caption", "Header", "Footer", "Footnote Text", "Footnote Reference",
        "TOC 1", "TOC 2", "TOC 3",
    )
}  # fmt: skip
"""Word's built-in styles: the names that Word shows, and the names in files."""


@dataclass(slots=True)
class StyleRegistry:
    """The styles of one document: paragraphs request styles, `assign_styles` assigns them, `elements` writes them.

    `normal` is the format of the style Normal. `letterhead_ids` has the ids of a letterhead's styles, keyed by the name in
    lower case; these styles stay as they are.

    `_formats` has the format of each style in use, and `_bases` the requested name that each variant is based on.
    """

    normal: ParagraphFormat
    letterhead_ids: dict[str, str] = field(default_factory=dict)
    _requests: list[StoryParagraph] = field(default_factory=list)
    _formats: dict[str, ParagraphFormat] = field(default_factory=dict)
    _bases: dict[str, str] = field(default_factory=dict)
    _character_styles: dict[str, Properties] = field(default_factory=dict)

    def style_id(self, name: str) -> str:
        """Return the id of a style: the id in the letterhead, or else the name without spaces, as in Word."""
        return self.letterhead_ids.get(_BUILT_IN.get(name, name).lower()) or name.replace(" ", "")

    def is_letterhead_style(self, name: str) -> bool:
        """Whether the letterhead has a style of this name."""
        return _BUILT_IN.get(name, name).lower() in self.letterhead_ids

    @property
    def uses_letterhead_styles(self) -> bool:
        """Whether a style in use comes from the letterhead."""
        return any(map(self.is_letterhead_style, self._formats))

    def request_style(self, paragraph: StoryParagraph) -> StoryParagraph:
        """Register a paragraph that needs a style, and return it."""
        self._requests.append(paragraph)
        return paragraph

    def character_style(self, requested: str, changes: Properties) -> str:
        """Return the id of the character style with the given properties; its name is the requested name or a variant."""
        for name in _variants(requested):
            if self._character_styles.setdefault(name, changes) == changes:
                return self.style_id(name)
        raise AssertionError("the variants of a name never end")

    def assign_styles(self) -> None:
        """Assign a style to every paragraph, starting with the commonest formats."""
        requests = [(paragraph.requested_style, _format_key(paragraph.format), paragraph) for paragraph in self._requests]
        counts = Counter((name, key) for name, key, _ in requests)

        def priority(request: tuple[str, tuple[object, ...], StoryParagraph]) -> tuple[bool, int]:
            name, key, paragraph = request
            return bool(paragraph.preferred_style), -counts[name, key]

        # The format and the language that own each name; no format owns Normal.
        owners: dict[str, tuple[object, str]] = {"Normal": (None, "")}
        # The name assigned to each combination of requested style, preferred style and format.
        assigned_names: dict[tuple[str, str, object], str] = {}
        for requested, key, paragraph in sorted(requests, key=priority):
            preferred = paragraph.preferred_style
            has_same_format = preferred in owners and owners[preferred][0] == key
            name = preferred if has_same_format else assigned_names.get((requested, preferred, key))
            if name is None:
                name = self._available_name(requested, paragraph.language, key, owners)
                assigned_names[requested, preferred, key] = name
                self._formats.setdefault(name, paragraph.format)
                if name != requested:
                    self._bases[name] = requested
            paragraph.style_id = self.style_id(name)
            if not self.is_letterhead_style(name):
                _set_spacing(paragraph, self._formats[name])
            if paragraph.needs_distinct_borders:
                own_properties = {} if self.is_letterhead_style(name) else paragraph.format.paragraph
                paragraph.direct |= _distinct_borders(own_properties | paragraph.direct)

    def _available_name(self, requested: str, language: str, key: object, owners: dict[str, tuple[object, str]]) -> str:
        """Return the first free name for a format: the requested name, or a variant with a language code or number."""
        if self.is_letterhead_style(requested):
            return requested
        owner_key, owner_language = owners.setdefault(requested, (key, language))
        if owner_key == key:
            return requested
        stem = requested if owner_language == language else f"{requested} {language}"
        return next(name for name in _variants(stem) if owners.setdefault(name, (key, language))[0] == key)

    def elements(self) -> Iterator[etree._Element]:
        """Yield a <w:style> for Normal and for each style in use, except styles of the letterhead."""
        if not self.is_letterhead_style("Normal"):
            yield self._paragraph_style_element("Normal", self.normal)
        for name, paragraph_format in self._formats.items():
            if not self.is_letterhead_style(name):
                yield self._paragraph_style_element(name, paragraph_format)
        for name, changes in self._character_styles.items():
            if not self.is_letterhead_style(name):
                yield self._style_element("character", name, [], [properties("rPr", changes)])

    def _base_style(self, name: str, paragraph_format: ParagraphFormat) -> str:
        """Return the name of the base style: the style that `name` is a variant of, or Normal.

        The result is '' if the base style belongs to the letterhead. A style with a hanging
        indent is never the base of a style without one, since Word cannot reset the indent.
        """
        base = self._bases.get(name, "")
        if base in self._formats:
            base_hangs, style_hangs = ("ind@hanging" in style.paragraph for style in (self._formats[base], paragraph_format))
            if base_hangs == style_hangs:
                return "" if self.is_letterhead_style(base) else base
        return "" if name == "Normal" or self.is_letterhead_style("Normal") else "Normal"

    def _paragraph_style_element(self, name: str, paragraph_format: ParagraphFormat) -> etree._Element:
        """Return a <w:style> with the differences from its base style, or with all properties if there is no base style."""
        base_name = self._base_style(name, paragraph_format)
        paragraph, run = paragraph_format.paragraph, paragraph_format.run
        parts = []
        if base_name:
            base = self._formats.get(base_name, self.normal)
            paragraph, run = difference(paragraph, base.paragraph), difference(run, base.run)
            parts.append(element("basedOn", val=self.style_id(base_name)))
        if name.startswith(("Title", "Heading")) and "Body Text" in self._formats:
            parts.append(element("next", val=self.style_id("Body Text")))
        return self._style_element("paragraph", name, parts, [properties("pPr", paragraph), properties("rPr", run)])

    def _style_element(
        self, kind: str, name: str, parts: list[etree._Element], style_properties: list[etree._Element | None]
    ) -> etree._Element:
        children = [element("name", val=_BUILT_IN.get(name, name)), *parts, element("uiPriority", val="9"), element("qFormat")]
        children += [child for child in style_properties if child is not None]
        attributes = {"default": "1"} if name == "Normal" else {} if name in _BUILT_IN else {"customStyle": "1"}
        return element("style", *children, type=kind, styleId=self.style_id(name), **attributes)


def _set_spacing(paragraph: StoryParagraph, style_format: ParagraphFormat) -> None:
    """Set the space above and below a paragraph as direct formatting, where it differs from the style."""
    spacing = {
        "spacing@before": str(round(paragraph.space_before * 15)),
        "spacing@after": str(round(paragraph.space_after * 15)),
    }
    paragraph.direct |= difference(spacing, style_format.paragraph)


def _format_key(paragraph_format: ParagraphFormat) -> tuple[object, ...]:
    paragraph = frozenset(item for item in paragraph_format.paragraph.items() if item[0] not in SPACING)
    return paragraph, frozenset(paragraph_format.run.items())


def _distinct_borders(paragraph_properties: Properties) -> Properties:
    """Return borders in invisibly different colours, so that Word does not join the box with the box above."""
    borders = {key: value.rsplit(" ", 1) for key, value in paragraph_properties.items() if key.startswith("pBdr/")}
    return {key: f"{parts[0]} {_similar_colour(parts[1])}" if parts[1:] else parts[0] for key, parts in borders.items()}


def _similar_colour(colour: str) -> str:
    return f"{int(colour, 16) ^ 1:06X}" if colour != "auto" else "000001"


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} variant {number}"
        number += 1
