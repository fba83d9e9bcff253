"""The style gallery: looks in, named Word styles out.

Names are wishes first. When the whole document is known, the commonest look that
wished for a name gets it; each other look gets the next name it may have: the
name with the language's short name, then with a number. So "Body Text" is what
most paragraphs are, and "Body Text tc" what Chinese ones are beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.writers.docx.looks import Look
from ipdocs.writers.docx.ooxml import Properties, difference, element, properties
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
class Gallery:
    """The styles of one document: paragraphs wish for names, `settle` gives them, `styles` writes them down."""

    normal: Look
    kept: frozenset[str] = frozenset()
    _wishes: list[Paragraph] = field(default_factory=list)
    _looks: dict[str, Look] = field(default_factory=dict)
    _characters: dict[str, Properties] = field(default_factory=dict)

    def wish(self, paragraph: Paragraph) -> Paragraph:
        """Remember a paragraph that needs a style; its names are in the order in which it would like them."""
        self._wishes.append(paragraph)
        return paragraph

    def character(self, wish: str, changes: Properties) -> str:
        """Return the id of the character style that makes these changes, under a name or a numbered one like it."""
        for name in _numbered((wish,)):
            if self._characters.setdefault(name, changes) == changes:
                return style_id(name)
        raise AssertionError("names do not end")

    def settle(self) -> None:
        """Give every paragraph its style, commonest looks first."""
        wishes = [(one.names, _key(one.look), one) for one in self._wishes]
        counts = Counter((names[0], key) for names, key, _ in wishes)
        keys: dict[str, object] = {"Normal": None}
        given: dict[tuple[tuple[str, ...], object], str] = {}
        for names, key, one in sorted(wishes, key=lambda wish: -counts[wish[0][0], wish[1]]):
            if (names, key) not in given:
                name = next(name for name in _numbered(names) if keys.setdefault(name, key) == key)
                given[names, key] = name
                self._looks.setdefault(name, one.look)
            one.style = style_id(given[names, key])
            self._say_spacing(one, self._looks[given[names, key]])

    def _say_spacing(self, paragraph: Paragraph, look: Look) -> None:
        """Say on a paragraph the space around it where its style says something else."""
        own = {"spacing@before": str(round(paragraph.before * 15)), "spacing@after": str(round(paragraph.after * 15))}
        paragraph.direct |= difference(own, look.paragraph)

    def styles(self) -> Iterator[etree._Element]:
        """Yield a <w:style> for Normal and each style in use that the letterhead does not have."""
        if "Normal" not in self.kept:
            yield _style("Normal", self.normal, None)
        base = None if "Normal" in self.kept else self.normal
        for name, look in self._looks.items():
            if style_id(name) not in self.kept:
                yield _style(name, look, base)
        for name, changes in self._characters.items():
            if style_id(name) not in self.kept:
                yield _character(name, changes)


def style_id(name: str) -> str:
    """Return the id of a style: its name without spaces, as Word makes them."""
    return name.replace(" ", "")


def _key(look: Look) -> tuple[object, ...]:
    paragraph = frozenset(item for item in look.paragraph.items() if item[0] not in SPACING)
    return paragraph, frozenset(look.run.items())


def _numbered(names: tuple[str, ...]) -> Iterator[str]:
    yield from names
    number = 2
    while True:
        yield f"{names[-1]} variant {number}"
        number += 1


def _style(name: str, look: Look, base: Look | None) -> etree._Element:
    own = Look(difference(look.paragraph, base.paragraph), difference(look.run, base.run)) if base else look
    parts = [element("name", val=_BUILT_IN.get(name, name))]
    if base:
        parts.append(element("basedOn", val="Normal"))
    if name.startswith(("Title", "Heading")):
        parts.append(element("next", val="BodyText"))
    parts += [element("uiPriority", val="9"), element("qFormat")]
    said = [properties("pPr", own.paragraph), properties("rPr", own.run)]
    mark = {"default": "1"} if name == "Normal" else {} if name in _BUILT_IN else {"customStyle": "1"}
    return element("style", *parts, *(one for one in said if one is not None), type="paragraph", styleId=style_id(name), **mark)


def _character(name: str, changes: Properties) -> etree._Element:
    said = properties("rPr", changes)
    parts = [element("name", val=_BUILT_IN.get(name, name)), element("uiPriority", val="9"), element("qFormat")]
    mark = {} if name in _BUILT_IN else {"customStyle": "1"}
    return element("style", *parts, *([said] if said is not None else []), type="character", styleId=style_id(name), **mark)
