"""The pictures of a file against those of its source: each once, in order, with the pixels of the cleaned picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.pictures.pixels import photos_in, pixels_of_file, shows_drawing
from ipdocs.findings import Finding, Location


@dataclass(frozen=True, slots=True)
class ReadImage:
    """A picture of pixels as a file holds it.

    Attributes:
        data: the bytes of a PNG or JPEG; empty where the file holds pixels as they are.
        pixels: the SHA-256 of its size and pixels; empty where these are still to be decoded from the data.
    """

    data: bytes = b""
    pixels: bytes = b""

    def is_same(self, data: bytes) -> bool:
        """Whether it shows the pixels of another picture, a PNG or JPEG."""
        if self.data == data:
            return True
        mine = self.pixels or pixels_of_file(self.data)
        return bool(mine) and mine == pixels_of_file(data)


_LEAST_SIDE = 8.0
"""CSS pixels that the longer side of a picture has at least where it can be seen, unless the picture itself has fewer."""

_DISTORTED, _ROUNDED = 0.05, 2.0
"""How far the proportions of a picture may be off where it is shown, and by how many CSS pixels its sides may be rounded."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture as it stands in a file.

    Attributes:
        images: the images in it.
        drawing: the SVG of a drawing, if there is one.
        has_lines: whether lines are drawn.
        sizes: each width and height that the file says it is shown with, in CSS pixels.
    """

    images: tuple[ReadImage, ...] = ()
    drawing: bytes | None = None
    has_lines: bool = False
    sizes: tuple[tuple[float, float], ...] = ()

    def shows(self, picture: CleanPicture) -> bool:
        """Whether it is what became of a cleaned picture, undistorted and large enough to be seen."""
        if not all(_can_be_seen(picture, *size) for size in self.sizes):
            return False
        if not picture.is_drawing:
            return self.drawing is None and not self.has_lines and len(self.images) == 1 and self.images[0].is_same(picture.data)
        if self.drawing is not None:
            return self.drawing == picture.data and all(shows_drawing(image.data, picture) for image in self.images)
        photos = photos_in(picture)
        drawn = self.has_lines or bool(self.images)
        return drawn and all(any(image.is_same(photo) for photo in photos) for image in self.images)


def _can_be_seen(picture: CleanPicture, width: float, height: float) -> bool:
    """Whether a picture that is shown with a width and height has its proportions, and is no mere dot."""
    if max(width, height) < min(_LEAST_SIDE, picture.width, picture.height) or min(width, height) <= 0:
        return False
    return abs(width * picture.height / (height * picture.width) - 1) <= max(_DISTORTED, _ROUNDED / min(width, height))


@dataclass(frozen=True, slots=True)
class ExpectedPicture:
    """A picture that a file has to show: its name, the picture, and the block it belongs to with its place in the source."""

    name: str
    picture: CleanPicture
    block: str
    place: str = ""


def compare_pictures(expected: Sequence[ExpectedPicture], actual: Sequence[ReadPicture], path: Path) -> Iterator[Finding]:
    """Yield a finding for each picture that is missing, another one, out of its order, or there besides."""
    wanted = [*range(len(expected))]
    for later, one in enumerate(expected):
        same = next((first for first in range(later) if expected[first].picture == one.picture), later)
        wanted[later] = same
    found = [_known(read, position, expected, wanted) for position, read in enumerate(actual)]
    for tag, first, last, start, end in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for number in range(first, last):
            there = start + number - first < end
            code = "picture-out-of-order" if wanted[number] in found else "picture-differs" if there else "picture-missing"
            yield _finding(code, expected[number], path)
        for number in range(start + (last - first), end):
            known = found[number]
            if known >= 0:
                yield _finding("picture-twice", expected[known], path)
            else:
                message = f"the picture {number + 1} of the file is none of the source's"
                yield Finding("unexpected-picture", message, Location(path), "build it again")


def _known(read: ReadPicture, position: int, expected: Sequence[ExpectedPicture], wanted: Sequence[int]) -> int:
    """Return the number of the picture that one of a file shows, the one in its place looked at first; -1 for none."""
    order = sorted(range(len(expected)), key=lambda number: abs(number - position))
    return next((wanted[number] for number in order if read.shows(expected[number].picture)), -1)


_MESSAGES = {
    "picture-missing": "lacks the picture",
    "picture-differs": "shows something else than the picture",
    "picture-out-of-order": "does not have in its place the picture",
    "picture-twice": "has twice the picture",
}


def _finding(code: str, one: ExpectedPicture, path: Path) -> Finding:
    language, _, block = one.block.partition(":")
    where = f"block '{block}' of {language}" if block else "the file"
    hint = f"it stands at {one.place} in the source" if one.place else "build it again"
    return Finding(code, f"{where} {_MESSAGES[code]} {one.name!r}", Location(path), hint)
