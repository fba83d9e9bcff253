"""Clean pictures. Every untrusted picture is cleaned here, and every output format can show the result."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from ipdocs.files.pictures.containers import strip_gif, strip_tiff, strip_webp
from ipdocs.files.pictures.jpeg import parse_jpeg
from ipdocs.files.pictures.kinds import Kind, kind_of, unsupported_kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture, check_size
from ipdocs.files.pictures.png import parse_png
from ipdocs.files.pictures.raster import clean_jpeg, clean_other, clean_png, strict_decoding
from ipdocs.files.pictures.svg import clean_svg, is_svg

_MAX_CACHED_BYTES = 100_000_000
"""Maximum size of the cleaned pictures that are kept in memory, in bytes."""

_SAVE_HINT = "save it as PNG, JPEG or SVG"

_cache: OrderedDict[bytes, CleanPicture | BadPicture] = OrderedDict()
"""Results, keyed by the SHA-256 of the file."""


def clean_picture(data: bytes) -> CleanPicture:
    """Decode and clean the picture in a file.

    Results are cached. Cleaning a cleaned picture again does not change it.

    Raises:
        BadPicture: The file is not a picture of a supported kind, is damaged or too large, or refers to other files.
    """
    key = sha256(data).digest()
    result = _cache.get(key)
    if result is None:
        try:
            result = _clean(data)
        except BadPicture as error:
            result = BadPicture(error.message, error.hint)
        _remember(key, result)
        if isinstance(result, CleanPicture):
            _remember(sha256(result.data).digest(), result)
    if isinstance(result, BadPicture):
        raise BadPicture(result.message, result.hint)
    return result


def strip_metadata(data: bytes) -> bytes:
    """Return a picture from a trusted file, such as a letterhead, without metadata about people, places and programs.

    Format, pixels, colour profile and orientation do not change. Data that is not a picture of a supported kind, such as a
    metafile or XML, is returned unchanged.

    Raises:
        BadPicture: The picture is damaged or too large.
    """
    kind = kind_of(data)
    strip = _STRIPPERS.get(kind) if kind else None
    if strip is None or (kind == "svg" and not is_svg(data)):
        return data
    picture = clean_picture(data)
    with strict_decoding():
        return strip(data, picture)


_STRIPPERS: dict[Kind, Callable[[bytes, CleanPicture], bytes]] = {
    "jpeg": lambda data, picture: parse_jpeg(data).stripped,
    "png": lambda data, picture: parse_png(data).stripped,
    "gif": lambda data, picture: strip_gif(data),
    "webp": lambda data, picture: strip_webp(data),
    "tiff": lambda data, picture: strip_tiff(data),
    "svg": lambda data, picture: picture.data,
}


def _clean(data: bytes) -> CleanPicture:
    if not data:
        raise BadPicture("it is empty", "get the original file again")
    kind = kind_of(data)
    if kind is None:
        name, hint = unsupported_kind(data)
        raise BadPicture(
            f"it is {name}, which cannot be read as a picture" if name else "it is not a picture", hint or _SAVE_HINT
        )
    if kind == "svg":
        return clean_svg(data, clean_picture)
    picture = clean_jpeg(data) if kind == "jpeg" else clean_png(data) if kind == "png" else clean_other(data, kind)
    check_size(picture.width, picture.height)
    return picture


def _remember(key: bytes, result: CleanPicture | BadPicture) -> None:
    _cache[key] = result
    while len(_cache) > 2 and _cached_bytes() > _MAX_CACHED_BYTES:
        _cache.popitem(last=False)


def _cached_bytes() -> int:
    return sum(len(result.data) for result in _cache.values() if isinstance(result, CleanPicture))
