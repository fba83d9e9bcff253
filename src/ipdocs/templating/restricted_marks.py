"""Mark restricted passages in the whole version of a document.

In the HTML from templates, restricted passages have the attribute data-restricted. This module replaces the attribute by a
class and a label. The class is on the block, line or cell that contains the passage; the stylesheet draws a bar beside it. The
label is at the beginning of the passage, so that screen readers and formats without margins also show which text is restricted.
"""

from __future__ import annotations

from lxml.html import HtmlElement, builder

from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import RESTRICTED_LABEL
from ipdocs.templating.layout import RESTRICTED, Column

ATTRIBUTE = "data-restricted"
DEFAULT_LABEL = "[Restricted]"
CLASSIFICATION_LABELS = {"confidential": "[Confidential]"}
"""Other labels, keyed by classification (the value of the attribute). _shared/phrases.html lists all labels."""

_LABELLED_ELEMENTS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "caption", "figcaption", "span"})
"""Elements that may begin with a label."""

_BAR_ELEMENTS = ("td", "th", "blockquote", "p", "h1", "h2", "h3", "h4")
"""Elements within a block beside which the stylesheet can draw a bar."""


def mark_restricted(column: Column, document: LocalisedDocument) -> None:
    """Mark the restricted passages of a column. If the whole document is restricted, only its header says so."""
    is_open = getattr(document.document, "classification", "open") == "open"
    for block in column.blocks.values():
        for element in [element for element in block.iter() if ATTRIBUTE in element.attrib]:
            label = CLASSIFICATION_LABELS.get(element.attrib.pop(ATTRIBUTE), DEFAULT_LABEL)
            if is_open:
                _bar_element(element, block).classes.add(RESTRICTED)
                _add_label(element, document.catalog.gettext(label))


def _bar_element(element: HtmlElement, block: HtmlElement) -> HtmlElement:
    """Return the element that gets the bar for a restricted element: the element itself, or the cell, line or block of a span."""
    if element.tag != "span":
        return element
    ancestors = [ancestor for ancestor in element.iterancestors() if ancestor is block or block in ancestor.iterancestors()]
    return next((ancestor for ancestor in reversed(ancestors) if ancestor.tag in _BAR_ELEMENTS), block)


def _add_label(element: HtmlElement, label_text: str) -> None:
    """Insert a label where the text of an element begins; a figure without a caption gets a caption for the label."""
    if element.tag == "figure" and element.find("figcaption") is None:
        element.insert(0, builder.FIGCAPTION())
    text_element = next((descendant for descendant in element.iter() if descendant.tag in _LABELLED_ELEMENTS), None)
    if text_element is None or any(RESTRICTED_LABEL in span.classes for span in text_element.iter("span")):
        return
    label = builder.SPAN(label_text, **{"class": RESTRICTED_LABEL})
    label.tail = f"{' ' if label_text.isascii() else ''}{text_element.text or ''}"
    text_element.text = None
    text_element.insert(0, label)
