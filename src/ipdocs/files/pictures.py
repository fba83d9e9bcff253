"""Pictures that every format shows alike: a file as cameras, printers and drawing programs save it in, the same picture out."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from ipdocs.files.xml import is_xml

if TYPE_CHECKING:
    from PIL.Image import Image

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "rem": 16.0}
_DEFAULT = (300.0, 150.0)
"""The size of what has none, in pixels, as CSS has it."""

_ORIENTATION = 0x0112

SVG = "{http://www.w3.org/2000/svg}"


def is_drawing(data: bytes) -> bool:
    """Whether a picture is an SVG, or at least means to be one."""
    return is_xml(data)


@lru_cache(maxsize=32)
def usable(data: bytes) -> bytes:
    """Return a picture as every format can show it; ValueError or OSError when it is none.

    A photo is turned the way it was taken, its colours are those of screens, and an SVG says its size in pixels.
    """
    return _drawing(data) if is_drawing(data) else _photo(data)


def parsed(data: bytes) -> etree._Element:
    """Return the root of an SVG; ValueError when it is none. Nothing is fetched for it, and no entities are made up."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no SVG: {error}") from error


def size(root: etree._Element) -> tuple[float, float]:
    """Return an SVG's own size in pixels: what it says, else what its proportions make of one side, else those of its viewBox."""
    width, height = (_pixels(root.get(key, "")) for key in ("width", "height"))
    box = _box(root.get("viewBox", ""))
    if width is None and height is None:
        return box or _DEFAULT
    ratio = box[1] / box[0] if box else None
    if width is None:
        width = height / ratio if height is not None and ratio else _DEFAULT[0]
    if height is None:
        height = width * ratio if ratio else _DEFAULT[1]
    if min(width, height) <= 0:
        raise ValueError(f"it has no size: {width:g} by {height:g}")
    return width, height


@lru_cache(maxsize=32)
def words(data: bytes) -> str:
    """Return the text that an SVG shows; nothing for other pictures."""
    try:
        root = parsed(data) if is_drawing(data) else None
    except ValueError:
        return ""
    return "" if root is None else " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def _drawing(data: bytes) -> bytes:
    root = parsed(data)
    for key, side in zip(("width", "height"), size(root), strict=True):
        root.set(key, f"{side:.6g}")
    return etree.tostring(root, encoding="unicode").encode()


def _pixels(said: str) -> float | None:
    """Return a length in pixels; None when there is none, or a share of something."""
    said = said.strip()
    number = said.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = _UNITS.get(said[len(number) :])
    return float(number) * unit if number and unit else None


def _box(said: str) -> tuple[float, float] | None:
    parts = [float(part) for part in said.replace(",", " ").split()]
    return (parts[2], parts[3]) if len(parts) == 4 and min(parts[2:]) > 0 else None


def _photo(data: bytes) -> bytes:
    from PIL import ImageOps

    image = opened(data)
    turned = (image.format == "JPEG" or b"eXIf" in data) and image.getexif().get(_ORIENTATION, 1) != 1
    if not turned and image.mode not in {"CMYK", "I", "I;16"}:
        return data
    profile = image.info.get("icc_profile")
    made = ImageOps.exif_transpose(image) if turned else image
    if image.mode == "CMYK":
        made, profile = _on_screen(made, profile), None
    elif image.mode.startswith("I"):
        made = made.convert("I").point(lambda value: value / 256).convert("L")
    saved = io.BytesIO()
    made.save(saved, image.format, quality=95, icc_profile=profile)
    return saved.getvalue()


def opened(data: bytes) -> Image:
    """Return a PNG or JPEG; one with more dots than anybody needs is refused."""
    import warnings

    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ValueError("it has more than 89 million dots") from error


def _on_screen(image: Image, profile: bytes | None) -> Image:
    """Return a picture for print in the colours of screens, by its own profile where it has one that can be read."""
    from PIL import ImageCms

    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            seen = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return seen or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")
