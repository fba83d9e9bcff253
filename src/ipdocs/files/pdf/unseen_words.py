"""Words on PDF pages that nobody sees: under something opaque such as a black bar, cut off, of nearly no size, or clips."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ipdocs.files.pdf.boxes import Box

Matrix = tuple[float, float, float, float, float, float]

_MAX_DEPTH = 8
"""How deep forms within forms are looked into."""

_SMALLEST = 0.5
"""Points that the longer side of a character has at least: nobody reads less, however far a page is enlarged."""

_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)

_MAX_SEGMENTS = 6
"""How many segments a rectangle has, drawn in any way."""

_LEVEL = 0.001
"""How far a rectangle's sides may be from level."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Something on a page: its place in the order of drawing, where it is, and which text it is (0 for an opaque area).

    The opening is what of the page it can be seen in: what lies in every path that it is clipped by.
    """

    order: int
    box: Box
    text: int
    opening: Box = _EVERYWHERE


def unseen_words(page: Any) -> Literal["covered", "hidden"] | None:
    """Return why words on a page are not seen, if some are not.

    Returns:
        "covered" where an opaque rectangle or photo covers the middle of a character that was drawn before it; "hidden" where
        a character is cut off altogether, has nearly no size or only clips what is drawn behind it; None where all are seen.
    """
    drawn = list(_drawn(page, None, (1, 0, 0, 1, 0, 0), _EVERYWHERE, [0], 0))
    texts = {one.text: one for one in drawn if one.text}
    areas = [one for one in drawn if not one.text]
    covers = {
        text: [area.box for area in areas if area.order > one.order and _overlap(area.box, one.box)]
        for text, one in texts.items()
    }
    characters = list(_characters(page))
    for box, _, text in characters:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if any(cover[0] < x < cover[2] and cover[1] < y < cover[3] for cover in covers.get(text, ())):
            return "covered"
    is_hidden = any(
        size < _SMALLEST or (text in texts and not _touch(box, texts[text].opening)) for box, size, text in characters
    )
    return "hidden" if is_hidden else None


def openings(drawn: Any) -> Iterator[Box]:
    """Yield the box of each path that an object is clipped by, in the points of its page or form."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(drawn)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)) if clip else ():
        points = []
        for index in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            yield _box_of(points)


def _drawn(page: Any, form: Any, matrix: Matrix, opening: Box, count: list[int], depth: int) -> Iterator[_Drawn]:
    """Yield the texts and opaque areas of a page or form in the order of drawing, in points of the page."""
    import pypdfium2.raw as pdfium

    number = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
    for index in range(number):
        item = pdfium.FPDFFormObj_GetObject(form, index) if form else pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        count[0] += 1
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _opening(item, matrix, opening)
            yield from _drawn(page, item, _product(_matrix(item), matrix), inner, count, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _Drawn(count[0], _bounds(item, matrix), _address(item), _opening(item, matrix, opening))
        elif _is_level(matrix) and _is_opaque_area(item, kind):
            yield _Drawn(count[0], _bounds(item, matrix), 0)


def _opening(item: Any, matrix: Matrix, around: Box) -> Box:
    """Return what of the page an object can be seen in, of an opening around it; the box of it where it is turned."""
    for one in openings(item):
        left, bottom, right, top = _moved(one, matrix)
        around = (max(around[0], left), max(around[1], bottom), min(around[2], right), min(around[3], top))
    return around


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


def _characters(page: Any) -> Iterator[tuple[Box, float, int]]:
    """Yield the box of each character that is not a space, its size on the page, and the text that it belongs to.

    The size is 0 where a character only clips what is drawn behind it: a shape of letters has no words.
    """
    import pypdfium2.raw as pdfium

    words = page.get_textpage()
    try:
        for index in range(words.count_chars()):
            item = pdfium.FPDFText_GetTextObject(words, index)
            if not item or chr(pdfium.FPDFText_GetUnicode(words, index)).isspace():
                continue
            left, bottom, right, top = words.get_charbox(index, loose=True)
            is_clip = pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_CLIP
            yield words.get_charbox(index), 0 if is_clip else max(right - left, top - bottom), _address(item)
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
    return _moved((left, bottom, right, top), matrix)


def _moved(box: Box, matrix: Matrix) -> Box:
    """Return the box around another one that a matrix moves."""
    a, b, c, d, e, f = matrix
    return _box_of([(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _box_of(points: Sequence[tuple[float, float]]) -> Box:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _touch(first: Box, second: Box) -> bool:
    return first[0] <= second[2] and second[0] <= first[2] and first[1] <= second[3] and second[1] <= first[3]


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
