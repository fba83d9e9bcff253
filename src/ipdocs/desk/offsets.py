"""Convert offsets in texts: Python counts characters, and JavaScript UTF-16 code units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable


def utf16_offsets(text: str) -> Callable[[int], int]:
    """Return a function that converts an offset in a text to an offset in UTF-16 code units."""
    long_positions = [position for position, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_right(long_positions, offset - 1)


def character_offsets(text: str) -> Callable[[int], int]:
    """Return a function that converts an offset in UTF-16 code units to an offset in a text; inverse of `utf16_offsets`."""
    ends: list[int] = []
    for position, character in enumerate(text):
        if character > "\uffff":
            ends.append(position + len(ends) + 2)
    return lambda offset: offset - bisect_right(ends, offset)
