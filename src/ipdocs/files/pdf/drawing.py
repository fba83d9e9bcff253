"""Pages of PDFs drawn as pictures, where they hold more than what is seen of them.

Run as a program it reads a PDF and writes the pictures, so that whoever runs it can end it.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from ipdocs.files.pdf.boxes import Box
from ipdocs.files.pdf.unseen_words import openings, unseen_words

Reason = Literal["cropped", "clipped", "covered", "hidden"]
"""Why a page is set as a picture: something lies beyond its edges, photos are cut off, words lie under something opaque, or
words are cut off or have nearly no size."""

DPI = 300
MOST_DOTS = 6_000
"""How finely a page is made a picture, and the most dots of its longer side."""

_TOLERANCE = 1.0
"""Points by which content may reach beyond what is seen, such as the end of a line."""

_CLIPPED = 3.0
"""Points of a photo that may be cut off: programs round the edges of openings."""

_SMEAR, _WHITE = 8, 235
"""How many dots a JPEG smears an edge, and how light its white is at least, of 255."""

_MAX_SEGMENTS = 6
"""How many segments a rectangle has, drawn in any way."""

_MAX_DEPTH = 8
"""How deep forms within forms are looked into."""


class PagePicture(NamedTuple):
    """A page that is set as a picture: its number from 0, why, and the picture, a JPEG, with its size in dots."""

    number: int
    reason: Reason
    width: int
    height: int
    data: bytes


def draw_pages(data: bytes) -> Iterator[PagePicture]:
    """Yield a picture of each page of a PDF that holds more than what is seen of it."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            if reason := _reason(page):
                yield PagePicture(number, reason, *_picture(page))
            page.close()


def _reason(page: Any) -> Reason | None:
    if _reaches_out(page):
        return "cropped"
    if _has_clipped_photo(page):
        return "clipped"
    return unseen_words(page)


def _has_clipped_photo(page: Any) -> bool:
    """Whether a photo on a page is drawn through an opening that shows less than all of it, and the rest is not white."""
    import pypdfium2.raw

    for photo in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH):
        box = photo.get_bounds()
        if any(_reach(box, opening) > _CLIPPED and not _is_white_beyond(photo, opening) for opening in openings(photo)):
            return True
    return False


def _is_white_beyond(photo: Any, opening: Box) -> bool:
    """Whether a photo that stands upright has nothing but white beyond an opening, as cropped pictures of Word files have."""
    import pypdfium2

    matrix = photo.get_matrix()
    left, bottom, right, top = photo.get_bounds()
    if abs(matrix.b) > 0 or abs(matrix.c) > 0 or matrix.a <= 0 or matrix.d <= 0 or right <= left or top <= bottom:
        return False
    try:
        image = photo.get_bitmap().to_pil().convert("L")
    except pypdfium2.PdfiumError:
        return False
    across, down = image.width / (right - left), image.height / (top - bottom)
    sides = (opening[0] - left) * across, (top - opening[3]) * down, (opening[2] - left) * across, (top - opening[1]) * down
    grown = [round(side) + by for side, by in zip(sides, (-_SMEAR, -_SMEAR, _SMEAR, _SMEAR), strict=True)]
    image.paste(255, (max(grown[0], 0), max(grown[1], 0), min(grown[2], image.width), min(grown[3], image.height)))
    return bool(image.getextrema()[0] >= _WHITE)


def _reaches_out(page: Any) -> bool:
    """Whether something on a page lies beyond its visible part, but for grounds and the white of photos."""
    seen = page.get_cropbox()
    return any(
        _reach(box := drawn.get_bounds(), seen) > _TOLERANCE and box[:2] != box[2:] and not _may_reach_out(drawn, box, seen)
        for drawn in page.get_objects(max_depth=1)
    )


def _reach(box: Box, opening: Box) -> float:
    """Return how far a box reaches beyond an opening on its worst side, in points."""
    return max(opening[0] - box[0], opening[1] - box[1], box[2] - opening[2], box[3] - opening[3])


def _may_reach_out(drawn: Any, box: Box, seen: Box) -> bool:
    """Whether what lies beyond the visible part tells nothing: of a photo with white there, a rectangle or a shade."""
    import pypdfium2.raw as pdfium

    if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _is_white_beyond(drawn, seen)
    overlaps = box[0] < seen[2] and seen[0] < box[2] and box[1] < seen[3] and seen[1] < box[3]
    is_rectangle = drawn.type == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPath_CountSegments(drawn) <= _MAX_SEGMENTS
    return overlaps and (is_rectangle or drawn.type == pdfium.FPDF_PAGEOBJ_SHADING)


def _picture(page: Any) -> tuple[int, int, bytes]:
    """Return the size in dots and the JPEG of what is seen of a page, not turned."""
    left, bottom, right, top = page.get_cropbox()
    page.set_rotation(0)
    scale = min(DPI / 72, MOST_DOTS / max(right - left, top - bottom))
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=90, subsampling=0)
    return image.width, image.height, packed.getvalue()


def pack_pictures(pictures: Iterable[PagePicture]) -> bytes:
    """Return pictures of pages as bytes: a line of JSON that lists them, and their data."""
    listed = list(pictures)
    heads = [(*picture[:-1], len(picture.data)) for picture in listed]
    return b"".join((json.dumps(heads).encode(), b"\n", *(picture.data for picture in listed)))


def unpack_pictures(data: bytes) -> Iterator[PagePicture]:
    """Yield the pictures that `pack_pictures` packed."""
    listed, _, rest = data.partition(b"\n")
    at = 0
    for number, reason, width, height, length in json.loads(listed):
        yield PagePicture(number, reason, width, height, rest[at : at + length])
        at += length


if __name__ == "__main__":
    sys.stdout.buffer.write(pack_pictures(draw_pages(sys.stdin.buffer.read())))
