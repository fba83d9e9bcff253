"""Detect hidden words on PDF pages: covered (for example by black bars), clipped, tiny, or only used for clipping."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ipdocs.files.pdf.boxes import Box

Matrix = tuple[float, float, float, float, float, float]

_MAX_DEPTH = 8
"""Maximum nesting of the forms that are examined."""

_MIN_SIZE = 0.5
"""Minimum length of the longer side of a readable character, in points; smaller text is unreadable even when enlarged."""

_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)

_MAX_SEGMENTS = 6
"""Maximum number of segments in a path that counts as a rectangle."""

_MAX_SLOPE = 0.001
"""Maximum slope of a side that counts as horizontal or vertical."""


@dataclass(frozen=True, slots=True)
class _PageItem:
    """A text or an opaque area on a page.

    Attributes:
        order: The position in the order of drawing.
        box: The box around the item, in points of the page.
        address: The memory address of the text object; 0 for an opaque area.
        clip: The part of the page to which the clipping paths restrict the item.
    """

    order: int
    box: Box
    address: int
    clip: Box = _EVERYWHERE


def hidden_text(page: Any) -> Literal["covered", "hidden"] | None:
    """Return why words on a page are hidden, or None if all are visible.

    Returns:
        "covered" if an opaque rectangle or photo covers the middle of a character drawn earlier. "hidden" if a character is
        clipped completely, is too small to read, or is only used as a clipping path.
    """
    items = list(_page_items(page, None, (1, 0, 0, 1, 0, 0), _EVERYWHERE, [0], 0))
    texts = {item.address: item for item in items if item.address}
    areas = [item for item in items if not item.address]
    covers = {
        address: [area.box for area in areas if area.order > text.order and _overlap(area.box, text.box)]
        for address, text in texts.items()
    }
    characters = list(_characters(page))
    for box, _, address in characters:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if any(cover[0] < x < cover[2] and cover[1] < y < cover[3] for cover in covers.get(address, ())):
            return "covered"
    is_hidden = any(
        size < _MIN_SIZE or (address in texts and not _touch(box, texts[address].clip)) for box, size, address in characters
    )
    return "hidden" if is_hidden else None


def clip_boxes(item: Any) -> Iterator[Box]:
    """Yield the box around each clipping path of an object, in points of the page or form that contains the object."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)) if clip else ():
        points = []
        for index in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            yield _box_of(points)


def _page_items(page: Any, form: Any, matrix: Matrix, clip: Box, counter: list[int], depth: int) -> Iterator[_PageItem]:
    """Yield the texts and opaque areas of a page or form in the order of drawing.

    Args:
        page: The page.
        form: The form on the page whose items to yield; None for the page itself.
        matrix: The matrix from the form to the page.
        clip: The part of the page to which the form is clipped.
        counter: A list with one item, the number of objects so far; the number is increased.
        depth: The number of forms that contain this form.
    """
    import pypdfium2.raw as pdfium

    object_count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
    for index in range(object_count):
        item = pdfium.FPDFFormObj_GetObject(form, index) if form else pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        counter[0] += 1
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            form_clip = _clip_box(item, matrix, clip)
            yield from _page_items(page, item, _product(_matrix(item), matrix), form_clip, counter, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _PageItem(counter[0], _bounds(item, matrix), _address(item), _clip_box(item, matrix, clip))
        elif _is_level(matrix) and _is_opaque_area(item, kind):
            yield _PageItem(counter[0], _bounds(item, matrix), 0)


def _clip_box(item: Any, matrix: Matrix, outer: Box) -> Box:
    """Return the part of an outer box to which an object is clipped; a rotated clipping path counts as the box around it."""
    for box in clip_boxes(item):
        left, bottom, right, top = _transformed(box, matrix)
        outer = (max(outer[0], left), max(outer[1], bottom), min(outer[2], right), min(outer[3], top))
    return outer


def _is_opaque_area(item: Any, kind: int) -> bool:
    """Whether an object hides everything under its box: a filled rectangle, or a photo that is not rotated."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPageObj_HasTransparency(item):
        return False
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _is_level(_matrix(item))
    if kind != pdfium.FPDF_PAGEOBJ_PATH or not 4 <= pdfium.FPDFPath_CountSegments(item) <= _MAX_SEGMENTS:
        return False
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    colour = [ctypes.c_uint() for _ in range(4)]
    is_filled = pdfium.FPDFPath_GetDrawMode(item, mode, stroke) and mode.value != pdfium.FPDF_FILLMODE_NONE
    is_opaque = pdfium.FPDFPageObj_GetFillColor(item, *colour) and colour[3].value == 255
    return bool(is_filled and is_opaque) and _is_level(_matrix(item)) and _is_rectangle(item)


def _is_rectangle(path: Any) -> bool:
    """Whether a path has only straight sides, two different x coordinates, and two different y coordinates."""
    import pypdfium2.raw as pdfium

    xs, ys = set(), set()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            xs.add(round(x.value, 2))
            ys.add(round(y.value, 2))
    return len(xs) == 2 and len(ys) == 2


def _characters(page: Any) -> Iterator[tuple[Box, float, int]]:
    """Yield each character except spaces as (box, length of its longer side, address of its text object).

    The length is 0 for a character that is only used as a clipping path.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        for index in range(text_page.count_chars()):
            item = pdfium.FPDFText_GetTextObject(text_page, index)
            if not item or chr(pdfium.FPDFText_GetUnicode(text_page, index)).isspace():
                continue
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            is_clip = pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_CLIP
            yield text_page.get_charbox(index), 0 if is_clip else max(right - left, top - bottom), _address(item)
    finally:
        text_page.close()


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _is_level(matrix: Matrix) -> bool:
    """Whether a matrix maps horizontal and vertical sides to horizontal and vertical sides, in either order."""
    a, b, c, d, _, _ = matrix
    return (abs(b) < _MAX_SLOPE and abs(c) < _MAX_SLOPE) or (abs(a) < _MAX_SLOPE and abs(d) < _MAX_SLOPE)


def _bounds(item: Any, matrix: Matrix) -> Box:
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return _transformed((left, bottom, right, top), matrix)


def _transformed(box: Box, matrix: Matrix) -> Box:
    """Return the box around the result of transforming a box."""
    a, b, c, d, e, f = matrix
    return _box_of([(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _box_of(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _touch(first: Box, second: Box) -> bool:
    return first[0] <= second[2] and second[0] <= first[2] and first[1] <= second[3] and second[1] <= first[3]


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
