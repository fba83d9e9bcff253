"""Detection of file names among the alternative texts of pictures in files from other programs."""

from __future__ import annotations

import re

_FILE_NAME = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|tmp|var)/|\S+\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|heic|webp)$", re.I
)


def names_a_file(text: str) -> bool:
    """Whether an alternative text is only a file name or path. Word may fill in such a text, and it may name people."""
    return _FILE_NAME.match(text.strip()) is not None
