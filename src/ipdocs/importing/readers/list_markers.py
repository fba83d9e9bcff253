"""Markers typed before list items: bullets, numbers and letters, in Western and Chinese forms."""

from __future__ import annotations

import re

_BULLET = "•●◦▪■‧∙·＊*－—–-"
_MARKERS = (
    ("bullet", re.compile(rf"[{_BULLET}][ \t\u3000]*(?=[^\s{_BULLET}])")),
    (
        "number",
        re.compile(r"(?:[(（]?[0-9]{1,2}[)）]|[0-9]{1,2}[.、．]|[(（][一二三四五六七八九十]{1,3}[)）])[ \t\u3000]*(?=\S)"),
    ),
    ("roman", re.compile(r"[(（](?:i{1,3}|iv|vi{0,3}|ix|x)[)）][ \t\u3000]*(?=\S)")),
    ("letter", re.compile(r"[(（][a-z][)）][ \t\u3000]*(?=\S)")),
)
_ITEM_BOUNDARY = re.compile(r"(?<=[;；。.])[ \t\u3000]*[•●◦▪■＊][ \t\u3000]*(?=\S)")


def find_list_marker(text: str) -> tuple[str, int] | None:
    """Return the list style of the marker at the start of a line, and the length of the marker; None if there is no marker.

    "*", "-", "–", "—" and numbers such as "1." are markers only if a space follows.
    """
    for style, pattern in _MARKERS:
        if match := pattern.match(text):
            if match[0] in ("*", "-", "–", "—") or re.fullmatch(r"[0-9]{1,2}[.．]", match[0]):
                return None
            return style, match.end()
    return None


def split_list_items(text: str) -> list[str]:
    """Split a line into its list items: a bullet after a full stop or semicolon begins another item."""
    return [part.strip() for part in _ITEM_BOUNDARY.split(text)]
