"""Decode JPEG files strictly, and remove metadata from their segments (ISO/IEC 10918-1, annex B)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.files.pictures.exif import orientation_block, read_orientation
from ipdocs.files.pictures.picture import damaged_picture

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SUPPORTED_FRAMES = {0xC0, 0xC1, 0xC2}
"""The markers of frames that Word, PDF viewers and browsers decode: Huffman-coded, sequential or progressive."""

_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The marker that ends the data of a scan: any except restart markers and stuffed bytes."""

_ICC = b"ICC_PROFILE\0"


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A parsed JPEG, and copies of it without metadata.

    Attributes:
        minimal: The file with only the picture itself.
        stripped: The file with only the picture, its colour profile and its orientation.
        width: The width in pixels.
        height: The height in pixels.
        is_supported: Whether Word, PDF viewers and browsers decode its kind of compression.
        profile: The ICC profile; empty if there is none.
        orientation: The orientation as in Exif, 1 to 8; 1 is upright.
    """

    minimal: bytes
    stripped: bytes
    width: int
    height: int
    is_supported: bool
    profile: bytes
    orientation: int


def parse_jpeg(data: bytes) -> Jpeg:
    """Parse a JPEG, ignoring data after its end, such as previews, depth maps and live-photo videos.

    Raises:
        BadPicture: The file is cut short, has no image data or no frame header, or its segments are not in order.
    """
    segments = [*_segments(data)]
    frame = next(((marker, body) for marker, body in segments if marker in _FRAMES), None)
    if frame is None or len(frame[1]) < 9 or not any(marker == _SCAN for marker, _ in segments):
        raise damaged_picture("it has no image data or no frame header")
    height, width = struct.unpack_from(">HH", frame[1], 3)
    exif_orientation = next(
        (read_orientation(body[2:]) for marker, body in segments if marker == _APP1 and body[2:6] == b"Exif"), 1
    )
    exif = b"Exif\0\0" + orientation_block(exif_orientation)
    exif_segments = [(_APP1, struct.pack(">H", len(exif) + 2) + exif)] if exif_orientation != 1 else []
    needed = [
        (marker, _without_thumbnail(body) if marker == _APP0 else body) for marker, body in segments if _is_needed(marker, body)
    ]
    profile_segments = [(marker, body) for marker, body in segments if marker == _APP2 and body[2:].startswith(_ICC)]
    jfif_count = 1 if needed[0][0] == _APP0 else 0  # the JFIF segment has to come first
    return Jpeg(
        minimal=_join(needed),
        stripped=_join([*needed[:jfif_count], *exif_segments, *profile_segments, *needed[jfif_count:]]),
        width=width,
        height=height,
        is_supported=frame[0] in _SUPPORTED_FRAMES and frame[1][2] == 8,
        profile=b"".join(body for _, body in sorted((body[14], body[16:]) for _, body in profile_segments if len(body) > 16)),
        orientation=exif_orientation,
    )


def decode_strictly(data: bytes) -> None:
    """Decode a JPEG to detect corrupt data, which Pillow would show as grey areas.

    Raises:
        BadPicture: The data is corrupt.
    """
    import pikepdf

    with pikepdf.new() as pdf:
        stream = pdf.make_stream(data, Filter=pikepdf.Name.DCTDecode)
        try:
            stream.read_bytes(pikepdf.StreamDecodeLevel.all)
        except (pikepdf.PdfError, RuntimeError, MemoryError) as error:
            raise damaged_picture() from error


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and body of each segment after the first marker.

    A body begins with its length. The body of a scan includes the data of the scan.
    """
    position = 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        if len(data) < position + 2:
            raise damaged_picture("its end is missing")
        if data[position] != 0xFF:
            raise damaged_picture("its parts are not in order")
        marker = data[position + 1]
        position += 2
        if marker == _END:
            yield marker, b""
            return
        if marker in _STANDALONE:
            continue
        length = int.from_bytes(data[position : position + 2], "big")
        end = position + length
        if length < 2 or end > len(data):
            raise damaged_picture("its end is missing")
        if marker == _SCAN:
            match = _SCAN_END.search(data, end)
            if match is None:
                raise damaged_picture("its end is missing")
            end = match.start()
        yield marker, data[position:end]
        position = end


def _is_needed(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to show the picture. JFIF and Adobe segments are needed: they state how colours are coded."""
    if marker == _APP0:
        return body[2:7] == b"JFIF\0" and len(body) >= 16
    if marker == _APP14:
        return body[2:7] == b"Adobe" and len(body) >= 14
    return marker != _COMMENT and not _APP0 <= marker <= _APP15


def _without_thumbnail(body: bytes) -> bytes:
    return struct.pack(">H", 16) + body[2:14] + b"\0\0"


def _join(segments: list[tuple[int, bytes]]) -> bytes:
    return b"\xff\xd8" + b"".join(bytes((0xFF, marker)) + body for marker, body in segments)
