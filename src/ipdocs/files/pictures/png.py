"""The chunks of PNG files (W3C PNG, third edition): each proved by its checksum, and only those kept that show something."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.files.pictures.exif import orientation, orientation_block
from ipdocs.files.pictures.picture import BadPicture, damaged

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_COLOURS = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"cICP")
_MAX_PROFILE = 4_000_000
"""The size of a colour profile in bytes; those of printers have about half as many."""


@dataclass(frozen=True, slots=True)
class Png:
    """A PNG taken apart.

    Attributes:
        shown: the file with nothing but the picture itself.
        stripped: the file with the picture, its colour profile and its direction.
        width: in pixels.
        height: in pixels.
        depth: bits of each colour.
        profile: the ICC profile; empty when there is none.
        orientation: how it is to be turned, as Exif counts it; 1 is upright.
        frames: how many pictures it has; more than one in an animation.
    """

    shown: bytes
    stripped: bytes
    width: int
    height: int
    depth: int
    profile: bytes
    orientation: int
    frames: int


def take_apart(data: bytes) -> Png:
    """Return the parts of a PNG; what stands behind its end is dropped.

    Raises:
        BadPicture: it is cut short, or a checksum is wrong.
    """
    chunks = [*_chunks(data)]
    first = dict(reversed(chunks))
    header = first.get(b"IHDR", b"")
    if chunks[0][0] != b"IHDR" or len(header) != 13 or b"IDAT" not in first:
        raise damaged("it lacks a part that every PNG has")
    width, height, depth = struct.unpack(">IIB", header[:9])
    turn = orientation(first.get(b"eXIf", b""))
    direction = [(b"eXIf", orientation_block(turn))] if turn != 1 else []
    kept = [chunk for chunk in chunks if chunk[0] in _SHOWN or chunk[0] in _COLOURS or chunk[0] == b"pHYs"]
    return Png(
        shown=_joined(chunk for chunk in chunks if chunk[0] in _SHOWN),
        stripped=_joined([*kept[:1], *direction, *kept[1:]]),
        width=width,
        height=height,
        depth=depth,
        profile=_profile(first.get(b"iCCP", b"")),
        orientation=turn,
        frames=int.from_bytes(first.get(b"acTL", b"")[:4] or b"\1", "big"),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while True:
        if len(data) < at + 12:
            raise damaged("its end is missing")
        length, name = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        if len(data) < at + 12 + length:
            raise damaged("its end is missing")
        if zlib.crc32(content, zlib.crc32(name)) != struct.unpack_from(">I", data, at + 8 + length)[0]:
            raise damaged("the checksum of a part is wrong")
        if name[:1].isupper() and name not in _SHOWN:
            raise BadPicture("it needs a PNG extension that no reader knows")
        yield name, content
        if name == b"IEND":
            return
        at += 12 + length


def _joined(chunks: Iterator[tuple[bytes, bytes]] | list[tuple[bytes, bytes]]) -> bytes:
    return SIGNATURE + b"".join(
        struct.pack(">I4s", len(content), name) + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
        for name, content in chunks
    )


def _profile(chunk: bytes) -> bytes:
    """Return the ICC profile that an iCCP chunk holds: a name, a zero, the method, and the profile compressed."""
    _, _, rest = chunk.partition(b"\0")
    inflate = zlib.decompressobj()
    try:
        profile = inflate.decompress(rest[1:], _MAX_PROFILE) if rest else b""
    except zlib.error:
        return b""
    return profile if inflate.eof else b""
