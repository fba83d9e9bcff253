"""Verify the checksums of PNG files, and remove metadata from their chunks (W3C PNG, third edition)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipdocs.files.pictures.exif import orientation_block, read_orientation
from ipdocs.files.pictures.picture import BadPicture, damaged_picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_COLOURS = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"cICP")
_MAX_PROFILE = 4_000_000
"""Maximum size of a colour profile in bytes, about twice the size of a printer's profile."""


@dataclass(frozen=True, slots=True)
class Png:
    """A parsed PNG, and copies of it without metadata.

    Attributes:
        minimal: The file with only the picture itself.
        stripped: The file with only the picture, its colour profile and its orientation.
        width: The width in pixels.
        height: The height in pixels.
        depth: The number of bits per channel.
        profile: The ICC profile; empty if there is none.
        orientation: The orientation as in Exif, 1 to 8; 1 is upright.
        frame_count: The number of frames; more than one in an animation.
    """

    minimal: bytes
    stripped: bytes
    width: int
    height: int
    depth: int
    profile: bytes
    orientation: int
    frame_count: int


def parse_png(data: bytes) -> Png:
    """Parse a PNG, ignoring data after its end.

    Raises:
        BadPicture: The file is cut short, has no header or no image data, or a checksum is wrong.
    """
    chunks = [*_chunks(data)]
    first_chunks = dict(reversed(chunks))
    header = first_chunks.get(b"IHDR", b"")
    if chunks[0][0] != b"IHDR" or len(header) != 13 or b"IDAT" not in first_chunks:
        raise damaged_picture("it has no header or no image data")
    width, height, depth = struct.unpack(">IIB", header[:9])
    exif_orientation = read_orientation(first_chunks.get(b"eXIf", b""))
    exif_chunks = [(b"eXIf", orientation_block(exif_orientation))] if exif_orientation != 1 else []
    header_chunk, *other_chunks = (
        chunk for chunk in chunks if chunk[0] in _NEEDED or chunk[0] in _COLOURS or chunk[0] == b"pHYs"
    )
    return Png(
        minimal=_join(chunk for chunk in chunks if chunk[0] in _NEEDED),
        stripped=_join([header_chunk, *exif_chunks, *other_chunks]),
        width=width,
        height=height,
        depth=depth,
        profile=_profile(first_chunks.get(b"iCCP", b"")),
        orientation=exif_orientation,
        frame_count=int.from_bytes(first_chunks.get(b"acTL", b"")[:4] or b"\1", "big"),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and content of each chunk, and verify its checksum."""
    start = len(SIGNATURE)
    while True:
        if len(data) < start + 12:
            raise damaged_picture("its end is missing")
        length, name = struct.unpack_from(">I4s", data, start)
        content = data[start + 8 : start + 8 + length]
        if len(data) < start + 12 + length:
            raise damaged_picture("its end is missing")
        if zlib.crc32(content, zlib.crc32(name)) != struct.unpack_from(">I", data, start + 8 + length)[0]:
            raise damaged_picture("a checksum is wrong")
        if name[:1].isupper() and name not in _NEEDED:
            raise BadPicture("it needs a PNG extension that is not supported")
        yield name, content
        if name == b"IEND":
            return
        start += 12 + length


def _join(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    return SIGNATURE + b"".join(
        struct.pack(">I4s", len(content), name) + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
        for name, content in chunks
    )


def _profile(chunk: bytes) -> bytes:
    """Return the ICC profile in an iCCP chunk; empty if it is unreadable.

    The chunk holds a name, a zero byte, the compression method and the compressed profile.
    """
    _, _, rest = chunk.partition(b"\0")
    decompressor = zlib.decompressobj()
    try:
        profile = decompressor.decompress(rest[1:], _MAX_PROFILE) if rest else b""
    except zlib.error:
        return b""
    return profile if decompressor.eof else b""
