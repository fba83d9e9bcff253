"""Drawing of PDF pages with hidden content as pictures.

As a program it reads a PDF from standard input and writes the pictures to standard output, so that it can be killed.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from ipdocs.files.pdf.boxes import Box
from ipdocs.files.pdf.hidden_text import clip_boxes, hidden_text

Reason = Literal["cropped", "clipped", "covered", "hidden"]
"""Why a page is replaced by a picture: content lies beyond its edges, photos are clipped, words are under something opaque, or
words are clipped or too small to read."""

DPI = 300
"""The resolution of a picture of a page."""
MAX_DOTS = 6_000
"""How many dots its longer side may have."""

_MAX_OVERHANG = 1.0
"""Points by which content may reach beyond the visible part, such as the end of a line."""

_MAX_CLIPPED = 3.0
"""Points of a photo that may be clipped: programs round the edges of clipping paths."""

_BLUR, _MIN_WHITE = 8, 235
"""How many dots JPEG blurs an edge, and the darkest value, 0 to 255, that counts as white."""

_MAX_SEGMENTS = 6
"""How many segments the path of a rectangle may have."""

_MAX_DEPTH = 8
"""How deep nested forms are examined."""


class PagePicture(NamedTuple):
    """A picture that replaces a page: the page's number from 0, the reason, the size in dots, and the JPEG."""

    number: int
    reason: Reason
    width: int
    height: int
    data: bytes


def draw_pages(data: bytes) -> Iterator[PagePicture]:
    """Yield a picture of each page of a PDF that has hidden content."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            if reason := _reason(page):
                yield PagePicture(number, reason, *_picture(page))
            page.close()


def _reason(page: Any) -> Reason | None:
    if _has_content_outside(page):
        return "cropped"
    if _has_clipped_photo(page):
        return "clipped"
    return hidden_text(page)


def _has_clipped_photo(page: Any) -> bool:
    """Whether a clipping path hides a part of a photo that is not white."""
    import pypdfium2.raw

    for photo in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH):
        box = photo.get_bounds()
        if any(_overhang(box, clip) > _MAX_CLIPPED and not _is_white_outside(photo, clip) for clip in clip_boxes(photo)):
            return True
    return False


def _is_white_outside(photo: Any, visible: Box) -> bool:
    """Whether an upright photo is white outside its visible part, as `blank_cropped_parts` leaves pictures of Word files."""
    import pypdfium2

    matrix = photo.get_matrix()
    left, bottom, right, top = photo.get_bounds()
    if abs(matrix.b) > 0 or abs(matrix.c) > 0 or matrix.a <= 0 or matrix.d <= 0 or right <= left or top <= bottom:
        return False
    try:
        image = photo.get_bitmap().to_pil().convert("L")
    except pypdfium2.PdfiumError:
        return False
    x_scale, y_scale = image.width / (right - left), image.height / (top - bottom)
    x_start, x_end = (visible[0] - left) * x_scale, (visible[2] - left) * x_scale
    y_start, y_end = (top - visible[3]) * y_scale, (top - visible[1]) * y_scale
    corner = max(round(x_start) - _BLUR, 0), max(round(y_start) - _BLUR, 0)
    opposite_corner = min(round(x_end) + _BLUR, image.width), min(round(y_end) + _BLUR, image.height)
    image.paste(255, (*corner, *opposite_corner))
    return bool(image.getextrema()[0] >= _MIN_WHITE)


def _has_content_outside(page: Any) -> bool:
    """Whether a page has content outside its visible part, other than backgrounds and the white of photos."""
    visible = page.get_cropbox()
    return any(
        _overhang(box := item.get_bounds(), visible) > _MAX_OVERHANG
        and box[:2] != box[2:]
        and not _is_harmless_outside(item, box, visible)
        for item in page.get_objects(max_depth=1)
    )


def _overhang(box: Box, visible: Box) -> float:
    """Return by how many points a box reaches beyond the visible part, on the side where that is most."""
    return max(visible[0] - box[0], visible[1] - box[1], box[2] - visible[2], box[3] - visible[3])


def _is_harmless_outside(item: Any, box: Box, visible: Box) -> bool:
    """Whether the part of an object outside the visible part shows nothing: white of a photo, a rectangle or a shading."""
    import pypdfium2.raw as pdfium

    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _is_white_outside(item, visible)
    overlaps = box[0] < visible[2] and visible[0] < box[2] and box[1] < visible[3] and visible[1] < box[3]
    is_rectangle = item.type == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPath_CountSegments(item) <= _MAX_SEGMENTS
    return overlaps and (is_rectangle or item.type == pdfium.FPDF_PAGEOBJ_SHADING)


def _picture(page: Any) -> tuple[int, int, bytes]:
    """Return the size in dots and the JPEG of the visible part of a page, without the page's rotation."""
    left, bottom, right, top = page.get_cropbox()
    page.set_rotation(0)
    scale = min(DPI / 72, MAX_DOTS / max(right - left, top - bottom))
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90, subsampling=0)
    return image.width, image.height, stream.getvalue()


def pack_pictures(pictures: Iterable[PagePicture]) -> bytes:
    """Return pictures as bytes: a line of JSON that describes them, then their data."""
    pictures = list(pictures)
    descriptions = [(*picture[:-1], len(picture.data)) for picture in pictures]
    return b"".join((json.dumps(descriptions).encode(), b"\n", *(picture.data for picture in pictures)))


def unpack_pictures(data: bytes) -> Iterator[PagePicture]:
    """Yield the pictures in the bytes of `pack_pictures`."""
    descriptions, _, content = data.partition(b"\n")
    start = 0
    for number, reason, width, height, length in json.loads(descriptions):
        yield PagePicture(number, reason, width, height, content[start : start + length])
        start += length


if __name__ == "__main__":
    sys.stdout.buffer.write(pack_pictures(draw_pages(sys.stdin.buffer.read())))
