"""Remove metadata, such as the location, the owner, comments and previews, from photos in PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.tags import as_list
from ipdocs.files.pictures.jpeg import parse_jpeg
from ipdocs.files.pictures.picture import BadPicture

if TYPE_CHECKING:
    import pikepdf

_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
"""The boxes of a JPEG 2000 file that contain the picture (ISO/IEC 15444-1, annex I)."""


def strip_images(pdf: pikepdf.Pdf) -> int:
    """Remove metadata from the photos in a PDF; return the number of photos that had any."""
    import pikepdf

    changed_count = 0
    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") != "/Image":
            continue
        filters = as_list(stream.get("/Filter"))
        strip = {"/DCTDecode": strip_jpeg, "/JPXDecode": strip_jpeg_2000}.get(str(filters[-1])) if filters else None
        if strip is None:
            continue
        data = _image_file(pdf, stream, filters)
        stripped = strip(data)
        if stripped != data:
            parameters = as_list(stream.get("/DecodeParms"))
            image_parameters = parameters[-1] if len(parameters) == len(filters) else None
            stream.write(stripped, filter=filters[-1], decode_parms=image_parameters)
            changed_count += 1
    return changed_count


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG with nothing but the picture itself; add the end marker if it is missing, as in many PDFs.

    Raises:
        BadPicture: The JPEG is damaged.
    """
    try:
        return parse_jpeg(data).minimal
    except BadPicture:
        return parse_jpeg(data + b"\xff\xd9").minimal


def strip_jpeg_2000(data: bytes) -> bytes:
    """Return a JPEG 2000 file with only the boxes in _BOXES; a bare code stream, which has no boxes, is not changed."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return data
    boxes, start = [], 0
    while start + 8 <= len(data):
        length, kind, header_size = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8], 8
        if length == 1:
            length, header_size = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        end = len(data) if length == 0 else start + max(length, header_size)
        if kind in _BOXES:
            boxes.append(data[start:end])
        start = end
    return b"".join(boxes)


def _image_file(pdf: pikepdf.Pdf, stream: Any, filters: list[Any]) -> bytes:
    """Return the JPEG or JPEG 2000 file in an image stream, after decoding all filters but the last."""
    import pikepdf

    if len(filters) == 1:
        return bytes(stream.read_raw_bytes())
    outer = pdf.make_stream(stream.read_raw_bytes(), Filter=pikepdf.Array(filters[:-1]))
    parameters = as_list(stream.get("/DecodeParms"))
    if len(parameters) == len(filters):
        outer.DecodeParms = pikepdf.Array(parameters[:-1])
    return bytes(outer.read_bytes())
