"""Copy HTML for the layout engine, so that changes for the PDF never reach another writer."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from lxml.html import HtmlElement

from ipdocs.writers.pdf.breaks import add_break_marks


def copy_html(element: HtmlElement, language: str = "") -> Element[str]:
    """Return an element and its descendants as ElementTree elements, with break marks added to the text."""
    language = element.get("lang", language)
    chinese = language.startswith(("zh", "ja"))
    copy: Element[str] = Element(str(element.tag), dict(element.attrib))
    copy.text = add_break_marks(element.text, chinese=chinese) if element.text else None
    last_copy: Element[str] | None = None
    for child in element:
        if isinstance(child.tag, str):
            last_copy = copy_html(child, language)
            copy.append(last_copy)
        if child.tail:
            tail = add_break_marks(child.tail, chinese=chinese)
            if last_copy is None:
                copy.text = (copy.text or "") + tail
            else:
                last_copy.tail = (last_copy.tail or "") + tail
    return copy
