"""Appending of lines to a file, such as a log."""

from __future__ import annotations

import os
from pathlib import Path

from ipdocs.files.system_errors import cannot_write

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def append_line(path: Path, line: str) -> None:
    """Append a line to a file; if the file or its folder is missing, create it so that only its owner can read it.

    Several processes may append at the same time without mixing their lines.

    Raises:
        IpdocsError: The file cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, _APPEND, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
