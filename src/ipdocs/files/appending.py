"""Append lines to a file, such as a log."""

from __future__ import annotations

import os
from pathlib import Path

from ipdocs.files.system_errors import cannot_write

_APPEND_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def append_line(path: Path, line: str) -> None:
    """Append a line to a file. If the file or its folder is missing, create it with access only for its owner.

    Several processes may append at the same time without mixing their lines.

    Raises:
        IpdocsError: The file cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, _APPEND_FLAGS, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
