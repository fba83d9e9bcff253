"""Photos and other pictures of pixels: decoded whole, turned upright, in sRGB, saved as PNG or JPEG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ipdocs.files.pictures import jpeg, png
from ipdocs.files.pictures.colours import in_srgb
from ipdocs.files.pictures.containers import bare_gif
from ipdocs.files.pictures.kinds import Kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture, check_size, damaged

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 95
"""Of a JPEG that is saved again: no eye tells it from the first."""

_ORIENTATION = 0x0112
_PLAIN_MODES = {"1", "P", "L", "LA", "RGB", "RGBA"}
_STRIPS = ((0x0111, 0x0117), (0x0144, 0x0145))
"""The tags of a TIFF that say where its strips or tiles begin, and how long they are."""

_REDUCED, _SUBFILE, _DNG, _SUB_IFDS = 1, 0xFE, 0xC612, 0x014A
_INSTALL = "export it as JPEG (an iPhone: Settings, Camera, Formats, Most Compatible), or pip install 'ipdocs[heic]' to read it"


def clean_jpeg(data: bytes) -> CleanPicture:
    """Return a JPEG with its own pixels where they can stay as they are, else with new ones of the same sampling."""
    parts = jpeg.take_apart(data)
    check_size(parts.width, parts.height)
    jpeg.decode_strictly(parts.shown)
    with opened(parts.shown, "JPEG") as image:
        if parts.is_common and parts.orientation == 1 and image.mode in {"L", "RGB"}:
            seen = in_srgb(image, parts.profile) if parts.profile else None
            if seen is None:
                return CleanPicture("jpeg", parts.shown, *image.size)
        else:
            seen = in_srgb(image, parts.profile)
        return _as_jpeg(_turned(seen or image, parts.orientation), _sampling(image))


def clean_png(data: bytes) -> CleanPicture:
    """Return a PNG with its own pixels where they can stay as they are, else with new ones."""
    parts = png.take_apart(data)
    check_size(parts.width, parts.height)
    left_out = _frames_left_out(parts.frames)
    with opened(parts.shown, "PNG") as image:
        image.load()
        seen = in_srgb(image, parts.profile) if image.mode in _PLAIN_MODES else None
        if seen is None and parts.orientation == 1 and parts.depth <= 8:
            return CleanPicture("png", parts.shown, *image.size, left_out)
        return _as_png(_turned(_eight_bits(seen or image), parts.orientation), left_out)


def clean_other(data: bytes, kind: Kind) -> CleanPicture:
    """Return the first picture of a GIF, WebP, TIFF, BMP or HEIC file."""
    if kind == "heic":
        return _clean_heic(data)
    with opened(data, kind.upper()) as image:
        if kind == "tiff":
            _refuse_raw(image)
            _check_pages(image, len(data))
        elif kind == "gif":
            bare_gif(data)
        frames = getattr(image, "n_frames", 1)
        image.seek(0)
        image.load()
        turn = image.getexif().get(_ORIENTATION, 1) if kind in {"tiff", "webp"} else 1
        seen = in_srgb(image, image.info.get("icc_profile") or b"") if image.mode in {*_PLAIN_MODES, "CMYK"} else None
        left_out = _frames_left_out(frames, "pages" if kind == "tiff" else "frames")
        upright = _turned(_eight_bits(seen or image), turn)
        lossy = kind == "webp" and b"VP8 " in data[:64] and not upright.has_transparency_data
        return _as_jpeg(upright, 0, left_out) if lossy else _as_png(upright, left_out)


def is_heic_readable() -> bool:
    """Whether the optional library for HEIC pictures is installed."""
    try:
        import pillow_heif  # noqa: F401
    except ImportError:
        return False
    return True


def _clean_heic(data: bytes) -> CleanPicture:
    if not is_heic_readable():
        raise BadPicture("it is a HEIC picture, which is not read here", _INSTALL)
    import pillow_heif

    with decoding():
        file = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        first = file[file.primary_index]
        check_size(*first.size)
        image = first.to_pillow()
        seen = in_srgb(image, image.info.get("icc_profile") or b"") or image
        left_out = _frames_left_out(len(file))
        return _as_png(seen, left_out) if seen.has_transparency_data else _as_jpeg(seen, 0, left_out)


@contextmanager
def opened(data: bytes, form: str) -> Iterator[Image]:
    """Open a picture of one kind of which nothing is decoded yet; what fails in the context is a damaged picture."""
    from PIL import Image

    with decoding():
        try:
            image = Image.open(io.BytesIO(data), formats=(form,))
        except Image.DecompressionBombError as error:
            raise BadPicture("it has far more pixels than a picture may have", "save it smaller") from error
        check_size(*image.size)
        with image:
            yield image


@contextmanager
def decoding() -> Iterator[None]:
    """Let nothing of a picture be made up where its file ends too early, and tell failures of decoders alike.

    WeasyPrint tells Pillow to make it up, for the whole process.
    """
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BadPicture:
        raise
    except MemoryError as error:
        raise BadPicture("it is too large for the memory of this computer", "save it smaller") from error
    except Exception as error:  # Pillow's decoders end in errors of every kind on bytes that no program writes
        raise damaged() from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refuse_raw(image: Image) -> None:
    """Refuse a camera's raw file: it looks like a TIFF whose first picture is a preview the size of a stamp."""
    tags = getattr(image, "tag_v2", {})
    if _DNG in tags or (_SUB_IFDS in tags and tags.get(_SUBFILE, 0) & _REDUCED):
        raise BadPicture("it is a camera's raw file", "export it as JPEG in the camera's program")


def _check_pages(image: Image, length: int) -> None:
    """Refuse a TIFF of which a page lies beyond the end of the file, also where only the first is decoded."""
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        tags = getattr(image, "tag_v2", {})
        for starts, lengths in _STRIPS:
            places = zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False)
            if any(start + size > length for start, size in places):
                raise damaged("its end is missing")


def _turned(image: Image, turn: int) -> Image:
    from PIL.Image import Transpose

    method = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(turn)
    return image if method is None else image.transpose(method)


def _eight_bits(image: Image) -> Image:
    """Return a picture with eight bits a colour and nothing but grey, colours and what shines through."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "F":
        return image.convert("L")
    if image.mode not in {"L", "LA", "RGB", "RGBA"}:
        grey = image.mode == "1" and not image.has_transparency_data
        return image.convert("L" if grey else "RGBA" if image.has_transparency_data else "RGB")
    return image.convert("RGBA" if image.mode == "RGB" else "LA") if "transparency" in image.info else image


def _sampling(image: Image) -> int:
    from PIL.JpegImagePlugin import get_sampling

    sampling = get_sampling(image)
    return sampling if sampling in (0, 1, 2) else 0


def _as_jpeg(image: Image, sampling: int, left_out: tuple[str, ...] = ()) -> CleanPicture:
    made = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    saved = io.BytesIO()
    _bare(made).save(saved, "JPEG", quality=_QUALITY, subsampling=sampling)
    return CleanPicture("jpeg", jpeg.take_apart(saved.getvalue()).shown, *made.size, left_out)


def _as_png(image: Image, left_out: tuple[str, ...] = ()) -> CleanPicture:
    saved = io.BytesIO()
    _bare(image).save(saved, "PNG")
    return CleanPicture("png", png.take_apart(saved.getvalue()).shown, *image.size, left_out)


def _bare(image: Image) -> Image:
    """Return a picture without what Pillow noted of its file: comments, text, profiles."""
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    return image


def _frames_left_out(count: int, noun: str = "frames") -> tuple[str, ...]:
    return (f"only the first of its {count} {noun} is shown",) if count > 1 else ()
