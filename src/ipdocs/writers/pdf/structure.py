"""The structure tree of a PDF, mended after WeasyPrint wrote it: what pages tore apart is one element again."""

from __future__ import annotations

from typing import Any

import pydyf


def mend(pdf: Any) -> None:
    """Join the parts of paragraphs, lists and tables that go over pages, give list items bodies and header cells a scope."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    moved: dict[bytes, bytes] = {}
    for reference in root["K"]:
        _mend(pdf, _at(pdf, reference), moved)
    _follow(_at(pdf, root["ParentTree"])["Nums"], moved)


def _mend(pdf: Any, element: Any, moved: dict[bytes, bytes]) -> None:
    _join_kids(pdf, element, moved)
    if element["S"] == "/LI":
        _give_body(pdf, element)
    if element["S"] in ("/TH", "/TD"):
        _scope(element)
    for kid in _elements(pdf, element):
        _mend(pdf, kid, moved)


def _join_kids(pdf: Any, parent: Any, moved: dict[bytes, bytes]) -> None:
    """Put the kids of neighbours that come from one HTML element into the first of them."""
    kids: list[Any] = []
    last = None
    for kid in parent["K"]:
        element = _element(pdf, kid)
        if element is not None and last is not None and _is_one(last, element):
            _move_kids(pdf, element, last)
            moved[element.reference] = last.reference
            element.free = "f"
        else:
            kids.append(kid)
            last = element
    parent["K"] = pydyf.Array(kids)


def _is_one(first: Any, second: Any) -> bool:
    origin = getattr(first, "origin", (None, None))
    return origin[0] is not None and first["S"] == second["S"] and origin == getattr(second, "origin", None)


def _move_kids(pdf: Any, source: Any, target: Any) -> None:
    for kid in source["K"]:
        inner = _element(pdf, kid)
        if inner is not None:
            inner["P"] = target.reference
        elif isinstance(kid, int) and source["Pg"] != target["Pg"]:
            kid = pydyf.Dictionary({"Type": "/MCR", "Pg": source["Pg"], "MCID": kid})
        target["K"].append(kid)


def _give_body(pdf: Any, item: Any) -> None:
    """Put into one LBody what an LI holds beside its label: no other kid is allowed there."""
    loose = [kid for kid in item["K"] if (element := _element(pdf, kid)) is None or element["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for kid in _elements(pdf, body):
        kid["P"] = body.reference
    item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in loose), body.reference])


def _scope(cell: Any) -> None:
    """Say which cells a header cell is for; the ids that WeasyPrint gives for that differ from page to page."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    html = getattr(cell, "origin", (None,))[0]
    if cell["S"] == "/TH" and html is not None:
        cell["A"]["Scope"] = "/Row" if html.get("scope", "").startswith("row") else "/Column"


def _follow(numbers: Any, moved: dict[bytes, bytes]) -> None:
    """Let the tree that leads from content to its element lead to where the element's kids went."""
    for at, entry in enumerate(numbers):
        if isinstance(entry, list):
            _follow(entry, moved)
        elif isinstance(entry, bytes):
            numbers[at] = moved.get(entry, entry)


def _elements(pdf: Any, element: Any) -> list[Any]:
    return [found for kid in element["K"] if (found := _element(pdf, kid)) is not None]


def _element(pdf: Any, kid: Any) -> Any | None:
    """Return the structure element that a kid refers to; None for content and annotations."""
    found = _at(pdf, kid) if isinstance(kid, bytes) else None
    return found if isinstance(found, dict) and found.get("Type") == "/StructElem" else None


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
