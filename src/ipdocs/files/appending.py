"""Append lines to a file, such as a log or a journal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipdocs.files.system_errors import cannot_write

_APPEND_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def append_line(path: Path, line: str) -> None:
    """Append a line to a file. If the file or its folder is missing, create it with access only for its owner.

    Several processes may append at the same time without mixing their lines.

    Raises:
        IpdocsError: The file cannot be written.
    """
    with _opened_to_append(path) as descriptor:
        os.write(descriptor, f"{line}\n".encode())


def append_synced(path: Path, line: str) -> int:
    """Append a line to a file that no other process writes, and wait until it is on the disk.

    Returns:
        The size of the file before, to which `shorten` takes it back.

    Raises:
        IpdocsError: The file cannot be written; it is then as before.
    """
    with _opened_to_append(path) as descriptor:
        size = os.fstat(descriptor).st_size
        data = memoryview(f"{line}\n".encode())
        try:
            while data:
                data = data[os.write(descriptor, data) :]
            os.fsync(descriptor)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
        if not size:
            sync_folder(path.parent)
        return size


def shorten(path: Path, size: int) -> None:
    """Cut a file to a size in bytes.

    Raises:
        IpdocsError: The file cannot be written.
    """
    try:
        os.truncate(path, size)
    except OSError as error:
        raise cannot_write(path, error) from error


def sync_folder(folder: Path) -> None:
    """Wait until the names of the files in a folder are on the disk, on systems that can tell."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _opened_to_append(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, _APPEND_FLAGS, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
