"""Temporary files and folders, whose names contain the process id, so that later processes can remove abandoned ones.

The files and folders are removed when their process ends, even if it is interrupted. Only SIGKILL leaves any behind.
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from ipdocs.files.system_errors import cannot_write

_NAME = re.compile(r"\.?ipdocs-(?P<process_id>\d{1,9})-(?P<host>[0-9a-f]{8})-[0-9a-f]{8}(?:\.tmp)?")
_MAX_AGE = 24 * 60 * 60
"""The age in seconds at which a temporary file from another computer counts as abandoned."""
_registered: set[Path] = set()
"""The temporary files and folders of this process."""


def temporary_file(folder: Path) -> Path:
    """Return a path for a temporary file in a folder; call `remove` when the file is no longer needed."""
    return _register(folder / f".{_new_name()}.tmp")


def is_temporary(path: Path) -> bool:
    """Whether the name of a file or folder is that of a temporary file or folder of ipdocs."""
    return _NAME.fullmatch(path.name) is not None


def make_temporary_folder() -> Path:
    """Make a temporary folder; call `remove` when the folder is no longer needed.

    Raises:
        IpdocsError: The system has no folder for temporary files, or cannot write to that folder.
    """
    try:
        parent = Path(tempfile.gettempdir())
        _sweep_once(parent)
        folder = _register(parent / _new_name())
        folder.mkdir(0o700)
    except OSError as error:
        raise _cannot_write(Path(error.filename) if error.filename else None, error) from error
    return folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a temporary folder and remove it at the end of the context."""
    folder = make_temporary_folder()
    try:
        yield folder
    finally:
        remove(folder)


def write_temporary(path: Path, data: bytes) -> None:
    """Write a file into a temporary folder.

    Raises:
        IpdocsError: The file cannot be written, for instance because the disk is full.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path | None, error: OSError) -> Exception:
    return cannot_write(path, error, "set TMPDIR to a folder with room for temporary files")


def remove(path: Path) -> None:
    """Remove a temporary file or folder, if it exists."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
    _registered.discard(path)


def sweep(folder: Path) -> None:
    """Remove temporary files and folders that dead processes have left in a folder."""
    try:
        with os.scandir(folder) as entries:
            abandoned = [Path(entry.path) for entry in entries if _is_abandoned(entry)]
    except OSError:
        return
    for path in abandoned:
        remove(path)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a temporary file or folder that was left by a dead process, or long ago by another computer."""
    match = _NAME.fullmatch(entry.name)
    if match is None:
        return False
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    if entry.is_dir(follow_symlinks=False) and status.st_uid != _user_id():
        return False
    if match["host"] == _host_id() and os.name == "posix":
        return not _is_running(int(match["process_id"]))
    return time.time() - status.st_mtime > _MAX_AGE


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # the process belongs to another user
    try:
        state = Path(f"/proc/{process_id}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state not in "ZX"  # Z and X: dead, but the parent has not collected the exit code yet


def _user_id() -> int:
    return os.getuid() if os.name == "posix" else 0


@cache
def _host_id() -> str:
    """Return an identifier of this computer and container, within which process ids are unique."""
    import platform

    try:
        namespace = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        namespace = ""
    return blake2b(f"{platform.node()} {namespace}".encode(), digest_size=4).hexdigest()


def _new_name() -> str:
    return f"ipdocs-{os.getpid()}-{_host_id()}-{secrets.token_hex(4)}"


def _register(path: Path) -> Path:
    _registered.add(path)
    return path


@atexit.register
def remove_all() -> None:
    """Remove the temporary files and folders of this process; skip those of a parent, whose list a forked process inherits."""
    for path in list(_registered):
        if f"ipdocs-{os.getpid()}-" in path.name:
            remove(path)


@cache
def _sweep_once(folder: Path) -> None:
    sweep(folder)
