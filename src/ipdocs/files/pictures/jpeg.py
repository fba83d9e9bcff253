"""The segments of JPEG files (ISO/IEC 10918-1, annex B): decoded strictly, and only those kept that show something."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.files.pictures.exif import orientation, orientation_block
from ipdocs.files.pictures.picture import damaged

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_COMMON = {0xC0, 0xC1, 0xC2}
"""The frames that Word, PDF and browsers decode: Huffman coded, sequential or progressive."""

_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the data of a scan: any marker but those of restarts, and no stuffed byte."""

_ICC = b"ICC_PROFILE\0"


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A JPEG taken apart.

    Attributes:
        shown: the file with nothing but the picture itself.
        stripped: the file with the picture, its colour profile and its direction.
        width: in pixels.
        height: in pixels.
        is_common: whether every reader decodes its way of coding.
        profile: the ICC profile; empty when there is none.
        orientation: how it is to be turned, as Exif counts it; 1 is upright.
    """

    shown: bytes
    stripped: bytes
    width: int
    height: int
    is_common: bool
    profile: bytes
    orientation: int


def take_apart(data: bytes) -> Jpeg:
    """Return the parts of a JPEG; what stands behind its end is dropped: previews, depth maps, the film of a moving photo.

    Raises:
        BadPicture: it is cut short, or its parts do not follow each other as they must.
    """
    parts = [*_parts(data)]
    frame = next(((marker, body) for marker, body in parts if marker in _FRAMES), None)
    if frame is None or len(frame[1]) < 9 or not any(marker == _SCAN for marker, _ in parts):
        raise damaged("it lacks a part that every JPEG has")
    height, width = struct.unpack_from(">HH", frame[1], 3)
    turn = next((orientation(body[2:]) for marker, body in parts if marker == _APP1 and body[2:6] == b"Exif"), 1)
    exif = b"Exif\0\0" + orientation_block(turn)
    direction = [(_APP1, struct.pack(">H", len(exif) + 2) + exif)] if turn != 1 else []
    picture = [(marker, _without_thumbnail(body) if marker == _APP0 else body) for marker, body in parts if _shows(marker, body)]
    profile = [(marker, body) for marker, body in parts if marker == _APP2 and body[2:].startswith(_ICC)]
    is_first = picture[0][0] == _APP0
    return Jpeg(
        shown=_joined(picture),
        stripped=_joined([*picture[:is_first], *direction, *profile, *picture[is_first:]]),
        width=width,
        height=height,
        is_common=frame[0] in _COMMON and frame[1][2] == 8,
        profile=b"".join(body for _, body in sorted((body[14], body[16:]) for _, body in profile if len(body) > 16)),
        orientation=turn,
    )


def decode_strictly(data: bytes) -> None:
    """Decode a JPEG and refuse it where its data is corrupt, which Pillow fills with grey.

    Raises:
        BadPicture: its data is not what its header says.
    """
    import pikepdf

    with pikepdf.new() as pdf:
        stream = pdf.make_stream(data, Filter=pikepdf.Name.DCTDecode)
        try:
            stream.read_bytes(pikepdf.StreamDecodeLevel.all)
        except (pikepdf.PdfError, RuntimeError, MemoryError) as error:
            raise damaged() from error


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker behind the first with what follows it: its length and content, and for a scan its data."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if len(data) < at + 2:
            raise damaged("its end is missing")
        if data[at] != 0xFF:
            raise damaged("its parts do not follow each other")
        marker = data[at + 1]
        at += 2
        if marker == _END:
            yield marker, b""
            return
        if marker in _STANDALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        end = at + length
        if length < 2 or end > len(data):
            raise damaged("its end is missing")
        if marker == _SCAN:
            found = _MARKER.search(data, end)
            if found is None:
                raise damaged("its end is missing")
            end = found.start()
        yield marker, data[at:end]
        at = end


def _shows(marker: int, body: bytes) -> bool:
    """Whether a part belongs to the picture itself: of what programs add, JFIF's and Adobe's marks say how colours are coded."""
    if marker == _APP0:
        return body[2:7] == b"JFIF\0" and len(body) >= 16
    if marker == _APP14:
        return body[2:7] == b"Adobe" and len(body) >= 14
    return marker != _COMMENT and not _APP0 <= marker <= _APP15


def _without_thumbnail(body: bytes) -> bytes:
    return struct.pack(">H", 16) + body[2:14] + b"\0\0"


def _joined(parts: list[tuple[int, bytes]]) -> bytes:
    return b"\xff\xd8" + b"".join(bytes((0xFF, marker)) + body for marker, body in parts)
