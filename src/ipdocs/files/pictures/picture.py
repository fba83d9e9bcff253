"""The result of cleaning a picture, and the error for a file that cannot be used as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_PIXELS = 100_000_000
"""How many pixels a picture may have: more than the cameras of offices; decoded, they take 300 MB."""

MAX_SIDE = 65_500
"""How many pixels wide or high a picture may be, the limit of JPEG."""

_SAVE_AGAIN = "get the original file again, or save it as PNG or JPEG in a picture program"


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that was decoded whole and cleaned, so that every format shows it alike.

    Attributes:
        kind: The format of the data.
        data: Its bytes. Photos are upright, in sRGB and without metadata; drawings are static and refer to nothing.
        width: Its width in CSS pixels.
        height: Its height in CSS pixels.
        losses: Contents of the file that are not shown; each is a clause that can follow the name of the file.
    """

    kind: Literal["png", "jpeg", "svg"]
    data: bytes
    width: float
    height: float
    losses: tuple[str, ...] = ()

    @property
    def is_drawing(self) -> bool:
        """Whether the picture is a vector drawing."""
        return self.kind == "svg"

    @property
    def media_type(self) -> str:
        """The media type."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


class BadPicture(ValueError):
    """Raised for a file that cannot be used as a picture, with a message that can follow its name, and a hint."""

    def __init__(self, message: str, hint: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def damaged_picture(detail: str = "") -> BadPicture:
    """Return the error for a file that is cut short or whose bytes have changed."""
    return BadPicture(f"it is cut short or damaged{f' ({detail})' if detail else ''}")


def check_size(width: float, height: float) -> None:
    """Check the size of a picture before it is decoded.

    Raises:
        BadPicture: The picture has too many pixels.
    """
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"the limit is {MAX_PIXELS:,} pixels, and {MAX_SIDE:,} on each side"
        raise BadPicture(f"it has {width:,.0f} × {height:,.0f} pixels; {limit}", "reduce its size")
