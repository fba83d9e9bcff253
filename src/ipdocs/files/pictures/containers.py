"""Remove comments and metadata from GIF, WebP and TIFF files."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from ipdocs.files.pictures.exif import orientation_block, read_orientation
from ipdocs.files.pictures.picture import damaged_picture

_GIF_HEADER_SIZE = 13
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _TEXT, _APPLICATION = 0xFE, 0x01, 0xFF
_LOOP_EXTENSION = b"NETSCAPE2.0"

_METADATA_CHUNKS = (b"EXIF", b"XMP ")
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
"""The metadata chunks of a WebP, and the flags for them in the header (WebP container specification, extended format)."""


def strip_gif(data: bytes) -> bytes:
    """Return a GIF without comments and without application data except the number of loops (GIF89a, sections 23 to 26)."""
    start = _GIF_HEADER_SIZE + _table_size(data[10])
    parts = [data[:start]]
    while start < len(data) and data[start] != _TRAILER:
        kind, label = data[start], data[start + 1 : start + 2]
        if kind == _EXTENSION:
            end = _end_of_blocks(data, start + 2)
            is_metadata = label[0] == _COMMENT or (label[0] == _APPLICATION and data[start + 3 : start + 14] != _LOOP_EXTENSION)
        elif kind == _IMAGE and start + 10 < len(data):
            end, is_metadata = _end_of_blocks(data, start + 11 + _table_size(data[start + 9])), False
        else:
            raise damaged_picture()
        if not is_metadata:
            parts.append(data[start:end])
        start = end
    return b"".join(parts) + bytes([_TRAILER])


def _table_size(flags: int) -> int:
    """Return the size of a colour table in bytes, from the flags of its descriptor."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, start: int) -> int:
    """Return the offset after a series of data sub-blocks; each begins with its length, and an empty block ends the series."""
    while start < len(data) and data[start]:
        start += data[start] + 1
    if start >= len(data):
        raise damaged_picture("its end is missing")
    return start + 1


def strip_webp(data: bytes) -> bytes:
    """Return a WebP without metadata, except for its orientation."""
    chunks = [chunk for chunk in _riff_chunks(data) if chunk[0] not in _METADATA_CHUNKS]
    exif_orientation = next((read_orientation(content) for name, content in _riff_chunks(data) if name == b"EXIF"), 1)
    if chunks and chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if exif_orientation != 1 else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        chunks += [(b"EXIF", orientation_block(exif_orientation))] if exif_orientation != 1 else []
    body = b"".join(name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and content of each chunk."""
    start, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while start + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, start)
        if start + 8 + length > end:
            raise damaged_picture("its end is missing")
        yield name, data[start + 8 : start + 8 + length]
        start += 8 + length + length % 2


def strip_tiff(data: bytes) -> bytes:
    """Return the first page of a TIFF, saved again without loss. Only its colour profile, orientation and resolution are kept."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
        image.load()
        exif_orientation = image.getexif().get(0x0112, 1)
        options = {key: image.info[key] for key in ("icc_profile", "dpi") if image.info.get(key)}
        image.info = {}
        exif = Image.Exif()
        exif[0x0112] = exif_orientation
        plain = Image.new(image.mode, image.size)
        plain.paste(image)
        if image.mode == "P":
            plain.putpalette(image.getpalette() or [])
        stream = io.BytesIO()
        plain.save(stream, "TIFF", compression="tiff_adobe_deflate", exif=exif, **options)
    return stream.getvalue()
