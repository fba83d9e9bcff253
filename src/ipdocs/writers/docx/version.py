"""The version of a document at the head of every page of a Word file whose headers an office has made."""

from __future__ import annotations

from typing import Any

from ipdocs.files.ooxml.elements import element, text


def say_version(document: Any, words: str) -> None:
    """Put words at the beginning of every header of a document, as python-docx has it; pages without a header are given one."""
    kinds: set[str] = set()
    marked: list[Any] = []
    for section in document.sections:
        headers = {"default": section.header}
        if section.different_first_page_header_footer:
            headers["first"] = section.first_page_header
        if document.settings.odd_and_even_pages_header_footer:
            headers["even"] = section.even_page_header
        for kind, header in headers.items():
            if header.is_linked_to_previous and kind in kinds:
                continue  # it is that of the section before
            kinds.add(kind)
            if header.is_linked_to_previous:
                header.is_linked_to_previous = False
                header.part.element[:] = []
            # A header that the stylesheet has made says it already.
            own = getattr(header.part, "element", None)
            if own is not None and not any(own is known for known in marked):
                marked.append(own)
                own.insert(0, element("p", element("r", element("rPr", element("b")), text(words))))
