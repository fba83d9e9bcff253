"""Read the ToUnicode map of a PDF font, which maps codes to characters."""

from __future__ import annotations

import re

_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")


def read_to_unicode(cmap: bytes) -> dict[int, str]:
    """Return the characters for each code in a ToUnicode map."""
    characters: dict[int, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        strings = [bytes.fromhex(string.decode()) for string in _HEX.findall(section)]
        for code, text in zip(strings[::2], strings[1::2], strict=False):
            characters[int.from_bytes(code, "big")] = text.decode("utf-16-be", "replace")
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, texts in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f\s]+>|\[[^\]]*\])", section):
            first_code, last_code = int(first, 16), int(last, 16)
            targets = [bytes.fromhex(string.decode()) for string in _HEX.findall(texts)]
            for offset in range(last_code - first_code + 1):
                if texts.startswith(b"["):
                    characters[first_code + offset] = targets[offset].decode("utf-16-be", "replace")
                else:
                    start = targets[0].decode("utf-16-be", "replace")
                    characters[first_code + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return characters
