"""The tree as the PDF's layout engine reads it: a copy, so that what the PDF alone needs never reaches another writer."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from lxml.html import HtmlElement

from ipdocs.writers.pdf.breaks import breakable


def copied(element: HtmlElement, language: str = "") -> Element[str]:
    """Return an element and what it holds as ElementTree elements, with the PDF's own line breaking."""
    language = element.get("lang", language)
    chinese = language.startswith("zh")
    copy: Element[str] = Element(str(element.tag), dict(element.attrib))
    copy.text = breakable(element.text, chinese=chinese) if element.text else None
    last: Element[str] | None = None
    for child in element:
        if isinstance(child.tag, str):
            last = copied(child, language)
            copy.append(last)
        if child.tail:
            tail = breakable(child.tail, chinese=chinese)
            if last is None:
                copy.text = (copy.text or "") + tail
            else:
                last.tail = (last.tail or "") + tail
    return copy
