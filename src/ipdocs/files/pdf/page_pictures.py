"""Pages of PDFs as pictures, where they hold more than what is seen of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ipdocs.files.pdf.covered import has_covered_words

if TYPE_CHECKING:
    import pikepdf

Reason = Literal["cropped", "covered"]
"""Why a page is set as a picture: something lies beyond its edges, or words under something opaque."""

DPI = 300
MOST_DOTS = 6_000
"""How finely a page is made a picture, and the most dots of its longer side."""

_TOLERANCE = 1.0
"""Points by which content may reach beyond what is seen, such as the end of a line."""


def set_as_pictures(pdf: pikepdf.Pdf, data: bytes) -> dict[int, Reason]:
    """Replace each page that has content beyond its edges, or words under something opaque, by a picture of what is seen.

    Nothing but the picture is left of such a page: text cannot be cut at an edge, nor a photo in whatever way it is packed.

    Args:
        pdf: the file.
        data: the same file as bytes.

    Returns:
        The numbers of the pages that were replaced, from 0, and why.
    """
    import pypdfium2

    replaced: dict[int, Reason] = {}
    with pypdfium2.PdfDocument(data) as drawn:
        for number in range(len(drawn)):
            page = drawn[number]
            reason: Reason | None = "cropped" if _reaches_out(page) else "covered" if has_covered_words(page) else None
            if reason:
                _set_picture(pdf, pdf.pages[number].obj, page)
                replaced[number] = reason
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
