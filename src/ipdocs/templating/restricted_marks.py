"""Marks of restricted passages in the whole version of a document.

Templates and texts have the attribute data-restricted at restricted passages. Here it becomes a class of the block, line or
cell, beside which the stylesheet draws a bar, and a label where the passage begins. The label is for screen readers and for
formats without margins, and shows which text of a block is restricted.
"""

from __future__ import annotations

from lxml.html import HtmlElement, builder

from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import RESTRICTED_LABEL
from ipdocs.templating.layout import RESTRICTED, Column

ATTRIBUTE = "data-restricted"
LABEL = "[Restricted]"
LABELS = {"confidential": "[Confidential]"}
"""Messages in the catalogs by the attribute's value, a classification. _shared/phrases.html lists them."""

_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "caption", "figcaption", "span"})
"""Elements with text, at the beginning of which the label may stand."""

_WITH_MARGIN = ("td", "th", "blockquote", "p", "h1", "h2", "h3", "h4")
"""Elements within a block beside which the stylesheet can draw the bar."""


def mark_restricted(column: Column, document: LocalisedDocument) -> None:
    """Mark the restricted passages of a column. A document that is restricted as a whole says so in its header instead."""
    is_open = getattr(document.document, "classification", "open") == "open"
    for block in column.blocks.values():
        for element in [element for element in block.iter() if ATTRIBUTE in element.attrib]:
            label = LABELS.get(element.attrib.pop(ATTRIBUTE), LABEL)
            if is_open:
                _bar_element(element, block).classes.add(RESTRICTED)
                _add_label(element, document.catalog.gettext(label))


def _bar_element(element: HtmlElement, block: HtmlElement) -> HtmlElement:
    """Return the element beside which a restricted element gets its bar: for a span its cell, its line, or the whole block."""
    if element.tag != "span":
        return element
    ancestors = [ancestor for ancestor in element.iterancestors() if ancestor is block or block in ancestor.iterancestors()]
    return next((ancestor for ancestor in reversed(ancestors) if ancestor.tag in _WITH_MARGIN), block)


def _add_label(element: HtmlElement, words: str) -> None:
    """Put the label where the text of an element begins; a figure without a caption gets one for it."""
    if element.tag == "figure" and element.find("figcaption") is None:
        element.insert(0, builder.FIGCAPTION())
    start = next((descendant for descendant in element.iter() if descendant.tag in _TEXT), None)
    if start is None or any(RESTRICTED_LABEL in span.classes for span in start.iter("span")):
        return
    label = builder.SPAN(words, **{"class": RESTRICTED_LABEL})
    label.tail = f"{' ' if words.isascii() else ''}{start.text or ''}"
    start.text = None
    start.insert(0, label)
