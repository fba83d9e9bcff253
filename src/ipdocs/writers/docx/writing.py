"""Paragraphs and tables that know their styles in, their elements out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ipdocs.writers.docx.ooxml import element, properties
from ipdocs.writers.docx.story import Paragraph, Story


def paragraph_element(paragraph: Paragraph) -> etree._Element:
    """Return a <w:p>: its style's name, what is said on it alone, its content."""
    said = properties("pPr", {"pStyle": paragraph.style, **paragraph.direct})
    return element("p", *([said] if said is not None else []), *paragraph.content)


def elements(story: Story) -> Iterator[etree._Element]:
    """Yield the elements of a story in order."""
    for item in story.items:
        if isinstance(item, Paragraph):
            yield paragraph_element(item)
