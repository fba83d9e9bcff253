"""The result of cleaning a picture, and the error for a file that cannot be used as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_PIXELS = 100_000_000
"""Maximum number of pixels, more than the cameras of most offices produce. A picture of this size takes 300 MB when decoded."""

MAX_SIDE = 65_500
"""Maximum width and height in pixels, as in JPEG."""

_SAVE_AGAIN_HINT = "get the original file again, or save it as PNG or JPEG in a picture program"


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that was decoded fully and cleaned, so that every output format shows it in the same way.

    Attributes:
        kind: The format of the data.
        data: The file. Photos are upright, in sRGB and without metadata; drawings are static and refer to no other file.
        width: The width in CSS pixels.
        height: The height in CSS pixels.
        losses: Clauses about content that is not shown; each clause can follow the name of the file.
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
        """The media type of the data, such as image/png."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


class BadPicture(ValueError):
    """Raised for a file that cannot be used as a picture.

    Attributes:
        message: A clause that can follow the name of the file, such as "it is empty".
        hint: The instruction for the user.
    """

    def __init__(self, message: str, hint: str = _SAVE_AGAIN_HINT) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def damaged_picture(detail: str = "") -> BadPicture:
    """Return the error for a picture file that is cut short or corrupt."""
    return BadPicture(f"it is cut short or damaged{f' ({detail})' if detail else ''}")


def check_size(width: float, height: float) -> None:
    """Check the size of a picture before the picture is decoded.

    Raises:
        BadPicture: The picture has too many pixels.
    """
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"the limit is {MAX_PIXELS:,} pixels, and {MAX_SIDE:,} on each side"
        raise BadPicture(f"it has {width:,.0f} × {height:,.0f} pixels; {limit}", "reduce its size")
