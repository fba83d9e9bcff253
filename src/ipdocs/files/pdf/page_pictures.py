"""Replace each PDF page that has hidden content with a picture of its visible part."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.drawing import PagePicture, Reason, unpack_pictures
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

_BASE_SECONDS, _SECONDS_PER_PAGE = 30, 2
"""The time limit for drawing: seconds for the file, plus seconds for each page. A full page takes half a second at 300 dpi."""

_COMMAND = (sys.executable, "-P", "-m", "ipdocs.files.pdf.drawing")


def replace_with_pictures(pdf: pikepdf.Pdf, data: bytes) -> dict[int, Reason]:
    """Replace pages that have hidden content: each becomes a picture of its visible part.

    Such a page loses its text and photos, since neither can be cut off reliably at an edge.

    Args:
        pdf: The file.
        data: The same file as bytes.

    Returns:
        The reason for replacing each page, keyed by the index of the page from 0.

    Raises:
        RefusedPdf: The pages take too long to draw, or cannot be drawn.
    """
    reasons: dict[int, Reason] = {}
    for picture in _draw(data, _BASE_SECONDS + _SECONDS_PER_PAGE * len(pdf.pages)):
        _set_picture(pdf, pdf.pages[picture.page_index].obj, picture)
        reasons[picture.page_index] = picture.reason
    return reasons


def _draw(data: bytes, seconds: float) -> Iterator[PagePicture]:
    """Draw pages in another process, since PDFium can only be stopped by ending its process."""
    try:
        result = subprocess.run(  # noqa: S603 - runs this package
            _COMMAND, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        message = f"has pages that could not be drawn in {seconds:g} seconds"
        hint = "print it to a new PDF, or save its pages as pictures"
        raise RefusedPdf("annex-timeout", message, hint) from error
    except subprocess.CalledProcessError as error:
        raise RefusedPdf("damaged-annex", "has pages that cannot be drawn", "save it again in its original program") from error
    return unpack_pictures(result.stdout)


def _set_picture(pdf: pikepdf.Pdf, page: Any, picture: PagePicture) -> None:
    import pikepdf

    left, bottom, right, top = (float(side) for side in page.CropBox)
    image = pdf.make_stream(
        picture.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    matrix = f"{right - left:.4f} 0 0 {top - bottom:.4f} {left:.4f} {bottom:.4f}"
    page.Contents = pdf.make_stream(f"q {matrix} cm /Page Do Q".encode())
