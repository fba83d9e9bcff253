"""Words on PDF pages that nobody sees because something opaque was drawn over them, such as a black bar."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.files.pdf.boxes import Box

Matrix = tuple[float, float, float, float, float, float]

_MAX_DEPTH = 8
"""How deep forms within forms are looked into."""

_MAX_SEGMENTS = 6
"""How many segments a rectangle has, drawn in any way."""

_LEVEL = 0.001
"""How far a rectangle's sides may be from level."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Something on a page: its place in the order of drawing, where it is, and which text it is (0 for an opaque area)."""

    order: int
    box: Box
    text: int


def has_covered_words(page: Any) -> bool:
    """Whether an opaque rectangle or photo on a page covers the middle of a character that was drawn before it."""
    drawn = list(_drawn(page, None, (1, 0, 0, 1, 0, 0), [0], 0))
    texts = [one for one in drawn if one.text]
    areas = [one for one in drawn if not one.text]
    covers = {
        text.text: [area.box for area in areas if area.order > text.order and _overlap(area.box, text.box)] for text in texts
    }
    if not any(covers.values()):
        return False
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y, text in _characters(page) for box in covers.get(text, ()))


def _drawn(page: Any, form: Any, matrix: Matrix, count: list[int], depth: int) -> Iterator[_Drawn]:
    """Yield the texts and opaque areas of a page or form in the order of drawing, in points of the page."""
    import pypdfium2.raw as pdfium

    number = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
    for index in range(number):
        item = pdfium.FPDFFormObj_GetObject(form, index) if form else pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        count[0] += 1
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _drawn(page, item, _product(_matrix(item), matrix), count, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _Drawn(count[0], _bounds(item, matrix), _address(item))
        elif _is_level(matrix) and _is_opaque_area(item, kind):
            yield _Drawn(count[0], _bounds(item, matrix), 0)


def _is_opaque_area(item: Any, kind: int) -> bool:
    """Whether an object hides what is under all of its box: a filled rectangle, or a photo that is not turned."""
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
    """Whether the corners of a path stand at no more than two places across and two up, and all sides are straight."""
    import pypdfium2.raw as pdfium

    across, up = set(), set()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            across.add(round(x.value, 2))
            up.add(round(y.value, 2))
    return len(across) == 2 and len(up) == 2


def _characters(page: Any) -> Iterator[tuple[float, float, int]]:
    """Yield the middle of each character that is not a space, and the text that it belongs to."""
    import pypdfium2.raw as pdfium

    words = page.get_textpage()
    try:
        for index in range(words.count_chars()):
            item = pdfium.FPDFText_GetTextObject(words, index)
            if not item or chr(pdfium.FPDFText_GetUnicode(words, index)).isspace():
                continue
            left, bottom, right, top = words.get_charbox(index)
            yield (left + right) / 2, (bottom + top) / 2, _address(item)
    finally:
        words.close()


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
    """Whether a matrix keeps level sides level: it turns by quarters at most."""
    a, b, c, d, _, _ = matrix
    return (abs(b) < _LEVEL and abs(c) < _LEVEL) or (abs(a) < _LEVEL and abs(d) < _LEVEL)


def _bounds(item: Any, matrix: Matrix) -> Box:
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
