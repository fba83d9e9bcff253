"""Which style a paragraph requests: Word's own name for what HTML calls it, else ip- and its class."""

from __future__ import annotations

from lxml import etree

from ipdocs.files.ooxml.elements import Properties
from ipdocs.writers.docx.place import Place

HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_LEVELS = {"h2": "0", "h3": "1", "h4": "2"}
CONTENTS = "TOC Heading"
_PARTS = {
    "blockquote": "Quote",
    "caption": "Caption",
    "dd": "ip-description",
    "dt": "ip-term",
    "figcaption": "Caption",
    "figure": "ip-figure",
    "hr": "ip-rule",
    "td": "ip-cell",
    "th": "ip-column-head",
}
_LAYOUT = frozenset({"parallel", "stacked", "row", "cell", "list"})
"""Classes that arrange blocks and say nothing about them."""


def name(node: etree._Element, place: Place) -> tuple[str, str]:
    """Return the name of the style that a paragraph of a block's own text requests, and of one that it may share.

    A plain paragraph within a block of some class shares the name of plain
    paragraphs where it looks like them; else it is called by that class.
    """
    item = place.item if node.tag == "li" else ""
    heading = CONTENTS if place.name == CONTENTS else HEADINGS.get(str(node.tag))
    said = heading or item or class_name(node) or _PARTS.get(str(node.tag))
    if said:
        return said, ""
    plain = place.name or "Body Text"
    return (place.around, plain) if place.around else (plain, "")


def outline(node: etree._Element, place: Place) -> Properties:
    """Return the outline level of a heading, by which Word finds its way; the title is none, nor is what heads the contents."""
    level = _LEVELS.get(str(node.tag))
    return {"outlineLvl": level} if level and place.name != CONTENTS else {}


def part(node: etree._Element, place: Place) -> tuple[str, str]:
    """Return the name for plain paragraphs inside a block, and the class by which to tell them from others."""
    return _PARTS.get(str(node.tag), place.name), class_name(node) or place.around


def class_name(node: etree._Element) -> str:
    """Return the name that a block's classes make, or nothing when they only arrange it."""
    if node.tag == "span" and "footnote" in node.get("class", ""):
        return "Footnote Text"
    classes = [one for one in node.get("class", "").split() if one not in _LAYOUT and not one.startswith(("of-", "layout-"))]
    return f"ip-{'-'.join(classes)}" if classes else ""
