"""Convert colours to sRGB, which programs assume for a picture without a profile."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_TOLERANCE = 2
"""How far a profile that counts as sRGB may change each value, 0 to 255, since profiles of sRGB round differently."""

_SAMPLE_VALUES = (0, 51, 102, 153, 204, 255)


def to_srgb(image: Image, profile: bytes) -> Image | None:
    """Return an image converted to sRGB or grey; None if it needs no conversion.

    CMYK without a readable profile is converted by formula.
    """
    if image.mode == "CMYK":
        return _apply_profile(image, profile) or image.convert("RGB")
    is_grey = image.mode in {"1", "L", "LA"}
    if not profile or _is_srgb(profile, is_grey=is_grey):
        return None
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    converted = _apply_profile(image.convert("L" if is_grey else "RGB"), profile)
    if converted is None:
        return None
    if is_grey:
        converted = converted.convert("L")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


@lru_cache(maxsize=16)
def _is_srgb(profile: bytes, *, is_grey: bool) -> bool:
    """Whether a profile leaves sample colours unchanged. Its name is not compared, since sRGB profiles have many names."""
    from PIL import Image

    if is_grey:
        before = Image.frombytes("L", (len(_SAMPLE_VALUES), 1), bytes(_SAMPLE_VALUES))
    else:
        colours = [(red, green, blue) for red in _SAMPLE_VALUES for green in _SAMPLE_VALUES for blue in _SAMPLE_VALUES]
        before = Image.frombytes("RGB", (len(colours), 1), bytes(value for colour in colours for value in colour))
    after = _apply_profile(before, profile)
    if after is None:
        return True
    pairs = zip(before.convert("RGB").tobytes(), after.tobytes(), strict=True)
    return all(abs(old - new) <= _TOLERANCE for old, new in pairs)


def _apply_profile(image: Image, profile: bytes) -> Image | None:
    """Convert an image from a profile to sRGB; return None if the profile is unreadable or is for another colour mode."""
    from PIL import ImageCms

    if not profile:
        return None
    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb: Any = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, embedded, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
