"""Clean photos and other raster pictures: decode, turn upright and convert to sRGB, then save as PNG or JPEG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ipdocs.files.pictures.colours import to_srgb
from ipdocs.files.pictures.containers import strip_gif
from ipdocs.files.pictures.jpeg import decode_strictly, parse_jpeg
from ipdocs.files.pictures.kinds import Kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture, check_size, damaged_picture
from ipdocs.files.pictures.png import parse_png

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 95
"""The quality with which a JPEG is saved again, without visible loss."""

_ORIENTATION = 0x0112
_PLAIN_MODES = {"1", "P", "L", "LA", "RGB", "RGBA"}
_STRIP_TAGS = ((0x0111, 0x0117), (0x0144, 0x0145))
"""The TIFF tags for the offsets and lengths of strips, and of tiles."""

_DNG, _SUB_IFDS, _SUBFILE, _REDUCED = 0xC612, 0x014A, 0xFE, 1
"""TIFF tags in raw files: the DNG version, further pictures, and the type of a picture; the type 1 is a preview."""

_INSTALL_HINT = (
    "export it as JPEG (an iPhone: Settings, Camera, Formats, Most Compatible), or run `pip install 'ipdocs[heic]'` to read it"
)


def clean_jpeg(data: bytes) -> CleanPicture:
    """Return a cleaned JPEG. It is compressed again, with the same chroma subsampling, only if its pixels have to change."""
    parts = parse_jpeg(data)
    check_size(parts.width, parts.height)
    decode_strictly(parts.minimal)
    with open_picture(parts.minimal, "JPEG") as image:
        if parts.is_supported and parts.orientation == 1 and image.mode in {"L", "RGB"}:
            converted = to_srgb(image, parts.profile) if parts.profile else None
            if converted is None:
                return CleanPicture("jpeg", parts.minimal, *image.size)
        else:
            converted = to_srgb(image, parts.profile)
        return _as_jpeg(_upright(converted or image, parts.orientation), _subsampling(image))


def clean_png(data: bytes) -> CleanPicture:
    """Return a cleaned PNG, which is compressed again only if its pixels have to change."""
    parts = parse_png(data)
    check_size(parts.width, parts.height)
    losses = _lost_frames(parts.frame_count)
    with open_picture(parts.minimal, "PNG") as image:
        image.load()
        converted = to_srgb(image, parts.profile) if image.mode in _PLAIN_MODES else None
        if converted is None and parts.orientation == 1 and parts.depth <= 8:
            return CleanPicture("png", parts.minimal, *image.size, losses)
        return _as_png(_upright(_eight_bits(converted or image), parts.orientation), losses)


def clean_other(data: bytes, kind: Kind) -> CleanPicture:
    """Return the first picture of a GIF, WebP, TIFF, BMP or HEIC file, cleaned and saved as PNG or JPEG."""
    if kind == "heic":
        return _clean_heic(data)
    with open_picture(data, kind.upper()) as image:
        if kind == "tiff":
            _refuse_raw(image)
            _refuse_cut_pages(image, len(data))
        elif kind == "gif":
            strip_gif(data)  # refuses damaged blocks, which Pillow accepts
        frame_count = getattr(image, "n_frames", 1)
        image.seek(0)
        image.load()
        orientation = image.getexif().get(_ORIENTATION, 1) if kind in {"tiff", "webp"} else 1
        converted = to_srgb(image, image.info.get("icc_profile") or b"") if image.mode in {*_PLAIN_MODES, "CMYK"} else None
        losses = _lost_frames(frame_count, "pages" if kind == "tiff" else "frames")
        upright = _upright(_eight_bits(converted or image), orientation)
        is_lossy = kind == "webp" and b"VP8 " in data[:64] and not upright.has_transparency_data
        return _as_jpeg(upright, 0, losses) if is_lossy else _as_png(upright, losses)


def is_heic_readable() -> bool:
    """Whether the optional library for HEIC pictures is installed."""
    try:
        import pillow_heif  # noqa: F401
    except ImportError:
        return False
    return True


def _clean_heic(data: bytes) -> CleanPicture:
    if not is_heic_readable():
        raise BadPicture("it is a HEIC picture, and the library that reads HEIC is not installed", _INSTALL_HINT)
    import pillow_heif

    with strict_decoding():
        file = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        primary = file[file.primary_index]
        check_size(*primary.size)
        image = primary.to_pillow()
        converted = to_srgb(image, image.info.get("icc_profile") or b"") or image
        losses = _lost_frames(len(file))
        return _as_png(converted, losses) if converted.has_transparency_data else _as_jpeg(converted, 0, losses)


@contextmanager
def open_picture(data: bytes, pillow_format: str) -> Iterator[Image]:
    """Open a picture of one format without decoding it; an error inside the context is raised as BadPicture."""
    from PIL import Image

    with strict_decoding():
        try:
            image = Image.open(io.BytesIO(data), formats=(pillow_format,))
        except Image.DecompressionBombError as error:
            raise BadPicture("it has far too many pixels", "reduce its size") from error
        check_size(*image.size)
        with image:
            yield image


@contextmanager
def strict_decoding() -> Iterator[None]:
    """Make Pillow refuse files that are cut short, and raise BadPicture for all errors of its decoders.

    The setting is changed here, since WeasyPrint makes Pillow accept such files in the whole process.
    """
    from PIL import ImageFile

    previous, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BadPicture:
        raise
    except MemoryError as error:
        raise BadPicture("it is too large for the memory of this computer", "reduce its size") from error
    except Exception as error:  # Pillow's decoders raise errors of every kind for corrupt data
        raise damaged_picture() from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = previous


def _refuse_raw(image: Image) -> None:
    """Refuse the raw file of a camera, which looks like a TIFF and has a small preview as its first picture."""
    tags = getattr(image, "tag_v2", {})
    if _DNG in tags or (_SUB_IFDS in tags and tags.get(_SUBFILE, 0) & _REDUCED):
        raise BadPicture("it is a camera's raw file", "export it as JPEG in the camera's program")


def _refuse_cut_pages(image: Image, length: int) -> None:
    """Refuse a TIFF in which any page reaches beyond the end of the file; only the first page is decoded later."""
    for index in range(getattr(image, "n_frames", 1)):
        image.seek(index)
        tags = getattr(image, "tag_v2", {})
        for offsets_tag, sizes_tag in _STRIP_TAGS:
            strips = zip(tags.get(offsets_tag, ()), tags.get(sizes_tag, ()), strict=False)
            if any(offset + size > length for offset, size in strips):
                raise damaged_picture("its end is missing")


def _upright(image: Image, orientation: int) -> Image:
    from PIL.Image import Transpose

    method = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if method is None else image.transpose(method)


def _eight_bits(image: Image) -> Image:
    """Convert an image to grey or RGB with eight bits per channel, and with transparency if it has any."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "F":
        return image.convert("L")
    if image.mode not in {"L", "LA", "RGB", "RGBA"}:
        is_grey = image.mode == "1" and not image.has_transparency_data
        return image.convert("L" if is_grey else "RGBA" if image.has_transparency_data else "RGB")
    return image.convert("RGBA" if image.mode == "RGB" else "LA") if "transparency" in image.info else image


def _subsampling(image: Image) -> int:
    """Return Pillow's number for the chroma subsampling of a JPEG; 0 (no subsampling) if it is unusual."""
    from PIL.JpegImagePlugin import get_sampling

    subsampling = get_sampling(image)
    return subsampling if subsampling in (0, 1, 2) else 0


def _as_jpeg(image: Image, subsampling: int, losses: tuple[str, ...] = ()) -> CleanPicture:
    if image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    stream = io.BytesIO()
    _without_metadata(image).save(stream, "JPEG", quality=_QUALITY, subsampling=subsampling)
    return CleanPicture("jpeg", parse_jpeg(stream.getvalue()).minimal, *image.size, losses)


def _as_png(image: Image, losses: tuple[str, ...] = ()) -> CleanPicture:
    stream = io.BytesIO()
    _without_metadata(image).save(stream, "PNG")
    return CleanPicture("png", parse_png(stream.getvalue()).minimal, *image.size, losses)


def _without_metadata(image: Image) -> Image:
    """Remove the comments, texts and profiles that Pillow would save with an image, and return the image."""
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    return image


def _lost_frames(count: int, noun: str = "frames") -> tuple[str, ...]:
    return (f"only the first of its {count} {noun} is shown",) if count > 1 else ()
