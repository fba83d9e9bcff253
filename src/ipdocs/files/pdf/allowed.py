"""An allowlist of the entries that each kind of PDF object may have; everything else is removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import pikepdf

SCHEMES = frozenset(("http", "https", "mailto", "tel"))
"""The schemes of the addresses that a link may lead to."""

_STREAM_ENTRIES = "Length Filter DecodeParms"
_ENTRIES = {
    "catalog": "Type Pages:pages StructTreeRoot:tags MarkInfo Lang Outlines:outline PageLabels",
    "pages": "Type Count Kids:pages Parent:pages",
    "page": """Type Parent:pages Resources:resources MediaBox CropBox Rotate UserUnit Contents:stream Group Annots:link
        StructParents Tabs""",
    "stream": _STREAM_ENTRIES,
    "resources": """ExtGState ColorSpace Pattern:pattern* Shading XObject:xobject* Font:font* Properties:property* ProcSet""",
    "xobject": "",
    "form": f"{_STREAM_ENTRIES} Type Subtype FormType BBox Matrix Resources:resources Group StructParent StructParents",
    "image": f"""{_STREAM_ENTRIES} Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask:image Decode
        Interpolate SMask:image SMaskInData Matte StructParent""",
    "pattern": f"""{_STREAM_ENTRIES} Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix Shading
        ExtGState""",
    "font": """Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor:descriptor Encoding ToUnicode
        DescendantFonts:font CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs:stream* Resources:resources""",
    "descriptor": """Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight
        XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet""",
    "property": "Type MCID Lang ActualText Alt E Subtype BBox Attached",
    "outline": "Type First:outline Last:outline Next:outline Prev:outline Parent:outline Count Title Dest A:action C F",
    "link": "Type Subtype Rect Border BS C F H QuadPoints StructParent Contents Dest A:action",
    "action": "S URI",
    "tags": "Type K:element ParentTree ParentTreeNextKey RoleMap ClassMap:attribute* IDTree Namespaces",
    "element": "Type S P:element K:element Pg:page ID Alt ActualText E Lang A:attribute R C NS",
    "reference": "Type Pg:page MCID Stm:xobject Obj",
}
"""The entries that each kind of object may have, as `name` or `name:kind of the value`.

A star after the kind means that the value is a dictionary of objects of this kind.
"""

_ALLOWED = {
    kind: {f"/{name}": value_kind for name, _, value_kind in (entry.partition(":") for entry in entries.split())}
    for kind, entries in _ENTRIES.items()
}
_FORBIDDEN_NAMES = """/AA /AF /Alternates /JS /LastModified /Measure /Metadata /OC /OPI /PieceInfo /PtData /Ref
    /SpiderInfo /Thumb /UserProperties"""
_FORBIDDEN = frozenset(_FORBIDDEN_NAMES.split())
"""Entries removed from objects whose kind has no row in _ENTRIES, such as functions and graphics states."""

_STRING_ENTRIES = frozenset(("/Registry", "/Ordering", "/P", "/Lang"))
"""The only entries whose strings stay in objects of a kind without a row: character collections, page labels and languages."""

_TYPES = {"/Page": "page", "/StructElem": "element", "/MCR": "reference", "/OBJR": "reference", "/Font": "font"}
_SUBTYPES = {"/Image": "image", "/Form": "form", "/Link": "link"}
_ATTRIBUTE_OWNERS = frozenset(("/Layout", "/List", "/Table", "/PrintField"))
"""The owners whose attributes a structure element may have. Attributes of other owners may contain anything."""

_OUTLINE_LINKS = ("/First", "/Next")
"""The entries that lead from one bookmark to another."""


def keep_allowed_entries(pdf: pikepdf.Pdf) -> None:
    """Remove from a PDF everything that the tables of this module do not allow.

    Links and bookmarks that lead to a page of the file or to the web stay; named destinations are replaced with explicit
    destinations. All other actions are removed. Pages outside the page tree that an object refers to are removed, too.
    """
    import pikepdf

    for key in set(pdf.trailer.keys()) - {"/Root", "/Size", "/ID", "/Prev"}:
        del pdf.trailer[key]
    destinations = dict(_destinations(pdf))
    pages = {page.obj.objgen for page in pdf.pages}
    pending: list[tuple[Any, str]] = [(pdf.Root, "catalog")]
    visited: set[tuple[int, int]] = set()
    while pending:
        value, kind = pending.pop()
        if value.is_indirect:
            if value.objgen in visited:
                continue
            visited.add(value.objgen)
        if kind in ("outline", "link") and isinstance(value, pikepdf.Dictionary):
            _clean_destination(value, destinations, pages)
        for child, child_kind, remove in _clean_children(value, kind):
            if _is_disallowed(child, child_kind, pages):
                remove()
            else:
                pending.append((child, child_kind))
    _cut_outline_loops(pdf)


def _clean_children(value: Any, kind: str) -> Iterator[tuple[Any, str, Any]]:
    """Remove the disallowed entries of an object; yield each object in the remaining entries.

    Yields:
        The object, its kind, and a function that removes the object from its container.
    """
    import pikepdf

    if isinstance(value, pikepdf.Array):
        for index, child in enumerate(list(value)):
            if _is_container(child):
                yield child, _kind(child, kind), lambda index=index: value.__setitem__(index, None)
        return
    item_kind = kind.removesuffix("*") if kind.endswith("*") else ""
    allowed = None if item_kind else _ALLOWED.get(kind)
    is_foreign = kind == "attribute" and str(value.get("/O", "")) not in _ATTRIBUTE_OWNERS
    for key, child in list((value.stream_dict if isinstance(value, pikepdf.Stream) else value).items()):
        is_allowed = key in allowed if allowed is not None else key not in _FORBIDDEN and not is_foreign
        if allowed is None and isinstance(child, pikepdf.String) and key not in _STRING_ENTRIES:
            is_allowed = False
        if not is_allowed and key != "/Length":
            if key in value:  # pikepdf does not find an entry that is null
                del value[key]
        elif _is_container(child):
            yield child, _kind(child, item_kind or (allowed or {}).get(key, "")), lambda key=key: value.__delitem__(key)


def _kind(value: Any, kind: str) -> str:
    """Return the kind of an object.

    Args:
        value: The object. Its own type decides, if that is known.
        kind: The kind according to the entry that holds the object; used if the object's own type is unknown.
    """
    import pikepdf

    if isinstance(value, pikepdf.Array) or kind.endswith("*"):
        return kind
    if kind == "pages":
        return "pages" if "/Kids" in value else "page"
    own_kind = _TYPES.get(str(value.get("/Type", ""))) or _SUBTYPES.get(str(value.get("/Subtype", "")))
    if own_kind == "form" and not isinstance(value, pikepdf.Stream):
        own_kind = None
    return own_kind or kind


def _is_disallowed(value: Any, kind: str, pages: set[tuple[int, int]]) -> bool:
    """Whether an object is a page outside the page tree, an annotation other than a link, or a PostScript program."""
    import pikepdf

    if kind == "xobject":
        return isinstance(value, pikepdf.Stream)
    if kind == "page" and isinstance(value, pikepdf.Dictionary):
        return value.objgen not in pages
    return kind == "" and isinstance(value, pikepdf.Dictionary) and "/Rect" in value and "/Subtype" in value


def _is_container(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)


def _clean_destination(holder: Any, destinations: dict[str, Any], pages: set[tuple[int, int]]) -> None:
    """Keep the destination of a link or bookmark only if it is a page of the file or a web address."""
    import pikepdf

    action, target = holder.get("/A"), holder.get("/Dest")
    for key in ("/A", "/Dest"):
        if key in holder:
            del holder[key]
    if isinstance(action, pikepdf.Dictionary):
        if is_web_link(action):
            holder.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=action.URI)
            return
        target = action.get("/D") if action.get("/S") == "/GoTo" else None
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = destinations.get(str(target))
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if isinstance(target, pikepdf.Array) and len(target) and _is_container(target[0]) and target[0].objgen in pages:
        view = [item for item in list(target)[1:] if not _is_container(item) and not isinstance(item, pikepdf.String)]
        holder.Dest = pikepdf.Array([target[0], *view])


def is_web_link(action: Any) -> bool:
    """Whether an action opens a web, mail or telephone address that contains no user name."""
    import pikepdf

    address = action.get("/URI")
    if action.get("/S") != "/URI" or not isinstance(address, pikepdf.String):
        return False
    try:
        parts = urlsplit(str(address).strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and "@" not in parts.netloc


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield the named destinations of a file, as pairs of name and destination, from its name tree and its PDF 1.1 dictionary."""
    import pikepdf

    if isinstance(dictionary := pdf.Root.get("/Dests"), pikepdf.Dictionary):
        yield from dictionary.items()
    names = pdf.Root.get("/Names")
    pending = [names.get("/Dests")] if isinstance(names, pikepdf.Dictionary) else []
    visited: set[tuple[int, int]] = set()
    while pending:
        node = pending.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in visited):
            continue
        visited.add(node.objgen)
        kids, pairs = node.get("/Kids"), node.get("/Names")
        pending += list(kids) if isinstance(kids, pikepdf.Array) else []
        items = list(pairs) if isinstance(pairs, pikepdf.Array) else []
        yield from ((str(name), target) for name, target in zip(items[0::2], items[1::2], strict=False))


def _cut_outline_loops(pdf: pikepdf.Pdf) -> None:
    """Remove each reference that leads to a bookmark for a second time, since programs would follow such loops forever."""
    import pikepdf

    if not isinstance(outlines := pdf.Root.get("/Outlines"), pikepdf.Dictionary):
        return
    pending, visited = [outlines], {outlines.objgen}
    while pending:
        bookmark = pending.pop()
        for key in (key for key in _OUTLINE_LINKS if key in bookmark):
            target = bookmark[key]
            if not isinstance(target, pikepdf.Dictionary) or target.objgen in visited:
                del bookmark[key]
            else:
                visited.add(target.objgen)
                pending.append(target)
