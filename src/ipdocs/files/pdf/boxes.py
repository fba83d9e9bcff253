"""The part of a PDF page that is seen, and pages that have something beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

MAX_SIDE = 14_400
"""The longest side of a page in points that readers have to cope with (ISO 32000-1, annex C)."""

DPI = 300
MOST_DOTS = 6_000
"""How finely a page is made a picture, and the most dots of its longer side."""

_TOLERANCE = 1.0
"""Points by which content may reach beyond what is seen, such as the end of a line."""


def show_only_visible(page: Any) -> Box:
    """Let all boxes of a page be the part that a viewer shows, its CropBox within its MediaBox, and return that.

    Inherited entries are written on the page.

    Raises:
        ValueError: the page has no size.
    """
    import pikepdf

    paper = _box(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _box(_inherited(page, "/CropBox")) or paper
    seen = (max(paper[0], crop[0]), max(paper[1], crop[1]), min(paper[2], crop[2]), min(paper[3], crop[3]))
    if not _has_size(seen):
        seen = paper
    if not _has_size(seen):
        raise ValueError("a page has no size")
    rotation = _inherited(page, "/Rotate")
    for key in ("/BleedBox", "/TrimBox", "/ArtBox"):
        if key in page:
            del page[key]
    page.MediaBox = page.CropBox = pikepdf.Array([round(side, 4) for side in seen])
    page.Rotate = int(rotation) // 90 * 90 % 360 if isinstance(rotation, int) else 0
    return seen


def page_size(page: Any) -> tuple[int, int]:
    """Return how wide and high a page is as it is seen, in whole points."""
    left, bottom, right, top = (float(side) for side in page.CropBox)
    across, down = round(right - left), round(top - bottom)
    return (down, across) if page.Rotate % 180 else (across, down)


def _has_size(box: Box) -> bool:
    return all(1 <= side <= MAX_SIDE for side in (box[2] - box[0], box[3] - box[1]))


def _box(value: Any) -> Box | None:
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = (float(side) for side in value)
    except (TypeError, ValueError):
        return None
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _inherited(page: Any, key: str) -> Any:
    import pikepdf

    for _ in range(50):
        if key in page:
            return page[key]
        page = page.get("/Parent")
        if not isinstance(page, pikepdf.Dictionary):
            break
    return None


def set_as_pictures(pdf: pikepdf.Pdf, data: bytes) -> list[int]:
    """Replace each page that has content beyond what is seen by a picture of what is seen.

    Nothing but the picture is left of such a page: text cannot be cut at an edge, nor a photo in whatever way it is packed.

    Args:
        pdf: the file.
        data: the same file as bytes.

    Returns:
        The numbers of the pages that were replaced, from 0.
    """
    import pypdfium2

    replaced = []
    with pypdfium2.PdfDocument(data) as drawn:
        for number in range(len(drawn)):
            page = drawn[number]
            if _reaches_out(page):
                _set_picture(pdf, pdf.pages[number].obj, page)
                replaced.append(number)
            page.close()
    return replaced


def _reaches_out(page: Any) -> bool:
    """Whether something on a page lies beyond its visible part; one area that covers the part is no more than its ground."""
    import pypdfium2.raw

    left, bottom, right, top = page.get_cropbox()
    for drawn in page.get_objects(max_depth=1):
        x1, y1, x2, y2 = drawn.get_bounds()
        beyond = x1 < left - _TOLERANCE or y1 < bottom - _TOLERANCE or x2 > right + _TOLERANCE or y2 > top + _TOLERANCE
        if not beyond or (x1 == x2 and y1 == y2):
            continue
        is_plain = (
            drawn.type in (pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_SHADING)
            and x2 > left and x1 < right and y2 > bottom and y1 < top
            and (drawn.type != pypdfium2.raw.FPDF_PAGEOBJ_PATH or pypdfium2.raw.FPDFPath_CountSegments(drawn) <= 6)
        )  # fmt: skip
        if not is_plain:
            return True
    return False


def _set_picture(pdf: pikepdf.Pdf, page: Any, drawn: Any) -> None:
    import io

    import pikepdf

    left, bottom, right, top = (float(side) for side in page.CropBox)
    across, down = right - left, top - bottom
    drawn.set_rotation(0)
    scale = min(DPI / 72, MOST_DOTS / max(across, down))
    image = drawn.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=90, subsampling=0)
    picture = pdf.make_stream(
        packed.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
    page.Contents = pdf.make_stream(f"q {across:.4f} 0 0 {down:.4f} {left:.4f} {bottom:.4f} cm /Page Do Q".encode())
