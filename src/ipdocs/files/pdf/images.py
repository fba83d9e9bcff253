"""Photos in PDFs without what cameras and programs write into them: place, owner, comments, previews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.tags import listed
from ipdocs.files.pictures.jpeg import parse_jpeg
from ipdocs.files.pictures.picture import BadPicture

if TYPE_CHECKING:
    import pikepdf

_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
"""The boxes of a JPEG 2000 file that hold the picture (ISO/IEC 15444-1, annex I)."""


def strip_images(pdf: pikepdf.Pdf) -> int:
    """Take out of the photos of a PDF what does not belong to the picture; return in how many there was something."""
    import pikepdf

    changed = 0
    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") != "/Image":
            continue
        filters = listed(stream.get("/Filter"))
        strip = {"/DCTDecode": strip_jpeg, "/JPXDecode": strip_jpeg_2000}.get(str(filters[-1])) if filters else None
        if strip is None:
            continue
        data = _unwrapped(pdf, stream, filters)
        stripped = strip(data)
        if stripped != data:
            parameters = listed(stream.get("/DecodeParms"))
            own = parameters[-1] if len(parameters) == len(filters) else None
            stream.write(stripped, filter=filters[-1], decode_parms=own)
            changed += 1
    return changed


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG with nothing but the picture itself; one that lacks its last mark, as in many PDFs, gets it.

    Raises:
        BadPicture: its parts do not follow each other as they must.
    """
    try:
        return parse_jpeg(data).minimal
    except BadPicture:
        return parse_jpeg(data + b"\xff\xd9").minimal


def strip_jpeg_2000(data: bytes) -> bytes:
    """Return a JPEG 2000 file of the boxes that belong to the picture; a bare code stream has none and stays."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        length, kind, header = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = len(data) if length == 0 else at + max(length, header)
        if kind in _BOXES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _unwrapped(pdf: pikepdf.Pdf, stream: Any, filters: list[Any]) -> bytes:
    """Return a photo as its own file, without what it is packed in besides."""
    import pikepdf

    if len(filters) == 1:
        return bytes(stream.read_raw_bytes())
    outer = pdf.make_stream(stream.read_raw_bytes(), Filter=pikepdf.Array(filters[:-1]))
    parameters = listed(stream.get("/DecodeParms"))
    if len(parameters) == len(filters):
        outer.DecodeParms = pikepdf.Array(parameters[:-1])
    return bytes(outer.read_bytes())
