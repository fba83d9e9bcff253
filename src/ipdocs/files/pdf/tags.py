"""Tags of a cleaned PDF: what they say of content that is gone goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.pdf.content import Marks

if TYPE_CHECKING:
    import pikepdf

_SAID = ("/Alt", "/ActualText", "/E", "/T")
"""What an element says in place of its content."""


def prune_tags(pdf: pikepdf.Pdf, marks: Marks) -> int:
    """Take out of a sound structure tree all references to content that is gone, and what was said in its place.

    Args:
        pdf: the file, whose structure has no loops.
        marks: the marked contents that are left.

    Returns:
        How many alternative texts were removed because they only named a file.
    """
    import pikepdf

    links = {link.objgen for page in pdf.pages for link in page.obj.get("/Annots", ())}
    elements: list[tuple[Any, Any, int]] = []
    todo: list[tuple[Any, Any, int]]
    todo = [(kid, None, -1) for kid in listed(pdf.Root.StructTreeRoot.get("/K"))]
    while todo:
        element, page, parent = todo.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        page = element.get("/Pg", page)
        elements.append((element, page, parent))
        todo += [(kid, page, len(elements) - 1) for kid in listed(element.get("/K"))]
    has_content: set[int] = set()
    named = 0
    for index in range(len(elements) - 1, -1, -1):
        element, page, parent = elements[index]
        kids = listed(element.get("/K"))
        kept = [kid for kid in kids if _is_there(kid, page, marks, links)]
        if len(kept) < len(kids):
            element.K = pikepdf.Array(kept)
        if index in has_content or any(not is_element(kid) for kid in kept):
            has_content.add(parent)
            if isinstance(text := element.get("/Alt"), pikepdf.String) and names_a_file(str(text)):
                del element.Alt
                named += 1
            continue
        for key in _SAID:
            if key in element:
                del element[key]
    return named


def _is_there(kid: Any, page: Any, marks: Marks, links: set[tuple[int, int]]) -> bool:
    """Whether a kid of an element is an element, content that is left, or an annotation that is left."""
    import pikepdf

    if is_element(kid):
        return True
    if isinstance(kid, int):
        return isinstance(page, pikepdf.Dictionary) and kid in marks.get(page.objgen, ())
    if not isinstance(kid, pikepdf.Dictionary):
        return False
    number: Any = kid.get("/MCID")
    if isinstance(number, int):
        holder = kid.get("/Stm", kid.get("/Pg", page))
        return isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) and number in marks.get(holder.objgen, ())
    return isinstance(annotation := kid.get("/Obj"), pikepdf.Dictionary) and annotation.objgen in links


def is_element(kid: Any) -> bool:
    """Whether a kid of the tree is an element: one with a type."""
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def listed(value: Any) -> list[Any]:
    """Return the items of an array, or the one that stands in its place."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
