"""Compare the pictures of a file with the pictures of its source: each must occur once, in order, with the same pixels."""

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
class FoundImage:
    """A raster image in a file.

    Attributes:
        data: a PNG or JPEG, or b"" if the file has raw pixels.
        pixels: the SHA-256 of the size and the pixels, or b"" if the pixels have to be decoded from `data`.
    """

    data: bytes = b""
    pixels: bytes = b""

    def has_same_pixels(self, data: bytes) -> bool:
        """Whether the image has the same pixels as a PNG or JPEG."""
        if self.data == data:
            return True
        pixels = self.pixels or pixel_hash_of_file(self.data)
        return bool(pixels) and pixels == pixel_hash_of_file(data)


_MIN_SIDE = 8.0
"""The minimum length of the longer side of a picture in CSS pixels, unless the picture itself is smaller."""

_MAX_DISTORTION, _MAX_ROUNDING = 0.05, 2.0
"""The accepted relative change of proportions, and the accepted rounding error of a side in CSS pixels."""


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture in a file.

    Attributes:
        images: the raster images in the picture.
        drawing: the SVG, if the file has one.
        has_vector_content: whether the picture has lines, areas or text besides its images.
        sizes: each width and height that the file states, in CSS pixels.
    """

    images: tuple[FoundImage, ...] = ()
    drawing: bytes | None = None
    has_vector_content: bool = False
    sizes: tuple[tuple[float, float], ...] = ()

    def shows(self, picture: CleanPicture) -> bool:
        """Whether this picture shows the given picture of the source, undistorted and large enough to be visible."""
        if not all(_is_visible(picture, *size) for size in self.sizes):
            return False
        if not picture.is_drawing:
            return (
                self.drawing is None
                and not self.has_vector_content
                and len(self.images) == 1
                and self.images[0].has_same_pixels(picture.data)
            )
        if self.drawing is not None:
            return self.drawing == picture.data and all(shows_drawing(image.data, picture) for image in self.images)
        photos = photos_in(picture)
        is_drawn = self.has_vector_content or bool(self.images)
        return is_drawn and all(any(image.has_same_pixels(photo) for photo in photos) for image in self.images)


def _is_visible(picture: CleanPicture, width: float, height: float) -> bool:
    """Whether a picture with the given width and height keeps its proportions and is more than a dot."""
    if max(width, height) < min(_MIN_SIDE, picture.width, picture.height) or min(width, height) <= 0:
        return False
    distortion = abs(width * picture.height / (height * picture.width) - 1)
    return distortion <= max(_MAX_DISTORTION, _MAX_ROUNDING / min(width, height))


@dataclass(frozen=True, slots=True)
class ExpectedPicture:
    """A picture that a file has to show: its name, its content, its block, and its location in the source (path:line:column)."""

    name: str
    picture: CleanPicture
    block: str
    location: str = ""


def picture_findings(expected: Sequence[ExpectedPicture], actual: Sequence[FoundPicture], path: Path) -> Iterator[Finding]:
    """Yield a finding for each picture that is missing, different, out of order, repeated or not in the source."""
    # Equal pictures share an id: the index of the first of them.
    expected_ids = [
        next((earlier for earlier in range(index) if expected[earlier].picture == picture.picture), index)
        for index, picture in enumerate(expected)
    ]
    actual_ids = [_expected_id(picture, index, expected, expected_ids) for index, picture in enumerate(actual)]
    opcodes = SequenceMatcher(None, expected_ids, actual_ids, autojunk=False).get_opcodes()
    for tag, expected_start, expected_stop, actual_start, actual_stop in opcodes:
        if tag == "equal":
            continue
        for index in range(expected_start, expected_stop):
            is_replaced = actual_start + index - expected_start < actual_stop
            if expected_ids[index] in actual_ids:
                code = "picture-out-of-order"
            else:
                code = "picture-differs" if is_replaced else "picture-missing"
            yield _finding(code, expected[index], path)
        for index in range(actual_start + (expected_stop - expected_start), actual_stop):
            picture_id = actual_ids[index]
            if picture_id >= 0:
                yield _finding("picture-twice", expected[picture_id], path)
            else:
                message = f"picture {index + 1} of the file is not in the source"
                yield Finding("unexpected-picture", message, Location(path), REBUILD)


def _expected_id(picture: FoundPicture, index: int, expected: Sequence[ExpectedPicture], expected_ids: Sequence[int]) -> int:
    """Return the id of the expected picture that a picture of the file shows, or -1 if it is not in the source.

    Args:
        picture: the picture of the file.
        index: the index of the picture in the file, where the search begins.
        expected: the expected pictures.
        expected_ids: the ids of the expected pictures.
    """
    nearest_first = sorted(range(len(expected)), key=lambda candidate: abs(candidate - index))
    return next((expected_ids[candidate] for candidate in nearest_first if picture.shows(expected[candidate].picture)), -1)


_MESSAGES = {
    "picture-missing": "{subject} lacks the picture {name!r}",
    "picture-differs": "{subject} shows something other than the picture {name!r}",
    "picture-out-of-order": "{subject} shows the picture {name!r} in the wrong place",
    "picture-twice": "{subject} shows the picture {name!r} twice",
}


def _finding(code: str, expected: ExpectedPicture, path: Path) -> Finding:
    language, _, block = expected.block.partition(":")
    subject = f"block '{block}' of {language}" if block else "the file"
    hint = f"compare it with {expected.location} in the source, and build the document again" if expected.location else REBUILD
    return Finding(code, _MESSAGES[code].format(subject=subject, name=expected.name), Location(path), hint)
