"""Corrections of the structure tree that WeasyPrint writes, such as joining elements that page breaks split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

_NUMBERINGS = {"1": "/Decimal", "a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}


def fix_structure(pdf: Any) -> None:
    """Join elements over several pages, put notes beside their calls, give list items a body and header cells a scope.

    Each element's `origin` is its HTML element and that element's name, or a pseudo-element's name with "::".
    Its `language` is that of its text.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    moved: dict[bytes, bytes] = {}
    owners: dict[int, bytes] = {}
    _place_notes(pdf, document)
    _join_kids(pdf, document, moved)
    for element in _descendants(pdf, document):
        _join_kids(pdf, element, moved)
        if element["S"] == "/L":
            _unwrap_lists(pdf, element, moved)
            _set_numbering(pdf, element)
            _pair_definitions(pdf, element)
        elif element["S"] == "/LI":
            _give_body(pdf, element)
        elif element["S"] == "/Link" and "::" in _name(element):
            element["S"] = "/Span"  # text that a stylesheet adds to a link is not a link within the link
        elif element["S"] == "/Link":
            owners |= _take_annotations(pdf, element)
        elif element["S"] in ("/TH", "/TD"):
            _set_scope(element)
    _update_parent_tree(_object(pdf, root["ParentTree"])["Nums"], moved, owners)


def _place_notes(pdf: Any, document: Any) -> None:
    """Move each note from the foot of its page to its call, so that it is read there."""
    pairs = [(parent, element) for parent in (document, *_descendants(pdf, document)) for element in _elements(pdf, parent)]
    calls = {call.origin[0]: (parent, call) for parent, call in pairs if _name(call).endswith("::footnote-call")}
    for number, (area, note) in enumerate(
        [(area, note) for area, note in pairs if "::" not in _name(note) and _html(note) in calls], 1
    ):
        parent, call = calls[note.origin[0]]
        area["K"].remove(note.reference)
        parent["K"].insert(parent["K"].index(call.reference) + 1, note.reference)
        call["S"] = "/Reference"
        note |= {"S": "/Note", "P": parent.reference, "ID": pydyf.String(f"note-{number}"), "Lang": pydyf.String(note.language)}


def _join_kids(pdf: Any, parent: Any, moved: dict[bytes, bytes]) -> None:
    """Join kids of the same HTML element in the first of them, and remove empty kids.

    WeasyPrint's anonymous boxes around loose text have their parent's HTML element, so they are joined only when adjacent.
    """
    kids: list[Any] = []
    firsts: dict[Any, Any] = {}
    for kid in parent["K"]:
        element = _element(pdf, kid)
        key = _origin(element)
        first = firsts.get(key)
        loose = _html(element) is _html(parent)
        if element is not None and first is not None and not (loose and kids[-1] != first.reference):
            _move_kids(pdf, element, first)
            moved[element.reference] = first.reference
            element.clear()  # pydyf miscounts free objects, so an empty one stays
        else:
            kids.append(kid)
            if key is not None:
                firsts[key] = element
    # After joining, since an element that is empty on one page may continue on the next.
    parent["K"] = pydyf.Array(kid for kid in kids if (element := _element(pdf, kid)) is None or not _is_empty(pdf, element))


def _unwrap_lists(pdf: Any, items: Any, moved: dict[bytes, bytes]) -> None:
    """Remove the nested lists that WeasyPrint makes of the table, row group and row of a <dl> set as a table."""
    while (inner := next(iter(_elements(pdf, items)), None)) is not None and _origin(inner) == _origin(items):
        items["K"].remove(inner.reference)
        _move_kids(pdf, inner, items)
        moved[inner.reference] = items.reference
        inner.clear()
        _join_kids(pdf, items, moved)


def _origin(element: Any) -> Any | None:
    """Return a key that is the same for all parts of a split element; None for an element without an HTML element."""
    return (element["S"], *element.origin) if _html(element) is not None else None


def _move_kids(pdf: Any, source: Any, target: Any) -> None:
    for kid in source["K"]:
        inner = _element(pdf, kid)
        if inner is not None:
            inner["P"] = target.reference
        elif isinstance(kid, int) and source["Pg"] != target["Pg"]:
            kid = pydyf.Dictionary({"Type": "/MCR", "Pg": source["Pg"], "MCID": kid})
        target["K"].append(kid)


def _set_numbering(pdf: Any, items: Any) -> None:
    """Set the ListNumbering of a list, which PDF/UA requires where items have labels (ISO 14289-1, 7.6)."""
    kids = [kid for item in _elements(pdf, items) for kid in _elements(pdf, item)]
    kind = _NUMBERINGS.get(_html(items).get("type", "1" if _name(items) == "ol" else ""), "/Disc")
    labelled = any(kid["S"] == "/Lbl" for kid in kids)
    items["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind if labelled else "/None"})


def _pair_definitions(pdf: Any, items: Any) -> None:
    """Join each term of a <dl> and its definitions in one list item with the term as its label."""
    pairs: list[bytes] = []
    for item in _elements(pdf, items):
        if _name(item) == "dt":
            for body in _elements(pdf, item):
                body["S"] = "/Lbl"
        if _name(item) == "dd" and pairs and _name(_object(pdf, pairs[-1])) == "dt":
            _move_kids(pdf, item, _object(pdf, pairs[-1]))
            item.clear()
        else:
            pairs.append(item.reference)
    items["K"] = pydyf.Array(pairs)


def _give_body(pdf: Any, item: Any) -> None:
    """Put all kids of an LI but its label into one LBody, since an LI may have no other kids."""
    loose = [element for element in _elements(pdf, item) if element["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    references = [element.reference for element in loose]
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(references), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for element in loose:
        element["P"] = body.reference
    item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in references), body.reference])


def _set_scope(cell: Any) -> None:
    """Give a header cell a scope instead of WeasyPrint's ids, which differ from page to page."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        cell["A"]["Scope"] = "/Row" if cell.origin[0].get("scope", "").startswith("row") else "/Column"


def _take_annotations(pdf: Any, link: Any) -> dict[int, bytes]:
    """Move the annotations of elements within a link to the link; return it by the annotations' numbers in the parent tree."""
    owners = {}
    for inner in _descendants(pdf, link):
        for kid in [kid for kid in inner["K"] if isinstance(kid, bytes) and _object(pdf, kid).get("Type") == "/OBJR"]:
            inner["K"].remove(kid)
            link["K"].append(kid)
            owners[_object(pdf, _object(pdf, kid)["Obj"])["StructParent"]] = link.reference
    return owners


def _update_parent_tree(numbers: Any, moved: dict[bytes, bytes], owners: dict[int, bytes]) -> None:
    """Replace references to joined elements, and to the old elements of annotations, in the parent tree."""
    for index in range(0, len(numbers), 2):
        number, entry = numbers[index : index + 2]
        if isinstance(entry, list):
            entry[:] = [moved.get(reference, reference) for reference in entry]
        else:
            entry = owners.get(number, entry)
            numbers[index + 1] = moved.get(entry, entry)


def _descendants(pdf: Any, element: Any) -> Iterator[Any]:
    """Yield the elements under an element, parents first. The caller may change the kids of an element that it gets."""
    for kid in _elements(pdf, element):
        yield kid
        yield from _descendants(pdf, kid)


def _elements(pdf: Any, element: Any) -> list[Any]:
    return [child for kid in element["K"] if (child := _element(pdf, kid)) is not None]


def _element(pdf: Any, kid: Any) -> Any | None:
    """Return the structure element that a kid refers to; None for content and annotations."""
    target = _object(pdf, kid) if isinstance(kid, bytes) else None
    return target if isinstance(target, dict) and target.get("Type") == "/StructElem" else None


def _is_empty(pdf: Any, element: Any) -> bool:
    """Whether an element has neither meaning nor content."""
    return element["S"] in ("/NonStruct", "/Div") and all(
        (inner := _element(pdf, kid)) is not None and _is_empty(pdf, inner) for kid in element["K"]
    )


def _html(element: Any) -> Any:
    """Return the HTML element of a structure element, or None."""
    return getattr(element, "origin", (None,))[0]


def _name(element: Any) -> str:
    """Return the name of a structure element's HTML element or pseudo-element, or ""."""
    origin = getattr(element, "origin", (None, None))
    return origin[1] or ""


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
