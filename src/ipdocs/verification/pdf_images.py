"""Read the images of a PDF as a viewer shows them, with their colours and masks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipdocs.files.pictures.pixels import pixel_hash_of_samples
from ipdocs.verification.pictures import FoundImage

_MODES = {"/DeviceRGB": "RGB", "/DeviceGray": "L"}
_RECOLOURING = ("/Decode", "/Mask", "/ImageMask", "/SMaskInData", "/Matte")
"""Entries of an image that make a viewer show other colours than those of the pixels."""

_MAX_NESTED = 8
_ALTERED = FoundImage(pixels=b"altered")
"""The result for an image that ipdocs cannot have written."""


def read_image(image: Any) -> FoundImage:
    """Return an image as a viewer shows it."""
    import pikepdf

    mode = _MODES.get(str(image.get("/ColorSpace", "")))
    if mode is None or image.get("/BitsPerComponent") != 8 or any(key in image for key in _RECOLOURING):
        return _ALTERED
    mask = image.get("/SMask")
    if str(image.get("/Filter", "")) == "/DCTDecode":
        return FoundImage(image.read_raw_bytes()) if mask is None else _ALTERED
    size = int(image.Width), int(image.Height)
    try:
        alpha = None if mask is None else _alpha(mask, size)
        return FoundImage(pixels=pixel_hash_of_samples(mode, size, image.read_bytes(), alpha) or b"altered")
    except (pikepdf.PdfError, ValueError):
        return _ALTERED


def _alpha(mask: Any, size: tuple[int, int]) -> bytes:
    is_plain = str(mask.get("/ColorSpace", "")) == "/DeviceGray" and mask.get("/BitsPerComponent") == 8
    if not is_plain or (int(mask.Width), int(mask.Height)) != size or any(key in mask for key in _RECOLOURING):
        raise ValueError("ipdocs does not write such a soft mask")
    return bytes(mask.read_bytes())


def images_in(form: Any, depth: int = 0) -> Iterator[FoundImage]:
    """Yield the images of a form XObject and of nested forms."""
    for inner in form.get("/Resources", {}).get("/XObject", {}).values():
        if str(inner.get("/Subtype")) == "/Image":
            yield read_image(inner)
        elif depth < _MAX_NESTED:
            yield from images_in(inner, depth + 1)
