"""The style registry: looks in, named Word styles out.

Paragraphs request names first. When the whole document is known, the commonest look
that requests a name is assigned it. Another look is assigned a name like it: with the
code of its language, if that is another, and with a number. So "Body Text" is what most
plain paragraphs are, and "Body Text tc" what Chinese ones are beside English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties
from ipdocs.writers.docx.css_to_properties import Look
from ipdocs.writers.docx.story import Paragraph

SPACING = ("spacing@before", "spacing@after")
"""Left out when looks are compared: a paragraph says itself what its neighbours make of it."""

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
"""The styles every Word has: their names as people see them, and as files keep them."""


@dataclass(slots=True)
class StyleRegistry:
    """The styles of one document: paragraphs request names, `assign_styles` gives them, `elements` writes them down.

    `kept` are the ids of a letterhead's styles by their names in lower case: they are used as they are.
    """

    normal: Look
    kept: dict[str, str] = field(default_factory=dict)
    _requests: list[Paragraph] = field(default_factory=list)
    _looks: dict[str, Look] = field(default_factory=dict)
    _bases: dict[str, str] = field(default_factory=dict)
    _characters: dict[str, Properties] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """Return the id of a style by its name: the letterhead's, else the name without spaces, as Word makes them."""
        return self.kept.get(_BUILT_IN.get(name, name).lower()) or name.replace(" ", "")

    def keeps(self, name: str) -> bool:
        """Whether a style is the letterhead's."""
        return _BUILT_IN.get(name, name).lower() in self.kept

    @property
    def keeps_some(self) -> bool:
        """Whether some style in use is the letterhead's."""
        return any(map(self.keeps, self._looks))

    def request_style(self, paragraph: Paragraph) -> Paragraph:
        """Remember a paragraph that needs a style."""
        self._requests.append(paragraph)
        return paragraph

    def character(self, requested: str, changes: Properties) -> str:
        """Return the id of the character style that makes these changes, under a name or a numbered one like it."""
        for name in _numbered(requested):
            if self._characters.setdefault(name, changes) == changes:
                return self.id(name)
        raise AssertionError("names do not end")

    def assign_styles(self) -> None:
        """Give every paragraph its style, commonest looks first."""
        requests = [(paragraph.name, _key(paragraph.look), paragraph) for paragraph in self._requests]
        counts = Counter((name, key) for name, key, _ in requests)
        holders: dict[str, tuple[object, str]] = {"Normal": (None, "")}
        assigned: dict[tuple[str, str, object], str] = {}
        for requested, key, paragraph in sorted(requests, key=lambda one: (bool(one[2].shared), -counts[one[0], one[1]])):
            shared = paragraph.shared
            is_alike = shared in holders and holders[shared][0] == key
            name = shared if is_alike else assigned.get((requested, shared, key))
            if name is None:
                name = self._free(requested, paragraph.language, key, holders)
                assigned[requested, shared, key] = name
                self._looks.setdefault(name, paragraph.look)
                if name != requested:
                    self._bases[name] = requested
            paragraph.style = self.id(name)
            if not self.keeps(name):
                self._say_spacing(paragraph, self._looks[name])
            if paragraph.apart:
                borders = paragraph.direct if self.keeps(name) else paragraph.look.paragraph | paragraph.direct
                paragraph.direct |= _tinted(borders)

    def _free(self, requested: str, language: str, key: object, holders: dict[str, tuple[object, str]]) -> str:
        """Return the first name a look may have: the one requested, one with the language's code, one with a number."""
        if self.keeps(requested):
            return requested
        holder = holders.setdefault(requested, (key, language))
        if holder[0] == key:
            return requested
        stem = requested if holder[1] == language else f"{requested} {language}"
        names = _numbered(stem)
        return next(name for name in names if holders.setdefault(name, (key, language))[0] == key)

    def _say_spacing(self, paragraph: Paragraph, look: Look) -> None:
        """Say on a paragraph the space around it where its style says something else."""
        own = {"spacing@before": str(round(paragraph.before * 15)), "spacing@after": str(round(paragraph.after * 15))}
        paragraph.direct |= difference(own, look.paragraph)

    def elements(self) -> Iterator[etree._Element]:
        """Yield a <w:style> for Normal and each style in use that the letterhead does not have."""
        if not self.keeps("Normal"):
            yield self._paragraph_style("Normal", self.normal)
        for name, look in self._looks.items():
            if not self.keeps(name):
                yield self._paragraph_style(name, look)
        for name, changes in self._characters.items():
            if not self.keeps(name):
                said = properties("rPr", changes)
                yield self._style("character", name, [], [said])

    def _based_on(self, name: str, look: Look) -> str:
        """Return the style that another is based on: the one it is a variant of, else Normal; none where that is a letterhead's.

        A style whose first line hangs cannot be the base of one whose first line
        does not: Word has no way to take a hanging indent back.
        """
        base = self._bases.get(name, "")
        if base in self._looks and ("ind@hanging" in self._looks[base].paragraph) == ("ind@hanging" in look.paragraph):
            return "" if self.keeps(base) else base
        return "" if name == "Normal" or self.keeps("Normal") else "Normal"

    def _paragraph_style(self, name: str, look: Look) -> etree._Element:
        """Return a style that says what differs from the one it is based on, or everything where it is based on none."""
        based = self._based_on(name, look)
        base = self._looks.get(based, self.normal)
        own = Look(difference(look.paragraph, base.paragraph), difference(look.run, base.run)) if based else look
        parts = [element("basedOn", val=self.id(based))] if based else []
        if name.startswith(("Title", "Heading")) and "Body Text" in self._looks:
            parts.append(element("next", val=self.id("Body Text")))
        return self._style("paragraph", name, parts, [properties("pPr", own.paragraph), properties("rPr", own.run)])

    def _style(self, kind: str, name: str, parts: list[etree._Element], said: list[etree._Element | None]) -> etree._Element:
        about = [element("name", val=_BUILT_IN.get(name, name)), *parts, element("uiPriority", val="9"), element("qFormat")]
        mark = {"default": "1"} if name == "Normal" else {} if name in _BUILT_IN else {"customStyle": "1"}
        return element("style", *about, *(one for one in said if one is not None), type=kind, styleId=self.id(name), **mark)


def _key(look: Look) -> tuple[object, ...]:
    paragraph = frozenset(item for item in look.paragraph.items() if item[0] not in SPACING)
    return paragraph, frozenset(look.run.items())


def _tinted(said: Properties) -> Properties:
    """Return the borders in colours that no eye tells from their own: Word takes them for another box's."""
    borders = {key: value.rsplit(" ", 1) for key, value in said.items() if key.startswith("pBdr/")}
    return {key: f"{parts[0]} {_beside(parts[1])}" if parts[1:] else parts[0] for key, parts in borders.items()}


def _beside(colour: str) -> str:
    return f"{int(colour, 16) ^ 1:06X}" if colour != "auto" else "000001"


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} variant {number}"
        number += 1
