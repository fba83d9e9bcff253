"""Names of the styles that paragraphs request: Word's own name for an element, else "ip-" and its class."""

from __future__ import annotations

from lxml import etree

from ipdocs.files.ooxml.elements import Properties
from ipdocs.writers.docx.container import Container

HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_OUTLINE_LEVELS = {"h2": "0", "h3": "1", "h4": "2"}
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
"""Classes that arrange blocks and do not describe them."""


def requested_styles(node: etree._Element, container: Container) -> tuple[str, str]:
    """Return the style names that a paragraph of a block's own text requests, and may share.

    A plain paragraph within a block with a class shares the name of plain
    paragraphs if it looks like them; otherwise it is named after that class.
    """
    item = container.item_style if node.tag == "li" else ""
    heading = CONTENTS if container.plain_style == CONTENTS else HEADINGS.get(str(node.tag))
    name = heading or item or class_style(node) or _PARTS.get(str(node.tag))
    if name:
        return name, ""
    plain = container.plain_style or "Body Text"
    return (container.enclosing_class, plain) if container.enclosing_class else (plain, "")


def outline_level(node: etree._Element, container: Container) -> Properties:
    """Return the outline level of a heading, for Word's navigation; titles and the heading of the contents have none."""
    level = _OUTLINE_LEVELS.get(str(node.tag))
    return {"outlineLvl": level} if level and container.plain_style != CONTENTS else {}


def inner_names(node: etree._Element, container: Container) -> tuple[str, str]:
    """Return the `plain_style` and `enclosing_class` for the containers within a block."""
    return _PARTS.get(str(node.tag), container.plain_style), class_style(node) or container.enclosing_class


def class_style(node: etree._Element) -> str:
    """Return the style name from a block's classes, or '' if they only arrange it."""
    if node.tag == "span" and "footnote" in node.get("class", ""):
        return "Footnote Text"
    classes = [name for name in node.get("class", "").split() if name not in _LAYOUT and not name.startswith(("of-", "layout-"))]
    return f"ip-{'-'.join(classes)}" if classes else ""
