"""Kinds of element; Word supports different CSS properties on each kind.

Pseudo-elements, pages and margin boxes have kinds, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ipdocs.templating.cascade import Cascade, Style

BLOCKS = ("body", "block", "list", "item")
"""The kinds of block."""

TABLES = ("table", "rows", "row", "cell")
"""The kinds of table part; "rows" is a row group."""

INLINE = ("inline", "before")
"""The kinds of inline box; "before" is generated content."""

MARGIN_BOX = "margin-box"
EVERYWHERE = ("html", *BLOCKS, *TABLES, *INLINE, "rule", "note", "picture", "marker", "call", "page", MARGIN_BOX)
"""The kinds for properties that Word supports everywhere."""

_KIND_OF_TAG = {
    **dict.fromkeys(("a", "br", "em", "span", "strong", "sub", "sup"), "inline"),
    "body": "body",
    "hr": "rule",
    "html": "html",
    "img": "picture",
    "li": "item",
    "ol": "list",
    "ul": "list",
}
"""The kind for each tag; all other tags are blocks."""

_FIXED = frozenset({"body", "html", "picture", "rule"})
"""Kinds that do not depend on the display value."""

_PSEUDO_ELEMENTS = {
    "before": "before",
    "after": "before",
    "marker": "marker",
    "footnote-call": "call",
    "footnote-marker": "before",
}
"""The kind of each pseudo-element; ::after and ::footnote-marker count as the kind "before"."""

_KIND_OF_DISPLAY = {
    ("block", "table"): "table",
    ("inline", "table"): "table",
    ("table-row-group",): "rows",
    ("table-header-group",): "rows",
    ("table-row",): "row",
    ("table-cell",): "cell",
}
"""The kind for each display value of tables and their parts."""


@dataclass(frozen=True, slots=True)
class StyledBox:
    """An element, a pseudo-element or a margin box of a page, with its computed style.

    `margin_box` is the name of a margin box, and `page` holds the styles of its page. `has_negative_gap` is set if margins
    add up to less than zero anywhere in the file.
    """

    kind: str
    node: etree._Element
    style: Style
    cascade: Cascade
    has_negative_gap: bool = False
    pseudo_element: str = ""
    margin_box: str = ""
    page: Mapping[str, Style] | None = None

    @property
    def parent_style(self) -> Style:
        """The style of the parent element."""
        parent = self.node if self.pseudo_element else self.node.getparent()
        return self.cascade.style(self.node if parent is None else parent)


def kind_of(node: etree._Element, cascade: Cascade) -> str:
    """Return the kind of an element: from its display value if it is a table, row or cell, otherwise from its tag."""
    kind = _KIND_OF_TAG.get(str(node.tag), "block")
    if kind == "inline":
        return "note" if node.tag == "span" and cascade.style(node)["float"] == "footnote" else kind
    display_kind = kind if kind in _FIXED else _KIND_OF_DISPLAY.get(cascade.style(node)["display"], kind)
    return display_kind if display_kind != "table" or _holds_cells(node, cascade) else kind


def _holds_cells(node: etree._Element, cascade: Cascade) -> bool:
    """Whether a table has rows or cells; an empty table counts as a block as wide as its text."""
    cells = (("table-row",), ("table-cell",))
    return any(cascade.style(child)["display"] in cells for child in node.iterdescendants(etree.Element))


def possible_kinds(tag: str | None, pseudo_element: str | None) -> tuple[str, ...]:
    """Return the kinds that a selector may match, from its tag (None for any element) or its pseudo-element."""
    if pseudo_element:
        return (_PSEUDO_ELEMENTS.get(pseudo_element, pseudo_element),)
    if tag is None:
        return ("html", *BLOCKS, *TABLES, "inline", "rule", "note", "picture")
    kind = _KIND_OF_TAG.get(tag, "block")
    if kind == "inline":
        return ("inline", "note") if tag == "span" else ("inline",)
    natural = {"table": "table", "tr": "row", "td": "cell", "th": "cell"}.get(tag, kind)
    return (natural,) if natural in _FIXED or natural != kind else (kind, *TABLES)
