"""Files for the user of this computer alone: keys, settings, and pages that let a browser in."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ipdocs.files.system_errors import cannot_read, cannot_write
from ipdocs.files.temporary import remove, temporary_file

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, in place of an earlier one. Missing folders are created, for their owner only.

    Raises:
        IpdocsError: the file cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = temporary_file(path.parent)
        try:
            descriptor = os.open(new, _FLAGS, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(descriptor)
            new.replace(path)
        finally:
            remove(new)
    except OSError as error:
        raise cannot_write(path, error) from error


def read_private(path: Path, limit: int = 100_000) -> bytes | None:
    """Return the content of a file of this user, or None if there is none, or if other users can write or read it.

    Raises:
        IpdocsError: the file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o077):
                return None
            return stream.read(limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_read(path, error) from error


def remove_private(path: Path) -> None:
    """Remove a file, if it is there."""
    with suppress(OSError):
        path.unlink()


def lock_private(path: Path) -> int | None:
    """Lock a file for as long as this process lives, without waiting.

    Returns:
        The descriptor that holds the lock, -1 on systems without locks, or None if another process holds it.

    Raises:
        IpdocsError: the file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        os.close(descriptor)
        return -1
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # a file system without locks
        pass
    return descriptor
