"""Remove the PDF tags that refer to removed content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.pdf.content import Marks
from ipdocs.files.pdf.instructions import drawn_marks

if TYPE_CHECKING:
    import pikepdf

_REPLACEMENTS = ("/Alt", "/ActualText", "/E")
"""The entries of an element that hold a text for screen readers to read out instead of the content."""


def prune_tags(pdf: pikepdf.Pdf, marks: Marks) -> int:
    """Remove from the structure tree the references to removed content, and the texts to read out instead of that content.

    Args:
        pdf: The file; its structure tree must have no loops.
        marks: The marked content that remains.

    Returns:
        The number of alternative texts that were removed because they only named a file.
    """
    import pikepdf

    link_ids = {link.objgen for page in pdf.pages for link in page.obj.get("/Annots", ())}
    drawn_content = _DrawnContent()
    elements: list[tuple[Any, Any, int, bool]] = []  # (element, page, index of the parent, whether a text is read out instead)
    pending: list[tuple[Any, Any, int, bool]]
    pending = [(kid, None, -1, False) for kid in as_list(pdf.Root.StructTreeRoot.get("/K"))]
    while pending:
        element, page, parent_index, is_replaced = pending.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        page = element.get("/Pg", page)
        is_replaced = is_replaced or any(key in element for key in _REPLACEMENTS)
        elements.append((element, page, parent_index, is_replaced))
        pending += [(kid, page, len(elements) - 1, is_replaced) for kid in as_list(element.get("/K"))]
    indices_with_content: set[int] = set()
    file_name_count = 0
    for index in range(len(elements) - 1, -1, -1):
        element, page, parent_index, is_replaced = elements[index]
        kids = as_list(element.get("/K"))
        remaining = [kid for kid in kids if _is_kept(kid, page, marks, link_ids)]
        if len(remaining) < len(kids):
            element.K = pikepdf.Array(remaining)
        content = [kid for kid in remaining if not is_element(kid)]
        if index in indices_with_content or any(not is_replaced or drawn_content.is_drawn(kid, page) for kid in content):
            indices_with_content.add(parent_index)
            if isinstance(text := element.get("/Alt"), pikepdf.String) and names_a_file(str(text)):
                del element.Alt
                file_name_count += 1
            continue
        for key in _REPLACEMENTS:
            if key in element:
                del element[key]
    return file_name_count


class _DrawnContent:
    """The marked content in which anything is drawn; a page or form is parsed when it is first needed."""

    def __init__(self) -> None:
        self._marks: Marks = {}
        self._form_draws: dict[tuple[int, int], bool] = {}

    def is_drawn(self, kid: Any, page: Any) -> bool:
        """Whether a kid of a structure element draws anything; an annotation always does."""
        identifier, holder = _marked_content(kid, page)
        if identifier is None:
            return True
        if holder.objgen not in self._marks:
            self._marks[holder.objgen] = drawn_marks(holder, self._form_draws)
        return identifier in self._marks[holder.objgen]


def _is_kept(kid: Any, page: Any, marks: Marks, link_ids: set[tuple[int, int]]) -> bool:
    """Whether a kid of an element is another element, or is content or a link that is still in the file."""
    import pikepdf

    if is_element(kid):
        return True
    identifier, holder = _marked_content(kid, page)
    if identifier is not None:
        return isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) and identifier in marks.get(holder.objgen, ())
    if not isinstance(kid, pikepdf.Dictionary):
        return False
    return isinstance(annotation := kid.get("/Obj"), pikepdf.Dictionary) and annotation.objgen in link_ids


def _marked_content(kid: Any, page: Any) -> tuple[int | None, Any]:
    """Return the identifier of marked content, and the page or form that contains it; (None, None) for any other kid."""
    import pikepdf

    if isinstance(kid, int):
        return kid, page
    identifier: Any = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else None
    return (identifier, kid.get("/Stm", kid.get("/Pg", page))) if isinstance(identifier, int) else (None, None)


def is_element(kid: Any) -> bool:
    """Whether a kid in the structure tree is a structure element."""
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def as_list(value: Any) -> list[Any]:
    """Return an array as a list, any other value as a list of one, and None as an empty list."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
