"""Pages of PDFs replaced by pictures, where they hold more than what is seen of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.drawing import PagePicture, Reason, unpack_pictures
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

_SECONDS, _SECONDS_A_PAGE = 30, 2
"""How long drawing may take: for any file, and for each page besides. A full page takes half a second at 300 dpi."""

_COMMAND = (sys.executable, "-P", "-m", "ipdocs.files.pdf.drawing")


def set_as_pictures(pdf: pikepdf.Pdf, data: bytes) -> dict[int, Reason]:
    """Replace each page that holds more than what is seen of it by a picture of what is seen.

    Nothing but the picture is left of such a page: text cannot be cut at an edge, nor a photo in whatever way it is packed.

    Args:
        pdf: the file.
        data: the same file as bytes.

    Returns:
        The numbers of the pages that were replaced, from 0, and why.

    Raises:
        RefusedPdf: its pages take too long to draw, or cannot be drawn.
    """
    replaced: dict[int, Reason] = {}
    for picture in _drawn(data, _SECONDS + _SECONDS_A_PAGE * len(pdf.pages)):
        _set_picture(pdf, pdf.pages[picture.number].obj, picture)
        replaced[picture.number] = picture.reason
    return replaced


def _drawn(data: bytes, seconds: float) -> Iterator[PagePicture]:
    """Return the pictures of pages, drawn in a process of its own: nothing else can end PDFium in the middle of a page."""
    try:
        done = subprocess.run(  # noqa: S603 - the program is this one
            _COMMAND, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        message = f"has pages that could not be drawn in {seconds:g} seconds"
        hint = "print it to a new PDF, or save its pages as pictures"
        raise RefusedPdf("annex-timeout", message, hint) from error
    except subprocess.CalledProcessError as error:
        raise RefusedPdf("damaged-annex", "has pages that cannot be drawn", "save it again from where it comes") from error
    return unpack_pictures(done.stdout)


def _set_picture(pdf: pikepdf.Pdf, page: Any, drawn: PagePicture) -> None:
    import pikepdf

    left, bottom, right, top = (float(side) for side in page.CropBox)
    picture = pdf.make_stream(
        drawn.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=drawn.width,
        Height=drawn.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
    place = f"{right - left:.4f} 0 0 {top - bottom:.4f} {left:.4f} {bottom:.4f}"
    page.Contents = pdf.make_stream(f"q {place} cm /Page Do Q".encode())
