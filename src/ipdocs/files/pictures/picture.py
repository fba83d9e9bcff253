"""A picture that every format can show, and why a file is refused as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_PIXELS = 100_000_000
"""How many pixels a picture may have: more than cameras of offices take; decoded, they fill 300 MB."""

MAX_SIDE = 65_500
"""How many pixels a side of a picture may have: what a JPEG can have."""

AGAIN = "get the original file once more, or open it in a picture program and save it again as PNG or JPEG"


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture decoded whole and cleaned: the same in every format, and nothing in it but the picture.

    Attributes:
        kind: what its bytes are.
        data: its bytes; photos are turned upright, in sRGB, and have no metadata; drawings are static and refer to nothing.
        width: its width in CSS pixels.
        height: its height in CSS pixels.
        left_out: what the file had to show besides, each reading on from the file's name; a reader may miss it.
    """

    kind: Literal["png", "jpeg", "svg"]
    data: bytes
    width: float
    height: float
    left_out: tuple[str, ...] = ()

    @property
    def is_drawing(self) -> bool:
        """Whether it is a vector drawing."""
        return self.kind == "svg"

    @property
    def media_type(self) -> str:
        """Its type as the web names it."""
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"


class BadPicture(ValueError):
    """A file that cannot be used as a picture: a message that reads on from its name, and an instruction."""

    def __init__(self, message: str, hint: str = AGAIN) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def damaged(detail: str = "") -> BadPicture:
    """Return the error for a file that ends too early, or whose bytes were changed on the way."""
    return BadPicture(f"it is cut short or damaged{f' ({detail})' if detail else ''}")


def check_size(width: float, height: float) -> None:
    """Refuse a picture before it is decoded when it has more pixels than anybody needs.

    Raises:
        BadPicture: it is too large.
    """
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"{MAX_PIXELS:,} pixels and {MAX_SIDE:,} a side are the limit"
        raise BadPicture(f"it has {width:,.0f} × {height:,.0f} pixels; {limit}", "save it smaller")
