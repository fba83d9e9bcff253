"""Names of the styles that paragraphs request: Word's name for the element, or else "ip-" and the class."""

from __future__ import annotations

from lxml import etree

from ipdocs.files.ooxml.elements import Properties
from ipdocs.writers.docx.container import Container

HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
"""The style of each heading."""

_OUTLINE_LEVELS = {"h2": "0", "h3": "1", "h4": "2"}
"""Word's outline level for each heading, counted from 0."""

CONTENTS_HEADING = "TOC Heading"
"""The style for the heading of a table of contents, and for plain text within the table of contents."""

_TAG_STYLES = {
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
"""The style for each tag, if the element has no class."""

_LAYOUT_CLASSES = frozenset({"parallel", "stacked", "row", "cell", "list"})
"""Classes that only arrange blocks, like those that begin with "of-" or "layout-". No style is named after them."""


def requested_styles(node: etree._Element, container: Container) -> tuple[str, str]:
    """Return the requested style and the preferred style (or "") of a paragraph with a block's own text.

    A plain paragraph in a block with a class requests the style named after the class. It prefers the style of plain
    paragraphs, which it gets if both styles have the same format.
    """
    item_name = container.item_style if node.tag == "li" else ""
    heading_name = CONTENTS_HEADING if container.plain_style == CONTENTS_HEADING else HEADINGS.get(str(node.tag))
    name = heading_name or item_name or class_style(node) or _TAG_STYLES.get(str(node.tag))
    if name:
        return name, ""
    plain_name = container.plain_style or "Body Text"
    return (container.enclosing_style, plain_name) if container.enclosing_style else (plain_name, "")


def outline_level(node: etree._Element, container: Container) -> Properties:
    """Return the property for a heading's outline level; {} for the title and for the heading of the table of contents."""
    level = _OUTLINE_LEVELS.get(str(node.tag))
    return {"outlineLvl": level} if level and container.plain_style != CONTENTS_HEADING else {}


def inner_names(node: etree._Element, container: Container) -> tuple[str, str]:
    """Return `plain_style` and `enclosing_style` for the containers within a block."""
    return _TAG_STYLES.get(str(node.tag), container.plain_style), class_style(node) or container.enclosing_style


def class_style(node: etree._Element) -> str:
    """Return the style name made from a block's classes, or '' if they only arrange the block."""
    if node.tag == "span" and "footnote" in node.get("class", ""):
        return "Footnote Text"
    classes = [
        name for name in node.get("class", "").split() if name not in _LAYOUT_CLASSES and not name.startswith(("of-", "layout-"))
    ]
    return f"ip-{'-'.join(classes)}" if classes else ""
