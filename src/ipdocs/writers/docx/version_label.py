"""Add the version of a document to every page of a Word file with an office's own headers."""

from __future__ import annotations

from typing import Any

from ipdocs.files.ooxml.elements import element, text


def add_version_label(document: Any, label: str) -> None:
    """Insert a label at the beginning of every header of a python-docx document, and create missing headers."""
    known_kinds: set[str] = set()
    labelled_roots: list[Any] = []
    for section in document.sections:
        headers = {"default": section.header}
        if section.different_first_page_header_footer:
            headers["first"] = section.first_page_header
        if document.settings.odd_and_even_pages_header_footer:
            headers["even"] = section.even_page_header
        for kind, header in headers.items():
            if header.is_linked_to_previous and kind in known_kinds:
                continue  # The header is the same as in the previous section.
            known_kinds.add(kind)
            if header.is_linked_to_previous:
                header.is_linked_to_previous = False
                header.part.element[:] = []
            # A header from the stylesheet is a part without an element, and already has the label.
            root = getattr(header.part, "element", None)
            if root is not None and not any(root is header_root for header_root in labelled_roots):
                labelled_roots.append(root)
                root.insert(0, element("p", element("r", element("rPr", element("b")), text(label))))
