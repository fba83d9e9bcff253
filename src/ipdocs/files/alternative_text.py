"""Detect file names that other programs have inserted as the alternative texts of pictures."""

from __future__ import annotations

import re

_FILE_NAME = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|tmp|var)/|\S+\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|heic|webp)$", re.I
)


def names_a_file(text: str) -> bool:
    """Whether an alternative text is only a file name or path. Word may insert a path by itself, and a path may name people."""
    return _FILE_NAME.match(text.strip()) is not None
