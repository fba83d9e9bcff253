"""The chunks of PNG files (W3C PNG, third edition): verification of checksums, and removal of metadata."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipdocs.files.pictures.exif import orientation, orientation_block
from ipdocs.files.pictures.picture import BadPicture, damaged_picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_COLOURS = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"cICP")
_MAX_PROFILE = 4_000_000
"""How many bytes a colour profile may have: about twice as many as those of printers."""


@dataclass(frozen=True, slots=True)
class Png:
    """The parts of a PNG.

    Attributes:
        minimal: The file with nothing but the picture itself.
        stripped: The file with the picture, its colour profile and its orientation.
        width: In pixels.
        height: In pixels.
        depth: Bits of each colour.
        profile: The ICC profile; empty if there is none.
        orientation: The orientation as in Exif; 1 is upright.
        frames: The number of frames; more than one in an animation.
    """

    minimal: bytes
    stripped: bytes
    width: int
    height: int
    depth: int
    profile: bytes
    orientation: int
    frames: int


def parse_png(data: bytes) -> Png:
    """Return the parts of a PNG; data after its end is dropped.

    Raises:
        BadPicture: The file is cut short, or a checksum is wrong.
    """
    chunks = [*_chunks(data)]
    first = dict(reversed(chunks))
    header = first.get(b"IHDR", b"")
    if chunks[0][0] != b"IHDR" or len(header) != 13 or b"IDAT" not in first:
        raise damaged_picture("it lacks a part that every PNG has")
    width, height, depth = struct.unpack(">IIB", header[:9])
    turn = orientation(first.get(b"eXIf", b""))
    exif_chunks = [(b"eXIf", orientation_block(turn))] if turn != 1 else []
    header_chunk, *other_chunks = (
        chunk for chunk in chunks if chunk[0] in _NEEDED or chunk[0] in _COLOURS or chunk[0] == b"pHYs"
    )
    return Png(
        minimal=_join(chunk for chunk in chunks if chunk[0] in _NEEDED),
        stripped=_join([header_chunk, *exif_chunks, *other_chunks]),
        width=width,
        height=height,
        depth=depth,
        profile=_profile(first.get(b"iCCP", b"")),
        orientation=turn,
        frames=int.from_bytes(first.get(b"acTL", b"")[:4] or b"\1", "big"),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and content of each chunk."""
    start = len(SIGNATURE)
    while True:
        if len(data) < start + 12:
            raise damaged_picture("its end is missing")
        length, name = struct.unpack_from(">I4s", data, start)
        content = data[start + 8 : start + 8 + length]
        if len(data) < start + 12 + length:
            raise damaged_picture("its end is missing")
        if zlib.crc32(content, zlib.crc32(name)) != struct.unpack_from(">I", data, start + 8 + length)[0]:
            raise damaged_picture("the checksum of a part is wrong")
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
    """Return the ICC profile in an iCCP chunk, which holds a name, a zero byte, the method and the compressed profile."""
    _, _, rest = chunk.partition(b"\0")
    decompressor = zlib.decompressobj()
    try:
        profile = decompressor.decompress(rest[1:], _MAX_PROFILE) if rest else b""
    except zlib.error:
        return b""
    return profile if decompressor.eof else b""
