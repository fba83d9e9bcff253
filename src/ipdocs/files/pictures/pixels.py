"""The pixels of pictures, to tell whether two files show the same one."""

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
from ipdocs.files.pictures.raster import opened

if TYPE_CHECKING:
    from PIL.Image import Image

_PHOTO = re.compile(rb'"(data:image/(?:png|jpeg);base64,[^"]*)"')
_SMALL = (24, 24)
_ALIKE = 48.0
"""How far, of 255, a drawing's own picture may be from one without its words, on average: words cover little of it."""


@lru_cache(maxsize=128)
def pixels_of_file(data: bytes) -> bytes:
    """Return the SHA-256 of a PNG's or JPEG's size and pixels; nothing when it cannot be decoded whole."""
    kind = kind_of(data)
    if kind not in ("png", "jpeg"):
        return b""
    try:
        clean_picture(data)
        with opened(data, kind.upper()) as image:
            image.load()
            return pixels_of_image(image)
    except BadPicture:
        return b""


def pixels_of_image(image: Image) -> bytes:
    """Return the SHA-256 of an image's size and pixels."""
    return sha256(f"{image.width} {image.height} ".encode() + image.convert("RGBA").tobytes()).digest()


def pixels_of_samples(mode: str, size: tuple[int, int], samples: bytes, alpha: bytes | None) -> bytes:
    """Return the SHA-256 of the size and pixels that stand uncompressed in a file; nothing when there are too few.

    Args:
        mode: L for grey, RGB for colours, eight bits each.
        size: width and height.
        samples: the colours, row by row.
        alpha: how much each pixel covers what is behind it, if that is given.
    """
    from PIL import Image

    try:
        image = Image.frombytes(mode, size, samples)
        if alpha is not None:
            image.putalpha(Image.frombytes("L", size, alpha))
    except ValueError:
        return b""
    return pixels_of_image(image)


def photos_in(drawing: CleanPicture) -> list[bytes]:
    """Return the photos that a drawing holds."""
    return [decode_data_url(found.decode()) for found in _PHOTO.findall(drawing.data)]


@lru_cache(maxsize=64)
def shows_drawing(data: bytes, drawing: CleanPicture) -> bool:
    """Whether a PNG shows a drawing, as far as can be told without its fonts: its proportions, and its colours seen from afar."""
    import resvg_py
    from PIL import Image

    try:
        picture = clean_picture(data)
        rounding = max(0.02, 2 / min(picture.width, picture.height))
        if abs(picture.width * drawing.height / (picture.height * drawing.width) - 1) > rounding:
            return False
        with opened(data, "PNG") as image:
            seen = _from_afar(image)
    except BadPicture:
        return False
    svg = drawing.data.decode()
    with Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=96, skip_system_fonts=True)))) as image:
        wanted = _from_afar(image)
    return sum(abs(one - other) for one, other in zip(seen, wanted, strict=True)) / len(wanted) <= _ALIKE


def _from_afar(image: Image) -> bytes:
    from PIL import Image as Images

    paper = Images.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB").resize(_SMALL, Images.Resampling.BOX).tobytes()
