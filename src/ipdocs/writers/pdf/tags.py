"""The structure tree of a PDF, mended after WeasyPrint wrote it: what pages tore apart is one element again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

_NUMBERINGS = {"1": "/Decimal", "a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}


def mend(pdf: Any) -> None:
    """Join what goes over pages, put notes beside their calls, give list items bodies and header cells a scope.

    Each element's `origin` is the HTML element it was made from and that element's name, with :: in a pseudo-element's;
    its `language` is that of its text.
    """
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    document = _at(pdf, root["K"][0])
    moved: dict[bytes, bytes] = {}
    owners: dict[int, bytes] = {}
    _place_notes(pdf, document)
    _join_kids(pdf, document, moved)
    for element in _descendants(pdf, document):
        _join_kids(pdf, element, moved)
        if element["S"] == "/L":
            _unwrap(pdf, element, moved)
            _number(pdf, element)
            _pair_definitions(pdf, element)
        elif element["S"] == "/LI":
            _give_body(pdf, element)
        elif element["S"] == "/Link" and "::" in _name(element):
            element["S"] = "/Span"  # what a stylesheet adds to a link is not a link in the link
        elif element["S"] == "/Link":
            owners |= _take_annotations(pdf, element)
        elif element["S"] in ("/TH", "/TD"):
            _scope(element)
    _follow(_at(pdf, root["ParentTree"])["Nums"], moved, owners)


def _place_notes(pdf: Any, document: Any) -> None:
    """Move each note from the foot of its page to where it is called, so that it is read there."""
    found = [(parent, element) for parent in (document, *_descendants(pdf, document)) for element in _elements(pdf, parent)]
    calls = {call.origin[0]: (parent, call) for parent, call in found if _name(call).endswith("::footnote-call")}
    for number, (foot, note) in enumerate(
        [(foot, note) for foot, note in found if "::" not in _name(note) and _html(note) in calls], 1
    ):
        parent, call = calls[note.origin[0]]
        foot["K"].remove(note.reference)
        parent["K"].insert(parent["K"].index(call.reference) + 1, note.reference)
        call["S"] = "/Reference"
        note |= {"S": "/Note", "P": parent.reference, "ID": pydyf.String(f"note-{number}"), "Lang": pydyf.String(note.language)}


def _join_kids(pdf: Any, parent: Any, moved: dict[bytes, bytes]) -> None:
    """Put the kids of elements that come from one HTML element into the first of them, and leave out what is empty.

    Boxes that WeasyPrint put around loose text have their parent's HTML element, so only neighbours among them are one.
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
            element.clear()  # an empty object stays: pydyf miscounts when one is free
        else:
            kids.append(kid)
            if key is not None:
                firsts[key] = element
    # Only now: what is empty on one page keeps its place for its part on the next.
    parent["K"] = pydyf.Array(kid for kid in kids if (element := _element(pdf, kid)) is None or not _is_empty(pdf, element))


def _unwrap(pdf: Any, items: Any, moved: dict[bytes, bytes]) -> None:
    """Take out the lists in a list that WeasyPrint makes of the table, group and row of a <dl> whose parts stand side by side."""
    while (inner := next(iter(_elements(pdf, items)), None)) is not None and _origin(inner) == _origin(items):
        items["K"].remove(inner.reference)
        _move_kids(pdf, inner, items)
        moved[inner.reference] = items.reference
        inner.clear()
        _join_kids(pdf, items, moved)


def _origin(element: Any) -> Any | None:
    """Return what elements share that are parts of one; None for an element that no HTML stands behind."""
    return (element["S"], *element.origin) if _html(element) is not None else None


def _move_kids(pdf: Any, source: Any, target: Any) -> None:
    for kid in source["K"]:
        inner = _element(pdf, kid)
        if inner is not None:
            inner["P"] = target.reference
        elif isinstance(kid, int) and source["Pg"] != target["Pg"]:
            kid = pydyf.Dictionary({"Type": "/MCR", "Pg": source["Pg"], "MCID": kid})
        target["K"].append(kid)


def _number(pdf: Any, items: Any) -> None:
    """Say how a list is numbered, which PDF/UA wants where its items have labels (ISO 14289-1, 7.6)."""
    kids = [kid for item in _elements(pdf, items) for kid in _elements(pdf, item)]
    kind = _NUMBERINGS.get(_html(items).get("type", "1" if _name(items) == "ol" else ""), "/Disc")
    labelled = any(kid["S"] == "/Lbl" for kid in kids)
    items["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind if labelled else "/None"})


def _pair_definitions(pdf: Any, items: Any) -> None:
    """Make one list item of a term and its definitions, the term being its label."""
    kept: list[bytes] = []
    for item in _elements(pdf, items):
        if _name(item) == "dt":
            for body in _elements(pdf, item):
                body["S"] = "/Lbl"
        if _name(item) == "dd" and kept and _name(_at(pdf, kept[-1])) == "dt":
            _move_kids(pdf, item, _at(pdf, kept[-1]))
            item.clear()
        else:
            kept.append(item.reference)
    items["K"] = pydyf.Array(kept)


def _give_body(pdf: Any, item: Any) -> None:
    """Put into one LBody what an LI holds beside its label: no other kid is allowed there."""
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


def _scope(cell: Any) -> None:
    """Say which cells a header cell is for; the ids that WeasyPrint gives for that differ from page to page."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        cell["A"]["Scope"] = "/Row" if cell.origin[0].get("scope", "").startswith("row") else "/Column"


def _take_annotations(pdf: Any, link: Any) -> dict[int, bytes]:
    """Give a link the annotation of a picture in it, and return by its number in the parent tree whose it is now."""
    owners = {}
    for inner in _descendants(pdf, link):
        for kid in [kid for kid in inner["K"] if isinstance(kid, bytes) and _at(pdf, kid).get("Type") == "/OBJR"]:
            inner["K"].remove(kid)
            link["K"].append(kid)
            owners[_at(pdf, _at(pdf, kid)["Obj"])["StructParent"]] = link.reference
    return owners


def _follow(numbers: Any, moved: dict[bytes, bytes], owners: dict[int, bytes]) -> None:
    """Let the tree that leads from content and annotations to their elements lead to where those went."""
    for at in range(0, len(numbers), 2):
        number, entry = numbers[at : at + 2]
        if isinstance(entry, list):
            entry[:] = [moved.get(reference, reference) for reference in entry]
        else:
            entry = owners.get(number, entry)
            numbers[at + 1] = moved.get(entry, entry)


def _descendants(pdf: Any, element: Any) -> Iterator[Any]:
    """Yield the elements under one, parents first; what a parent holds is asked for when its kids are due."""
    for kid in _elements(pdf, element):
        yield kid
        yield from _descendants(pdf, kid)


def _elements(pdf: Any, element: Any) -> list[Any]:
    return [found for kid in element["K"] if (found := _element(pdf, kid)) is not None]


def _element(pdf: Any, kid: Any) -> Any | None:
    """Return the structure element that a kid refers to; None for content and annotations."""
    found = _at(pdf, kid) if isinstance(kid, bytes) else None
    return found if isinstance(found, dict) and found.get("Type") == "/StructElem" else None


def _is_empty(pdf: Any, element: Any) -> bool:
    """Say whether an element means nothing and holds nothing."""
    return element["S"] in ("/NonStruct", "/Div") and all(
        (inner := _element(pdf, kid)) is not None and _is_empty(pdf, inner) for kid in element["K"]
    )


def _html(element: Any) -> Any:
    """Return the HTML element behind an element, or None."""
    return getattr(element, "origin", (None,))[0]


def _name(element: Any) -> str:
    """Return the name of the HTML element behind an element."""
    origin = getattr(element, "origin", (None, None))
    return origin[1] or ""


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
