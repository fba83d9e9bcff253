"""Colours by an embedded profile in, sRGB out: what every format takes the numbers of a picture for."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_NEAR = 2
"""How much a colour may differ, of 255, in what is still taken for sRGB: versions of it round differently."""

_STEPS = (0, 51, 102, 153, 204, 255)


def in_srgb(image: Image, profile: bytes) -> Image | None:
    """Return a picture in sRGB, or grey; None when it is in it already.

    Inks without a profile that can be read are converted by their numbers.
    """
    if image.mode == "CMYK":
        return _converted(image, profile) or image.convert("RGB")
    grey = image.mode in {"1", "L", "LA"}
    if not profile or _is_srgb(profile, grey=grey):
        return None
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    seen = _converted(image.convert("L" if grey else "RGB"), profile)
    if seen is None:
        return None
    if grey:
        seen = seen.convert("L")
    if alpha is not None:
        seen.putalpha(alpha)
    return seen


@lru_cache(maxsize=16)
def _is_srgb(profile: bytes, *, grey: bool) -> bool:
    """Whether a profile changes no colour: tried on some of them, since profiles are known by many names."""
    from PIL import Image

    samples = [(red, green, blue) for red in _STEPS for green in _STEPS for blue in _STEPS]
    if grey:
        before = Image.frombytes("L", (len(_STEPS), 1), bytes(_STEPS))
    else:
        before = Image.frombytes("RGB", (len(samples), 1), bytes(value for sample in samples for value in sample))
    after = _converted(before, profile)
    if after is None:
        return True
    pairs = zip(before.convert("RGB").tobytes(), after.tobytes(), strict=True)
    return all(abs(one - other) <= _NEAR for one, other in pairs)


def _converted(image: Image, profile: bytes) -> Image | None:
    """Return a picture in sRGB by a profile; None when the profile cannot be read, or is for pictures of another kind."""
    from PIL import ImageCms

    if not profile:
        return None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb: Any = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
