"""GIF, WebP and TIFF files without comments and metadata, their pictures as they are."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from ipdocs.files.pictures.exif import orientation, orientation_block
from ipdocs.files.pictures.picture import damaged

_GIF_HEADER = 13
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _TEXT, _APPLICATION = 0xFE, 0x01, 0xFF
_LOOPS = b"NETSCAPE2.0"

_METADATA = (b"EXIF", b"XMP ")
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
"""The chunks of a WebP that hold metadata, and the flags that tell of them (WebP container specification, extended format)."""


def bare_gif(data: bytes) -> bytes:
    """Return a GIF without comments and what programs add; how often it repeats stays (GIF89a, sections 23 to 26)."""
    at = _GIF_HEADER + _table(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != _TRAILER:
        kind, label, start = data[at], data[at + 1 : at + 2], at
        if kind == _EXTENSION:
            end = _after_blocks(data, at + 2)
            is_other = label[0] == _APPLICATION and data[at + 3 : at + 14] != _LOOPS
            keep = label[0] != _COMMENT and not is_other
        elif kind == _IMAGE and at + 10 < len(data):
            end, keep = _after_blocks(data, at + 11 + _table(data[at + 9])), True
        else:
            raise damaged()
        kept += [data[start:end]] if keep else []
        at = end
    return b"".join(kept) + bytes([_TRAILER])


def _table(flags: int) -> int:
    """Return the size of a table of colours by the flags that tell of it."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """Return where the next part begins behind blocks, each with its length before it, and an empty one at the end."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    if at >= len(data):
        raise damaged("its end is missing")
    return at + 1


def bare_webp(data: bytes) -> bytes:
    """Return a WebP without its metadata but for its direction."""
    chunks = [chunk for chunk in _riff(data) if chunk[0] not in _METADATA]
    turn = next((orientation(content) for name, content in _riff(data) if name == b"EXIF"), 1)
    if chunks and chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turn != 1 else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        chunks += [(b"EXIF", orientation_block(turn))] if turn != 1 else []
    body = b"".join(name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise damaged("its end is missing")
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def bare_tiff(data: bytes) -> bytes:
    """Return the first page of a TIFF, saved anew without loss, with its colour profile, direction and resolution."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
        image.load()
        turn = image.getexif().get(0x0112, 1)
        said = {key: image.info[key] for key in ("icc_profile", "dpi") if image.info.get(key)}
        image.info = {}
        exif = Image.Exif()
        exif[0x0112] = turn
        plain = Image.new(image.mode, image.size)
        plain.paste(image)
        if image.mode == "P":
            plain.putpalette(image.getpalette() or [])
        saved = io.BytesIO()
        plain.save(saved, "TIFF", compression="tiff_adobe_deflate", exif=exif, **said)
    return saved.getvalue()
