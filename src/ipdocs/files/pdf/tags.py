"""Tags of a cleaned PDF: what they say of content that is gone goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.pdf.content import Marks
from ipdocs.files.pdf.instructions import drawn_marks

if TYPE_CHECKING:
    import pikepdf

_SAID = ("/Alt", "/ActualText", "/E")
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
    drawn = _DrawnMarks()
    elements: list[tuple[Any, Any, int, bool]] = []
    todo: list[tuple[Any, Any, int, bool]]
    todo = [(kid, None, -1, False) for kid in listed(pdf.Root.StructTreeRoot.get("/K"))]
    while todo:
        element, page, parent, has_words = todo.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        page = element.get("/Pg", page)
        has_words = has_words or any(key in element for key in _SAID)
        elements.append((element, page, parent, has_words))
        todo += [(kid, page, len(elements) - 1, has_words) for kid in listed(element.get("/K"))]
    has_content: set[int] = set()
    named = 0
    for index in range(len(elements) - 1, -1, -1):
        element, page, parent, has_words = elements[index]
        kids = listed(element.get("/K"))
        kept = [kid for kid in kids if _is_there(kid, page, marks, links)]
        if len(kept) < len(kids):
            element.K = pikepdf.Array(kept)
        content = [kid for kid in kept if not is_element(kid)]
        if index in has_content or any(not has_words or drawn.is_drawn(kid, page) for kid in content):
            has_content.add(parent)
            if isinstance(text := element.get("/Alt"), pikepdf.String) and names_a_file(str(text)):
                del element.Alt
                named += 1
            continue
        for key in _SAID:
            if key in element:
                del element[key]
    return named


class _DrawnMarks:
    """The marked contents in which something is drawn, of the pages and forms that are asked about."""

    def __init__(self) -> None:
        self._marks: Marks = {}
        self._known: dict[tuple[int, int], bool] = {}

    def is_drawn(self, kid: Any, page: Any) -> bool:
        """Whether something is drawn of content that a structure element has; an annotation that is left is seen."""
        number, holder = _content_of(kid, page)
        if number is None:
            return True
        if holder.objgen not in self._marks:
            self._marks[holder.objgen] = drawn_marks(holder, self._known)
        return number in self._marks[holder.objgen]


def _is_there(kid: Any, page: Any, marks: Marks, links: set[tuple[int, int]]) -> bool:
    """Whether a kid of an element is an element, content that is left, or an annotation that is left."""
    import pikepdf

    if is_element(kid):
        return True
    number, holder = _content_of(kid, page)
    if number is not None:
        return isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) and number in marks.get(holder.objgen, ())
    if not isinstance(kid, pikepdf.Dictionary):
        return False
    return isinstance(annotation := kid.get("/Obj"), pikepdf.Dictionary) and annotation.objgen in links


def _content_of(kid: Any, page: Any) -> tuple[int | None, Any]:
    """Return the number of a marked content and the page or form it stands in; no number for what is none."""
    import pikepdf

    if isinstance(kid, int):
        return kid, page
    number: Any = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else None
    return (number, kid.get("/Stm", kid.get("/Pg", page))) if isinstance(number, int) else (None, None)


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
