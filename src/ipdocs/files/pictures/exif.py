"""The orientation of a picture, the only Exif metadata that is kept."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112
_SHORT = 3


def read_orientation(block: bytes) -> int:
    """Return the orientation in an Exif block, from 1 to 8; 1 (upright) if the block has none.

    The values are defined in Exif 2.3, section 4.6.4 A.

    Args:
        block: The Exif block, with or without the prefix "Exif".
    """
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for position in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", block, position)
            if tag == _ORIENTATION and kind == _SHORT and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def orientation_block(value: int) -> bytes:
    """Return an Exif block that contains only an orientation, from 1 to 8."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, value, 0, 0)
