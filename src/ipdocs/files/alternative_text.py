"""Alternative texts of pictures in files from elsewhere."""

from __future__ import annotations

import re

_FILE = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|tmp|var)/|\S+\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|heic|webp)$", re.I
)


def names_a_file(text: str) -> bool:
    """Whether an alternative text only says which file a picture was, as Word writes by itself: a path with names of people."""
    return _FILE.match(text.strip()) is not None
