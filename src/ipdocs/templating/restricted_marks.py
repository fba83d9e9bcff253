"""The whole version of a document in, the same with a mark at the margin of each restricted passage out.

Templates and texts say what is restricted by an attribute, data-restricted. Here it becomes a class of the block, line or cell
that holds it, which the stylesheet draws a bar for, and a word where the passage begins: for those who listen, for formats
without margins, and to tell which text of a block it is.
"""

from __future__ import annotations

from lxml.html import HtmlElement, builder

from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import RESTRICTED_LABEL
from ipdocs.templating.layout import RESTRICTED, Column

ATTRIBUTE = "data-restricted"
LABEL = "[Restricted]"
LABELS = {"confidential": "[Confidential]"}
"""The messages of the catalogs, that of a classification by the attribute's value; _shared/phrases.html lists them."""

_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "caption", "figcaption", "span"})
"""Elements that hold words, at whose beginning the label may stand."""

_WITH_MARGIN = ("td", "th", "blockquote", "p", "h1", "h2", "h3", "h4")
"""Elements within a block that have a margin of their own for the bar."""


def mark_restricted(column: Column, document: LocalisedDocument) -> None:
    """Mark the restricted passages of a column; where nobody may read any of the document its head says so instead."""
    is_open = getattr(document.document, "classification", "open") == "open"
    for block in column.blocks.values():
        for element in [one for one in block.iter() if ATTRIBUTE in one.attrib]:
            label = LABELS.get(element.attrib.pop(ATTRIBUTE), LABEL)
            if is_open:
                _at_margin(element, block).classes.add(RESTRICTED)
                _label(element, document.catalog.gettext(label))


def _at_margin(element: HtmlElement, block: HtmlElement) -> HtmlElement:
    """Return what the bar of a restricted element of a block stands at: of a text its cell or line, or else the whole block."""
    if element.tag != "span":
        return element
    around = [one for one in element.iterancestors() if one is block or block in one.iterancestors()]
    return next((one for one in reversed(around) if one.tag in _WITH_MARGIN), block)


def _label(element: HtmlElement, words: str) -> None:
    """Put the label where the words of an element begin; a picture without a caption is given one."""
    if element.tag == "figure" and element.find("figcaption") is None:
        element.insert(0, builder.FIGCAPTION())
    start = next((one for one in element.iter() if one.tag in _TEXT), None)
    if start is None or any(RESTRICTED_LABEL in one.classes for one in start.iter("span")):
        return
    label = builder.SPAN(words, **{"class": RESTRICTED_LABEL})
    label.tail = f"{' ' if words.isascii() else ''}{start.text or ''}"
    start.text = None
    start.insert(0, label)
