"""Comparison of a file's pictures with those of its source: each once, in order, with the same pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.pictures.pixels import photos_in, pixel_hash_of_file, shows_drawing
from ipdocs.findings import Finding, Location
from ipdocs.verification.hints import REBUILD


@dataclass(frozen=True, slots=True)
class ReadImage:
    """A raster image in a file.

    Attributes:
        data: a PNG or JPEG, or b"" where the file has raw pixels.
        pixels: the SHA-256 of its size and pixels, or b"" where they are to be decoded from the data.
    """

    data: bytes = b""
    pixels: bytes = b""

    def is_same(self, data: bytes) -> bool:
        """Whether it has the same pixels as a PNG or JPEG."""
        if self.data == data:
            return True
        pixels = self.pixels or pixel_hash_of_file(self.data)
        return bool(pixels) and pixels == pixel_hash_of_file(data)


_MIN_SIDE = 8.0
"""The shortest visible length of a picture's longer side in CSS pixels, unless the picture itself is smaller."""

_MAX_DISTORTION, _MAX_ROUNDING = 0.05, 2.0
"""The largest accepted change of proportions as a share, and of a side by rounding in CSS pixels."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture in a file.

    Attributes:
        images: the images that it draws.
        drawing: the SVG of a drawing, if there is one.
        has_lines: whether it draws lines.
        sizes: each width and height that the file gives it, in CSS pixels.
    """

    images: tuple[ReadImage, ...] = ()
    drawing: bytes | None = None
    has_lines: bool = False
    sizes: tuple[tuple[float, float], ...] = ()

    def shows(self, picture: CleanPicture) -> bool:
        """Whether it shows a picture of the source, undistorted and large enough to be seen."""
        if not all(_can_be_seen(picture, *size) for size in self.sizes):
            return False
        if not picture.is_drawing:
            return self.drawing is None and not self.has_lines and len(self.images) == 1 and self.images[0].is_same(picture.data)
        if self.drawing is not None:
            return self.drawing == picture.data and all(shows_drawing(image.data, picture) for image in self.images)
        photos = photos_in(picture)
        is_drawn = self.has_lines or bool(self.images)
        return is_drawn and all(any(image.is_same(photo) for photo in photos) for image in self.images)


def _can_be_seen(picture: CleanPicture, width: float, height: float) -> bool:
    """Whether a picture of a given width and height keeps its proportions and is not just a dot."""
    if max(width, height) < min(_MIN_SIDE, picture.width, picture.height) or min(width, height) <= 0:
        return False
    distortion = abs(width * picture.height / (height * picture.width) - 1)
    return distortion <= max(_MAX_DISTORTION, _MAX_ROUNDING / min(width, height))


@dataclass(frozen=True, slots=True)
class ExpectedPicture:
    """A picture that a file has to show: its name, the picture itself, its block, and its place in the source."""

    name: str
    picture: CleanPicture
    block: str
    place: str = ""


def compare_pictures(expected: Sequence[ExpectedPicture], actual: Sequence[ReadPicture], path: Path) -> Iterator[Finding]:
    """Yield a finding for each picture that is missing, different, out of order, repeated or not of the source."""
    expected_numbers = [*range(len(expected))]
    for number, picture in enumerate(expected):
        first_equal = next((earlier for earlier in range(number) if expected[earlier].picture == picture.picture), number)
        expected_numbers[number] = first_equal
    actual_numbers = [_number_of(read, index, expected, expected_numbers) for index, read in enumerate(actual)]
    opcodes = SequenceMatcher(None, expected_numbers, actual_numbers, autojunk=False).get_opcodes()
    for tag, first, last, start, end in opcodes:
        if tag == "equal":
            continue
        for index in range(first, last):
            is_replaced = start + index - first < end
            if expected_numbers[index] in actual_numbers:
                code = "picture-out-of-order"
            else:
                code = "picture-differs" if is_replaced else "picture-missing"
            yield _finding(code, expected[index], path)
        for index in range(start + (last - first), end):
            number = actual_numbers[index]
            if number >= 0:
                yield _finding("picture-twice", expected[number], path)
            else:
                message = f"picture {index + 1} of the file is not a picture of the source"
                yield Finding("unexpected-picture", message, Location(path), REBUILD)


def _number_of(read: ReadPicture, index: int, expected: Sequence[ExpectedPicture], numbers: Sequence[int]) -> int:
    """Return the number of the expected picture that a picture of the file shows, or -1 if it shows none.

    Args:
        read: the picture of the file.
        index: its position, near which the search begins.
        expected: the expected pictures.
        numbers: the number of each, which equal pictures share.
    """
    nearest_first = sorted(range(len(expected)), key=lambda candidate: abs(candidate - index))
    return next((numbers[candidate] for candidate in nearest_first if read.shows(expected[candidate].picture)), -1)


_MESSAGES = {
    "picture-missing": "{subject} lacks the picture {name!r}",
    "picture-differs": "{subject} shows something other than the picture {name!r}",
    "picture-out-of-order": "{subject} shows the picture {name!r} in the wrong place",
    "picture-twice": "{subject} shows the picture {name!r} twice",
}


def _finding(code: str, expected: ExpectedPicture, path: Path) -> Finding:
    language, _, block = expected.block.partition(":")
    subject = f"block '{block}' of {language}" if block else "the file"
    hint = f"compare it with {expected.place} in the source, and build the document again" if expected.place else REBUILD
    return Finding(code, _MESSAGES[code].format(subject=subject, name=expected.name), Location(path), hint)
