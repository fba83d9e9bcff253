"""The door for pictures: bytes from elsewhere in, a picture that every format can show out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from ipdocs.files.pictures import jpeg, png
from ipdocs.files.pictures.containers import bare_gif, bare_tiff, bare_webp
from ipdocs.files.pictures.kinds import Kind, kind_of, unread_kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture, check_size
from ipdocs.files.pictures.raster import clean_jpeg, clean_other, clean_png, decoding
from ipdocs.files.pictures.svg import clean_svg, is_svg

_KEPT_BYTES = 100_000_000
"""How many bytes of cleaned pictures are kept for those who ask for them again."""

_SAVE = "save it as PNG, JPEG or SVG"

_kept: OrderedDict[bytes, CleanPicture | BadPicture] = OrderedDict()


def clean_picture(data: bytes) -> CleanPicture:
    """Return a picture from a file's bytes, decoded whole, once a process for equal bytes; a cleaned one stays as it is.

    Raises:
        BadPicture: it is no picture, of a kind that is not read, damaged, too large, or refers to something outside itself.
    """
    key = sha256(data).digest()
    found = _kept.get(key)
    if found is None:
        try:
            found = _cleaned(data)
        except BadPicture as error:
            found = BadPicture(error.message, error.hint)
        _keep(key, found)
        if isinstance(found, CleanPicture):
            _keep(sha256(found.data).digest(), found)
    if isinstance(found, BadPicture):
        raise BadPicture(found.message, found.hint)
    return found


def strip_metadata(data: bytes) -> bytes:
    """Return a picture in a file of the office's own without what it tells of people, places and programs.

    Its kind, pixels, colour profile and direction stay as they are. What is no picture of a kind that is read comes back
    unchanged, metafiles and XML among it.

    Raises:
        BadPicture: it is such a picture, and damaged or too large.
    """
    kind = kind_of(data)
    strip = _STRIPPED.get(kind) if kind else None
    if strip is None or (kind == "svg" and not is_svg(data)):
        return data
    picture = clean_picture(data)
    with decoding():
        return strip(data, picture)


_STRIPPED: dict[Kind, Callable[[bytes, CleanPicture], bytes]] = {
    "jpeg": lambda data, picture: jpeg.take_apart(data).stripped,
    "png": lambda data, picture: png.take_apart(data).stripped,
    "gif": lambda data, picture: bare_gif(data),
    "webp": lambda data, picture: bare_webp(data),
    "tiff": lambda data, picture: bare_tiff(data),
    "svg": lambda data, picture: picture.data,
}


def _cleaned(data: bytes) -> CleanPicture:
    if not data:
        raise BadPicture("it is empty", "get the original file once more")
    kind = kind_of(data)
    if kind is None:
        name, hint = unread_kind(data)
        raise BadPicture(f"it is {name}, which is not read as a picture" if name else "it is no picture", hint or _SAVE)
    if kind == "svg":
        return clean_svg(data, clean_picture)
    made = clean_jpeg(data) if kind == "jpeg" else clean_png(data) if kind == "png" else clean_other(data, kind)
    check_size(made.width, made.height)
    return made


def _keep(key: bytes, found: CleanPicture | BadPicture) -> None:
    _kept[key] = found
    while sum(len(one.data) for one in _kept.values() if isinstance(one, CleanPicture)) > _KEPT_BYTES and len(_kept) > 2:
        _kept.popitem(last=False)
