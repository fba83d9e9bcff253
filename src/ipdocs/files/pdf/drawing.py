"""Draw PDF pages that have hidden content as pictures.

Run as a program, this module reads a PDF from standard input and writes the pictures to standard output. The drawing can then
be stopped by ending the program.
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
"""Why a page is replaced with a picture.

- cropped: content lies beyond the edges of the page;
- clipped: photos are clipped;
- covered: words are under an opaque area;
- hidden: words are clipped, too small to read, or only used as a clipping path.
"""

DPI = 300
"""The resolution of the picture of a page."""
MAX_DOTS = 6_000
"""Maximum length of the longer side of the picture of a page, in dots."""

_MAX_OVERHANG = 1.0
"""How far content, such as the end of a line, may extend beyond the visible part of a page, in points."""

_MAX_CLIPPED = 3.0
"""How far a photo may extend beyond a clipping path, in points, since programs round the edges of clipping paths."""

_BLUR, _MIN_WHITE = 8, 235
"""The width in dots of the blur that JPEG adds to an edge, and the darkest value, 0 to 255, that counts as white."""

_MAX_SEGMENTS = 6
"""Maximum number of segments in a path that counts as a rectangle."""

_MAX_DEPTH = 8
"""Maximum nesting of the forms that are examined."""


class PagePicture(NamedTuple):
    """A picture that replaces a page: the index of the page from 0, the reason, the size in dots, and the JPEG."""

    page_index: int
    reason: Reason
    width: int
    height: int
    data: bytes


def draw_pages(data: bytes) -> Iterator[PagePicture]:
    """Yield a picture of each page with hidden content in a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for page_index in range(len(document)):
            page = document[page_index]
            if reason := _reason(page):
                yield PagePicture(page_index, reason, *_draw_picture(page))
            page.close()


def _reason(page: Any) -> Reason | None:
    if _has_content_outside(page):
        return "cropped"
    if _has_clipped_photo(page):
        return "clipped"
    return hidden_text(page)


def _has_clipped_photo(page: Any) -> bool:
    """Whether a clipping path hides part of a photo, other than white margins."""
    import pypdfium2.raw

    for photo in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH):
        box = photo.get_bounds()
        if any(_overhang(box, clip) > _MAX_CLIPPED and not _is_white_outside(photo, clip) for clip in clip_boxes(photo)):
            return True
    return False


def _is_white_outside(photo: Any, visible: Box) -> bool:
    """Whether an upright photo is white outside its visible part, as pictures from Word files are after `blank_cropped_areas`."""
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
    """Whether a page has content outside its visible part, other than backgrounds and white margins of photos."""
    visible = page.get_cropbox()
    return any(
        _overhang(box := item.get_bounds(), visible) > _MAX_OVERHANG
        and box[:2] != box[2:]
        and not _is_harmless_outside(item, box, visible)
        for item in page.get_objects(max_depth=1)
    )


def _overhang(box: Box, visible: Box) -> float:
    """Return the largest distance in points, on any side, by which a box extends beyond the visible part."""
    return max(visible[0] - box[0], visible[1] - box[1], box[2] - visible[2], box[3] - visible[3])


def _is_harmless_outside(item: Any, box: Box, visible: Box) -> bool:
    """Whether an object shows no content outside the visible part: it is a background, or a photo with white margins."""
    import pypdfium2.raw as pdfium

    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _is_white_outside(item, visible)
    overlaps = box[0] < visible[2] and visible[0] < box[2] and box[1] < visible[3] and visible[1] < box[3]
    is_rectangle = item.type == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPath_CountSegments(item) <= _MAX_SEGMENTS
    return overlaps and (is_rectangle or item.type == pdfium.FPDF_PAGEOBJ_SHADING)


def _draw_picture(page: Any) -> tuple[int, int, bytes]:
    """Draw the visible part of a page, not rotated; return the width and height in dots, and the JPEG."""
    left, bottom, right, top = page.get_cropbox()
    page.set_rotation(0)
    scale = min(DPI / 72, MAX_DOTS / max(right - left, top - bottom))
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90, subsampling=0)
    return image.width, image.height, stream.getvalue()


def pack_pictures(pictures: Iterable[PagePicture]) -> bytes:
    """Serialise pictures: one line of JSON with their descriptions, then their data."""
    pictures = list(pictures)
    descriptions = [(*picture[:-1], len(picture.data)) for picture in pictures]
    return b"".join((json.dumps(descriptions).encode(), b"\n", *(picture.data for picture in pictures)))


def unpack_pictures(data: bytes) -> Iterator[PagePicture]:
    """Yield the pictures in bytes that `pack_pictures` has written."""
    descriptions, _, content = data.partition(b"\n")
    start = 0
    for page_index, reason, width, height, length in json.loads(descriptions):
        yield PagePicture(page_index, reason, width, height, content[start : start + length])
        start += length


if __name__ == "__main__":
    sys.stdout.buffer.write(pack_pictures(draw_pages(sys.stdin.buffer.read())))
