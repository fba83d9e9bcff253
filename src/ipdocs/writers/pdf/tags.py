"""Correct the structure tree that WeasyPrint writes; for example, join elements that page breaks split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

_NUMBERINGS = {"1": "/Decimal", "a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}
"""The ListNumbering in PDF for each type of <ol>."""


def fix_structure(pdf: Any) -> None:
    """Join elements that span pages, move footnotes to their calls, and add bodies to list items and scopes to header cells.

    Structure elements have two attributes from `weasy`. `origin` is a pair: the HTML element, and its name or the name of a
    pseudo-element, which contains "::". `language` is the language of the text.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    # Both mappings are for the parent tree. `joined_into` maps the reference of a joined element to the reference of the
    # remaining element. `link_by_number` maps the StructParent number of an annotation to the reference of its link.
    joined_into: dict[bytes, bytes] = {}
    link_by_number: dict[int, bytes] = {}
    _move_notes(pdf, document)
    _join_kids(pdf, document, joined_into)
    for element in _descendants(pdf, document):
        _join_kids(pdf, element, joined_into)
        if element["S"] == "/L":
            _unwrap_lists(pdf, element, joined_into)
            _set_numbering(pdf, element)
            _pair_definitions(pdf, element)
        elif element["S"] == "/LI":
            _add_body(pdf, element)
        elif element["S"] == "/Link" and "::" in _html_name(element):
            element["S"] = "/Span"  # Text that a stylesheet adds to a link is not a separate link.
        elif element["S"] == "/Link":
            link_by_number |= _move_annotations(pdf, element)
        elif element["S"] in ("/TH", "/TD"):
            _set_scope(element)
    _update_parent_tree(_object(pdf, root["ParentTree"])["Nums"], joined_into, link_by_number)


def _move_notes(pdf: Any, document: Any) -> None:
    """Move each footnote from the foot of the page to its call, so that it is read out there."""
    pairs = [(parent, element) for parent in (document, *_descendants(pdf, document)) for element in _child_elements(pdf, parent)]
    calls = {call.origin[0]: (parent, call) for parent, call in pairs if _html_name(call).endswith("::footnote-call")}
    for number, (area, note) in enumerate(
        [(area, note) for area, note in pairs if "::" not in _html_name(note) and _html_element(note) in calls], 1
    ):
        parent, call = calls[note.origin[0]]
        area["K"].remove(note.reference)
        parent["K"].insert(parent["K"].index(call.reference) + 1, note.reference)
        call["S"] = "/Reference"
        note |= {"S": "/Note", "P": parent.reference, "ID": pydyf.String(f"note-{number}"), "Lang": pydyf.String(note.language)}


def _join_kids(pdf: Any, parent: Any, joined_into: dict[bytes, bytes]) -> None:
    """Join the kids with the same HTML element into the first of them, and remove empty kids.

    An anonymous box around loose text has the HTML element of its parent, so such boxes are joined only if they are adjacent.
    """
    kids: list[Any] = []
    first_by_key: dict[Any, Any] = {}
    for kid in parent["K"]:
        element = _structure_element(pdf, kid)
        key = _origin_key(element)
        first_kid = first_by_key.get(key)
        is_anonymous = _html_element(element) is _html_element(parent)
        if element is not None and first_kid is not None and not (is_anonymous and kids[-1] != first_kid.reference):
            _move_kids(pdf, element, first_kid)
            joined_into[element.reference] = first_kid.reference
            element.clear()  # pydyf miscounts free objects, so the emptied element stays
        else:
            kids.append(kid)
            if key is not None:
                first_by_key[key] = element
    # Empty kids are removed only after joining, because an element that is empty on one page may continue on the next page.
    parent["K"] = pydyf.Array(
        kid for kid in kids if (element := _structure_element(pdf, kid)) is None or not _is_empty(pdf, element)
    )


def _unwrap_lists(pdf: Any, outer: Any, joined_into: dict[bytes, bytes]) -> None:
    """Remove the nested lists that WeasyPrint writes for the table, row group and row of a <dl> with table layout."""
    while (inner := next(iter(_child_elements(pdf, outer)), None)) is not None and _origin_key(inner) == _origin_key(outer):
        outer["K"].remove(inner.reference)
        _move_kids(pdf, inner, outer)
        joined_into[inner.reference] = outer.reference
        inner.clear()
        _join_kids(pdf, outer, joined_into)


def _origin_key(element: Any) -> Any | None:
    """Return a key that the parts of a split element share, or None for a structure element without an HTML element."""
    return (element["S"], *element.origin) if _html_element(element) is not None else None


def _move_kids(pdf: Any, source: Any, target: Any) -> None:
    """Move the kids of one structure element to another; content on another page gets a reference to its page."""
    for kid in source["K"]:
        inner = _structure_element(pdf, kid)
        if inner is not None:
            inner["P"] = target.reference
        elif isinstance(kid, int) and source["Pg"] != target["Pg"]:
            kid = pydyf.Dictionary({"Type": "/MCR", "Pg": source["Pg"], "MCID": kid})
        target["K"].append(kid)


def _set_numbering(pdf: Any, list_element: Any) -> None:
    """Set the ListNumbering of a list, which PDF/UA requires if items have labels (ISO 14289-1, 7.6)."""
    kids = [kid for item in _child_elements(pdf, list_element) for kid in _child_elements(pdf, item)]
    numbering = _NUMBERINGS.get(_html_element(list_element).get("type", "1" if _html_name(list_element) == "ol" else ""), "/Disc")
    has_labels = any(kid["S"] == "/Lbl" for kid in kids)
    list_element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering if has_labels else "/None"})


def _pair_definitions(pdf: Any, list_element: Any) -> None:
    """Join each term of a <dl> and its definitions into one list item, whose label is the term."""
    item_references: list[bytes] = []
    for item in _child_elements(pdf, list_element):
        if _html_name(item) == "dt":
            for body in _child_elements(pdf, item):
                body["S"] = "/Lbl"
        if _html_name(item) == "dd" and item_references and _html_name(_object(pdf, item_references[-1])) == "dt":
            _move_kids(pdf, item, _object(pdf, item_references[-1]))
            item.clear()
        else:
            item_references.append(item.reference)
    list_element["K"] = pydyf.Array(item_references)


def _add_body(pdf: Any, item: Any) -> None:
    """Move all kids of an LI except its label into an LBody, because an LI may have only these two kinds of kids."""
    other_kids = [element for element in _child_elements(pdf, item) if element["S"] not in ("/Lbl", "/LBody")]
    if not other_kids:
        return
    references = [element.reference for element in other_kids]
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(references), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for element in other_kids:
        element["P"] = body.reference
    item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in references), body.reference])


def _set_scope(cell: Any) -> None:
    """Give a header cell a scope, and remove WeasyPrint's ids from a cell, because they differ from page to page."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        cell["A"]["Scope"] = "/Row" if cell.origin[0].get("scope", "").startswith("row") else "/Column"


def _move_annotations(pdf: Any, link: Any) -> dict[int, bytes]:
    """Move the annotations of a link's descendants to the link; return the link's reference for each StructParent number."""
    link_by_number = {}
    for inner in _descendants(pdf, link):
        for kid in [kid for kid in inner["K"] if isinstance(kid, bytes) and _object(pdf, kid).get("Type") == "/OBJR"]:
            inner["K"].remove(kid)
            link["K"].append(kid)
            link_by_number[_object(pdf, _object(pdf, kid)["Obj"])["StructParent"]] = link.reference
    return link_by_number


def _update_parent_tree(nums: Any, joined_into: dict[bytes, bytes], link_by_number: dict[int, bytes]) -> None:
    """Update the parent tree: replace references to joined elements and to the former parents of annotations."""
    for index in range(0, len(nums), 2):
        number, entry = nums[index : index + 2]
        if isinstance(entry, list):
            entry[:] = [joined_into.get(reference, reference) for reference in entry]
        else:
            entry = link_by_number.get(number, entry)
            nums[index + 1] = joined_into.get(entry, entry)


def _descendants(pdf: Any, element: Any) -> Iterator[Any]:
    """Yield the descendants of an element, parents first. The caller may change the kids of each yielded element."""
    for kid in _child_elements(pdf, element):
        yield kid
        yield from _descendants(pdf, kid)


def _child_elements(pdf: Any, element: Any) -> list[Any]:
    return [child for kid in element["K"] if (child := _structure_element(pdf, kid)) is not None]


def _structure_element(pdf: Any, kid: Any) -> Any | None:
    """Return the structure element that a kid refers to, or None for content or an annotation."""
    target = _object(pdf, kid) if isinstance(kid, bytes) else None
    return target if isinstance(target, dict) and target.get("Type") == "/StructElem" else None


def _is_empty(pdf: Any, element: Any) -> bool:
    """Whether an element has neither content nor a meaningful tag."""
    return element["S"] in ("/NonStruct", "/Div") and all(
        (inner := _structure_element(pdf, kid)) is not None and _is_empty(pdf, inner) for kid in element["K"]
    )


def _html_element(element: Any) -> Any:
    """Return the HTML element that a structure element comes from, or None."""
    return getattr(element, "origin", (None,))[0]


def _html_name(element: Any) -> str:
    """Return the name of the HTML element or pseudo-element that a structure element comes from, or ""."""
    origin = getattr(element, "origin", (None, None))
    return origin[1] or ""


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
