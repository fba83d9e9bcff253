"""Count the hidden and active content of a PDF; the counts before and after cleaning show how much was removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.allowed import is_web_link
from ipdocs.files.pdf.annotations import COMMENTS, DRAWINGS, is_hidden, is_printed
from ipdocs.files.pdf.layers import hidden_layers

if TYPE_CHECKING:
    import pikepdf

_ACTIONS = {
    **dict.fromkeys(("/JavaScript",), "scripts"),
    **dict.fromkeys(("/Launch",), "launch actions"),
    **dict.fromkeys(("/SubmitForm", "/ImportData", "/ResetForm"), "form actions"),
    **dict.fromkeys(("/GoToR", "/GoToE", "/Thread", "/URI"), "links to files"),
    **dict.fromkeys(("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"), "films and sounds"),
    **dict.fromkeys(("/Hide", "/Named", "/SetOCGState", "/Trans"), "other actions"),
}
"""The kind under which a removed action is counted, keyed by the type of action. Web addresses are not removed."""

_ANNOTATIONS = {
    **dict.fromkeys(COMMENTS, "comments"),
    **dict.fromkeys(("/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"), "films and sounds"),
}
"""The kind under which a removed annotation is counted, keyed by the type of annotation."""

_SHOWN_ON_SCREEN = frozenset(("/Widget", *DRAWINGS))
_ENTRIES = {
    "/EF": "attachments",
    "/Metadata": "records of metadata",
    "/PieceInfo": "private data of programs",
    "/SpiderInfo": "private data of programs",
    "/OPI": "private data of programs",
    "/XFA": "form scripts",
    "/Thumb": "thumbnails",
    "/Alternates": "alternate pictures",
    "/Collection": "portfolios",
}
"""The kind under which the value of an entry is counted, keyed by the name of the entry."""


def count_hidden_content(pdf: pikepdf.Pdf) -> Counter[str]:
    """Count the hidden and active content in all objects that the trailer leads to, keyed by kind."""
    import pikepdf

    counts: Counter[str] = Counter()
    pending: list[Any] = [pdf.trailer]
    visited: set[tuple[int, int]] = set()
    while pending:
        value = pending.pop()
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        if value.is_indirect:
            if value.objgen in visited:
                continue
            visited.add(value.objgen)
        if isinstance(value, pikepdf.Array):
            pending += list(value)
        else:
            counts.update(_kinds(value))
            pending += (value.stream_dict if isinstance(value, pikepdf.Stream) else value).values()
    information = pdf.trailer.get("/Info")
    counts["properties"] = len(information.keys()) if isinstance(information, pikepdf.Dictionary) else 0
    counts["switched-off layers"] = len(list(hidden_layers(pdf)))
    return +counts


def _kinds(value: Any) -> Iterator[str]:
    """Yield the kinds under which an object and its entries are counted, if they are hidden or active content."""
    action, subtype = str(value.get("/S", "")), str(value.get("/Subtype", ""))
    if action in _ACTIONS and not is_web_link(value):
        yield _ACTIONS[action]
    if "/Rect" in value and subtype in _ANNOTATIONS:
        yield _ANNOTATIONS[subtype]
    if "/Rect" in value and is_hidden(value) and subtype not in _ANNOTATIONS:
        yield "hidden form fields" if subtype == "/Widget" else "hidden annotations"
    if subtype in _SHOWN_ON_SCREEN and "/Rect" in value and not is_hidden(value) and not is_printed(value):
        yield "fields and drawings that are not printed"
    if "/FT" in value and value.get("/FT") == "/Sig" and "/V" in value:
        yield "signatures"
    yield from (kind for entry, kind in _ENTRIES.items() if entry in value)
