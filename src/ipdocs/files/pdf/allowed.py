"""Objects of a PDF, each kind with the entries that it may have: everything else goes, whoever invented it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import pikepdf

SCHEMES = frozenset(("http", "https", "mailto", "tel"))
"""The addresses that a link may lead to."""

_STREAM = "Length Filter DecodeParms"
_ENTRIES = {
    "catalog": "Type Pages:pages StructTreeRoot:tags MarkInfo Lang Outlines:outline PageLabels",
    "pages": "Type Count Kids:pages Parent:pages",
    "page": """Type Parent:pages Resources:resources MediaBox CropBox Rotate UserUnit Contents:stream Group Annots:link
        StructParents Tabs""",
    "stream": _STREAM,
    "resources": """ExtGState ColorSpace Pattern:pattern* Shading XObject:xobject* Font:font* Properties:property* ProcSet""",
    "xobject": "",
    "form": f"{_STREAM} Type Subtype FormType BBox Matrix Resources:resources Group StructParent StructParents",
    "image": f"""{_STREAM} Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask:image Decode Interpolate
        SMask:image SMaskInData Matte StructParent""",
    "pattern": f"""{_STREAM} Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix Shading
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
"""The entries of each kind of object, with the kind of what they hold; a star says that it is a dictionary of that kind."""

_ALLOWED = {
    kind: {f"/{name}": of for name, _, of in (entry.partition(":") for entry in entries.split())}
    for kind, entries in _ENTRIES.items()
}
_UNWANTED = """/AA /AF /Alternates /JS /LastModified /Measure /Metadata /OC /OPI /PieceInfo /PtData /Ref
    /SpiderInfo /Thumb /UserProperties"""
_FORBIDDEN = frozenset(_UNWANTED.split())
"""The entries that objects of no kind of their own may not have: fonts' descriptors, functions, colours, states."""

_STRINGS = frozenset(("/Registry", "/Ordering", "/P", "/Lang"))
"""The entries that may be a string in such an object: names of characters' collections, labels of pages, languages."""

_SELF_TYPED = {"/Page": "page", "/StructElem": "element", "/MCR": "reference", "/OBJR": "reference", "/Font": "font"}
_SUBTYPED = {"/Image": "image", "/Form": "form", "/Link": "link"}
_OWNERS = frozenset(("/Layout", "/List", "/Table", "/PrintField"))
"""Whose attributes a structure element may have; those of programs and users hold anything."""

_TREE = frozenset(("/First", "/Next"))
"""The entries of bookmarks by which none of them may be reached twice."""


def keep_allowed(pdf: pikepdf.Pdf) -> None:
    """Take everything out of a PDF that is not in the tables of this module, in one walk over all its objects.

    Links and bookmarks that lead to a page of the file or to the web are kept, with the place itself for its name; no other
    action is. Pages that are in no order of pages go, although something refers to them.
    """
    import pikepdf

    for key in set(pdf.trailer.keys()) - {"/Root", "/Size", "/ID", "/Prev"}:
        del pdf.trailer[key]
    destinations = dict(_destinations(pdf))
    pages = {page.obj.objgen for page in pdf.pages}
    todo: list[tuple[Any, str]] = [(pdf.Root, "catalog")]
    seen: set[tuple[int, int]] = set()
    while todo:
        value, kind = todo.pop()
        if value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if kind in ("outline", "link") and isinstance(value, pikepdf.Dictionary):
            _keep_destination(value, destinations, pages)
        for child, child_kind, remove in _children(value, kind):
            if _is_lost(child, child_kind, pages):
                remove()
            else:
                todo.append((child, child_kind))
    _cut_loops(pdf)


def _children(value: Any, kind: str) -> Iterator[tuple[Any, str, Any]]:
    """Yield what an object holds, each with its kind and how to remove it; entries that are not allowed are removed first."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        for index, child in enumerate(list(value)):
            if _is_container(child):
                yield child, _kind(child, kind), lambda index=index: value.__setitem__(index, None)
        return
    starred = kind.removesuffix("*") if kind.endswith("*") else ""
    allowed = None if starred else _ALLOWED.get(kind)
    is_foreign = kind == "attribute" and str(value.get("/O", "")) not in _OWNERS
    for key, child in list((value.stream_dict if isinstance(value, pikepdf.Stream) else value).items()):
        is_kept = key in allowed if allowed is not None else key not in _FORBIDDEN and not is_foreign
        if allowed is None and isinstance(child, pikepdf.String) and key not in _STRINGS:
            is_kept = False
        if not is_kept and key != "/Length":
            if key in value:  # an entry that is null is none
                del value[key]
        elif _is_container(child):
            yield child, _kind(child, starred or (allowed or {}).get(key, "")), lambda key=key: value.__delitem__(key)


def _kind(value: Any, kind: str) -> str:
    """Return the kind of an object, by what it says of itself or by where it was found."""
    import pikepdf

    if isinstance(value, pikepdf.Array) or kind.endswith("*"):
        return kind
    if kind == "pages":
        return "pages" if "/Kids" in value else "page"
    of_itself = _SELF_TYPED.get(str(value.get("/Type", ""))) or _SUBTYPED.get(str(value.get("/Subtype", "")))
    if of_itself == "form" and not isinstance(value, pikepdf.Stream):
        of_itself = None
    return of_itself or kind


def _is_lost(value: Any, kind: str, pages: set[tuple[int, int]]) -> bool:
    """Whether something refers to a page that is no page of the file, to an annotation that is no link, or to a program."""
    import pikepdf

    if kind == "xobject":
        return isinstance(value, pikepdf.Stream)

    if kind == "page" and isinstance(value, pikepdf.Dictionary):
        return value.objgen not in pages
    return kind == "" and isinstance(value, pikepdf.Dictionary) and "/Rect" in value and "/Subtype" in value


def _is_container(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)


def _keep_destination(holder: Any, destinations: dict[str, Any], pages: set[tuple[int, int]]) -> None:
    """Let a link or bookmark lead to its place or to the web, or nowhere."""
    import pikepdf

    action, goal = holder.get("/A"), holder.get("/Dest")
    for key in ("/A", "/Dest"):
        if key in holder:
            del holder[key]
    if isinstance(action, pikepdf.Dictionary):
        if is_web_link(action):
            holder.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=action.URI)
            return
        goal = action.get("/D") if action.get("/S") == "/GoTo" else None
    if isinstance(goal, pikepdf.String | pikepdf.Name):
        goal = destinations.get(str(goal))
    if isinstance(goal, pikepdf.Dictionary):
        goal = goal.get("/D")
    if isinstance(goal, pikepdf.Array) and len(goal) and _is_container(goal[0]) and goal[0].objgen in pages:
        numbers = [number for number in list(goal)[1:] if not _is_container(number) and not isinstance(number, pikepdf.String)]
        holder.Dest = pikepdf.Array([goal[0], *numbers])


def is_web_link(action: Any) -> bool:
    """Whether an action opens a page of the web, or a mail, without a name and password in its address."""
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
    """Yield the named destinations of a file, old kind and new."""
    import pikepdf

    if isinstance(old := pdf.Root.get("/Dests"), pikepdf.Dictionary):
        yield from old.items()
    names = pdf.Root.get("/Names")
    todo = [names.get("/Dests")] if isinstance(names, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while todo:
        node = todo.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        kids, pairs = node.get("/Kids"), node.get("/Names")
        todo += list(kids) if isinstance(kids, pikepdf.Array) else []
        row = list(pairs) if isinstance(pairs, pikepdf.Array) else []
        yield from ((str(name), goal) for name, goal in zip(row[0::2], row[1::2], strict=False))


def _cut_loops(pdf: pikepdf.Pdf) -> None:
    """Let each bookmark be reached once, so that readers come to an end."""
    import pikepdf

    if not isinstance(outlines := pdf.Root.get("/Outlines"), pikepdf.Dictionary):
        return
    todo, seen = [outlines], {outlines.objgen}
    while todo:
        item = todo.pop()
        for key in (key for key in _TREE if key in item):
            following = item[key]
            if not isinstance(following, pikepdf.Dictionary) or following.objgen in seen:
                del item[key]
            else:
                seen.add(following.objgen)
                todo.append(following)
