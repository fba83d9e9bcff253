"""A font file as its tables, and back: what fontTools does too, but in a twentieth of a cold build less."""

from __future__ import annotations

import struct
from collections.abc import Mapping

Tables = dict[str, bytes]


def tables(data: bytes) -> Tables:
    """Return a font file's tables by their tags."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4s4xLL", data, 12 + 16 * number) for number in range(count))
    return {tag.decode("ascii"): data[offset : offset + length] for tag, offset, length in records}


def patched(table: bytes, offset: int, layout: str, *numbers: int) -> bytes:
    """Return a table with numbers written over what stood at an offset."""
    changed = bytearray(table)
    struct.pack_into(layout, changed, offset, *numbers)
    return bytes(changed)


def naming(names: Mapping[int, str]) -> bytes:
    """Return a name table for Windows in English: what stands under each name id, such as 1 for the family."""
    texts = [(number, text.encode("utf-16-be")) for number, text in sorted(names.items())]
    head, strings = struct.pack(">HHH", 0, len(texts), 6 + 12 * len(texts)), b""
    for number, text in texts:
        head += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), len(strings))
        strings += text
    return head + strings


def font(version: bytes, content: Mapping[str, bytes]) -> bytes:
    """Return tables as a font file; the version is its first four bytes, OTTO for glyphs in a CFF table."""
    count = len(content)
    power = 1 << (count.bit_length() - 1)
    head = version + struct.pack(">HHHH", count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    body, offset = b"", 12 + 16 * count
    for tag, table in sorted(content.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        head += struct.pack(">4sLLL", tag.encode("ascii"), checksum, offset + len(body), len(table))
        body += padded
    return head + body
