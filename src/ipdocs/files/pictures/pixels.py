"""Compare pictures by their pixels."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.data_url import decode_data_url
from ipdocs.files.pictures.kinds import kind_of
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.pictures.raster import open_picture

if TYPE_CHECKING:
    from PIL.Image import Image

_PHOTO = re.compile(rb'"(data:image/(?:png|jpeg);base64,[^"]*)"')
_THUMBNAIL = (24, 24)
_MAX_DIFFERENCE = 48.0
"""Maximum average difference, in values from 0 to 255, between a drawing with its text and the same drawing without text."""


@lru_cache(maxsize=128)
def pixel_hash_of_file(data: bytes) -> bytes:
    """Return a hash of the size and pixels of a PNG or JPEG file; empty if the file cannot be decoded fully."""
    kind = kind_of(data)
    if kind not in ("png", "jpeg"):
        return b""
    try:
        clean_picture(data)
        with open_picture(data, kind.upper()) as image:
            image.load()
            return pixel_hash_of_image(image)
    except BadPicture:
        return b""


def pixel_hash_of_image(image: Image) -> bytes:
    """Return a hash (SHA-256) of the size and pixels of an image."""
    return sha256(f"{image.width} {image.height} ".encode() + image.convert("RGBA").tobytes()).digest()


def pixel_hash_of_samples(mode: str, size: tuple[int, int], samples: bytes, alpha: bytes | None) -> bytes:
    """Return a hash of the size and pixels of uncompressed samples; empty if there are too few samples.

    Args:
        mode: L for grey or RGB for colours, with eight bits per channel.
        size: Width and height in pixels.
        samples: The colours of the pixels, row by row.
        alpha: The opacity of the pixels, one byte each; None if all pixels are opaque.
    """
    from PIL import Image

    try:
        image = Image.frombytes(mode, size, samples)
        if alpha is not None:
            image.putalpha(Image.frombytes("L", size, alpha))
    except ValueError:
        return b""
    return pixel_hash_of_image(image)


def photos_in(drawing: CleanPicture) -> list[bytes]:
    """Return the files of the photos that are embedded in a cleaned drawing."""
    return [decode_data_url(url.decode()) for url in _PHOTO.findall(drawing.data)]


@lru_cache(maxsize=64)
def shows_drawing(data: bytes, drawing: CleanPicture) -> bool:
    """Whether a PNG shows a drawing; only proportions and thumbnails are compared, since fonts may differ."""
    import resvg_py
    from PIL import Image

    try:
        picture = clean_picture(data)
        rounding = max(0.02, 2 / min(picture.width, picture.height))
        if abs(picture.width * drawing.height / (picture.height * drawing.width) - 1) > rounding:
            return False
        with open_picture(data, "PNG") as image:
            actual = _thumbnail(image)
    except BadPicture:
        return False
    svg = drawing.data.decode()
    with Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=96, skip_system_fonts=True)))) as image:
        expected = _thumbnail(image)
    differences = (abs(actual_value - expected_value) for actual_value, expected_value in zip(actual, expected, strict=True))
    return sum(differences) / len(expected) <= _MAX_DIFFERENCE


def _thumbnail(image: Image) -> bytes:
    """Return the pixels of a thumbnail of an image on white."""
    from PIL import Image as Images

    paper = Images.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB").resize(_THUMBNAIL, Images.Resampling.BOX).tobytes()
