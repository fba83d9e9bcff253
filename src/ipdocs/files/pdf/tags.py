"""Removal of tags of a PDF that refer to removed content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.pdf.content import Marks
from ipdocs.files.pdf.instructions import drawn_marks

if TYPE_CHECKING:
    import pikepdf

_REPLACEMENTS = ("/Alt", "/ActualText", "/E")
"""The entries of an element that are read out instead of its content."""


def prune_tags(pdf: pikepdf.Pdf, marks: Marks) -> int:
    """Remove references to removed content from the structure tree, and texts that are read out instead of it.

    Args:
        pdf: The file; its structure must have no loops.
        marks: The marked contents that remain.

    Returns:
        The number of alternative texts that were removed because they only named a file.
    """
    import pikepdf

    links = {link.objgen for page in pdf.pages for link in page.obj.get("/Annots", ())}
    drawn = _DrawnMarks()
    elements: list[tuple[Any, Any, int, bool]] = []  # each with its page, its parent's index, and whether text replaces it
    pending: list[tuple[Any, Any, int, bool]]
    pending = [(kid, None, -1, False) for kid in as_list(pdf.Root.StructTreeRoot.get("/K"))]
    while pending:
        element, page, parent, is_replaced = pending.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        page = element.get("/Pg", page)
        is_replaced = is_replaced or any(key in element for key in _REPLACEMENTS)
        elements.append((element, page, parent, is_replaced))
        pending += [(kid, page, len(elements) - 1, is_replaced) for kid in as_list(element.get("/K"))]
    has_content: set[int] = set()
    file_names = 0
    for index in range(len(elements) - 1, -1, -1):
        element, page, parent, is_replaced = elements[index]
        kids = as_list(element.get("/K"))
        remaining = [kid for kid in kids if _remains(kid, page, marks, links)]
        if len(remaining) < len(kids):
            element.K = pikepdf.Array(remaining)
        content = [kid for kid in remaining if not is_element(kid)]
        if index in has_content or any(not is_replaced or drawn.is_drawn(kid, page) for kid in content):
            has_content.add(parent)
            if isinstance(text := element.get("/Alt"), pikepdf.String) and names_a_file(str(text)):
                del element.Alt
                file_names += 1
            continue
        for key in _REPLACEMENTS:
            if key in element:
                del element[key]
    return file_names


class _DrawnMarks:
    """The marked contents in which anything is drawn; pages and forms are read when they are first needed."""

    def __init__(self) -> None:
        self._marks: Marks = {}
        self._drawing_forms: dict[tuple[int, int], bool] = {}

    def is_drawn(self, kid: Any, page: Any) -> bool:
        """Whether the content of a structure element draws anything; an annotation always does."""
        identifier, holder = _marked_content(kid, page)
        if identifier is None:
            return True
        if holder.objgen not in self._marks:
            self._marks[holder.objgen] = drawn_marks(holder, self._drawing_forms)
        return identifier in self._marks[holder.objgen]


def _remains(kid: Any, page: Any, marks: Marks, links: set[tuple[int, int]]) -> bool:
    """Whether a kid of an element is another element, or content or a link that was not removed."""
    import pikepdf

    if is_element(kid):
        return True
    identifier, holder = _marked_content(kid, page)
    if identifier is not None:
        return isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) and identifier in marks.get(holder.objgen, ())
    if not isinstance(kid, pikepdf.Dictionary):
        return False
    return isinstance(annotation := kid.get("/Obj"), pikepdf.Dictionary) and annotation.objgen in links


def _marked_content(kid: Any, page: Any) -> tuple[int | None, Any]:
    """Return the identifier of a marked content with its page or form; None for any other kid."""
    import pikepdf

    if isinstance(kid, int):
        return kid, page
    identifier: Any = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else None
    return (identifier, kid.get("/Stm", kid.get("/Pg", page))) if isinstance(identifier, int) else (None, None)


def is_element(kid: Any) -> bool:
    """Whether a kid in the structure tree is an element."""
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def as_list(value: Any) -> list[Any]:
    """Return the items of an array; of any other value, the value alone."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
