"""The kinds of element that Word says different things of: a tag and a layout in, a kind out.

A part of an element, such as ::before, is a kind too, and so are a page and its margin boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ipdocs.templating.cascade import Cascade, Style

BLOCKS = ("body", "block", "list", "item")
TABLES = ("table", "rows", "row", "cell")
INLINE = ("inline", "before")
MARGIN_BOX = "margin-box"
EVERYWHERE = ("html", *BLOCKS, *TABLES, *INLINE, "rule", "note", "picture", "marker", "call", "page", MARGIN_BOX)
"""Where a property may stand: what text says of itself is handed down to it from any of them."""

_TAGS = {
    **dict.fromkeys(("a", "br", "em", "span", "strong", "sub", "sup"), "inline"),
    "body": "body",
    "hr": "rule",
    "html": "html",
    "img": "picture",
    "li": "item",
    "ol": "list",
    "ul": "list",
}
_FIXED = frozenset({"body", "html", "picture", "rule"})
_PARTS = {"before": "before", "after": "before", "marker": "marker", "footnote-call": "call", "footnote-marker": "before"}
_LAYOUTS = {
    ("block", "table"): "table",
    ("inline", "table"): "table",
    ("table-row-group",): "rows",
    ("table-header-group",): "rows",
    ("table-row",): "row",
    ("table-cell",): "cell",
}


@dataclass(frozen=True, slots=True)
class Case:
    """An element, a part of one, or a margin box of a page, whose style is looked at.

    `box` is the name of a margin box and `page` the styles of its page; `overlaps` tells whether some margins of the file add
    up to less than nothing.
    """

    kind: str
    node: etree._Element
    style: Style
    cascade: Cascade
    overlaps: bool = False
    part: str = ""
    box: str = ""
    page: Mapping[str, Style] | None = None

    @property
    def above(self) -> Style:
        """The style of the element around."""
        parent = self.node if self.part else self.node.getparent()
        return self.cascade.of(self.node if parent is None else parent)


def kind_of(node: etree._Element, cascade: Cascade) -> str:
    """Return the kind of an element: by its tag, or by its layout where that makes a part of a table of it."""
    kind = _TAGS.get(str(node.tag), "block")
    if kind == "inline":
        return "note" if node.tag == "span" and cascade.of(node)["float"] == "footnote" else kind
    laid_out = kind if kind in _FIXED else _LAYOUTS.get(cascade.of(node)["display"], kind)
    return laid_out if laid_out != "table" or _holds_cells(node, cascade) else kind


def _holds_cells(node: etree._Element, cascade: Cascade) -> bool:
    """Whether what is laid out as a table has something that stands in one: else it is a block as wide as its text."""
    cells = (("table-row",), ("table-cell",))
    return any(cascade.of(one)["display"] in cells for one in node.iterdescendants(etree.Element))


def kinds_of(tag: str | None, part: str | None) -> tuple[str, ...]:
    """Return the kinds that an element of a tag, or of any, can be; or the kind of a part."""
    if part:
        return (_PARTS.get(part, part),)
    if tag is None:
        return ("html", *BLOCKS, *TABLES, "inline", "rule", "note", "picture")
    kind = _TAGS.get(tag, "block")
    if kind == "inline":
        return ("inline", "note") if tag == "span" else ("inline",)
    only = {"table": "table", "tr": "row", "td": "cell", "th": "cell"}.get(tag, kind)
    return (only,) if only in _FIXED or only != kind else (kind, *TABLES)
