"""Temporary files and folders: their names tell which process made them, and the next process sweeps what a dead one left.

Everything listed here goes when this process ends, however it was interrupted; only SIGKILL leaves anything behind.
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

_NAME = re.compile(r"\.?ipdocs-(?P<process>\d{1,9})-(?P<host>[0-9a-f]{8})-[0-9a-f]{8}(?:\.tmp)?")
_DAY = 24 * 60 * 60
_existing: set[Path] = set()


def temporary_file(folder: Path) -> Path:
    """Return a path for a temporary file in a folder; `remove` it when it is no longer needed."""
    return _listed(folder / f".{_new_name()}.tmp")


def is_temporary(path: Path) -> bool:
    """Whether a file or folder has a name that `temporary_file` or `make_temporary_folder` gives."""
    return _NAME.fullmatch(path.name) is not None


def make_temporary_folder() -> Path:
    """Make a temporary folder; `remove` it when it is no longer needed.

    Raises:
        IpdocsError: there is no place for temporary files.
    """
    try:
        parent = Path(tempfile.gettempdir())
        _sweep_once(parent)
        folder = _listed(parent / _new_name())
        folder.mkdir(0o700)
    except OSError as error:
        raise _no_room(Path(error.filename) if error.filename else None, error) from error
    return folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a temporary folder that is removed in the end."""
    folder = make_temporary_folder()
    try:
        yield folder
    finally:
        remove(folder)


def write_temporary(path: Path, data: bytes) -> None:
    """Write a file into a temporary folder; what the system refuses is a finding."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _no_room(path, error) from error


def _no_room(path: Path | None, error: OSError) -> Exception:
    return cannot_write(path, error, "set TMPDIR to a folder with room for temporary files")


def remove(path: Path) -> None:
    """Remove a temporary file or folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
    _existing.discard(path)


def sweep(folder: Path) -> None:
    """Remove what dead processes have left in a folder; nothing of a process that runs."""
    try:
        with os.scandir(folder) as entries:
            left = [Path(entry.path) for entry in entries if _is_abandoned(entry)]
    except OSError:
        return
    for path in left:
        remove(path)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether the maker of a temporary file is dead; of another computer nobody knows, so there its age decides."""
    match = _NAME.fullmatch(entry.name)
    if match is None:
        return False
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    if entry.is_dir(follow_symlinks=False) and about.st_uid != _user():
        return False
    if match["host"] == _host() and os.name == "posix":
        return not _is_running(int(match["process"]))
    return time.time() - about.st_mtime > _DAY


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it belongs to somebody else
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state not in "ZX"  # a dead process that its parent has not yet asked after


def _user() -> int:
    return os.getuid() if os.name == "posix" else 0


@cache
def _host() -> str:
    """Return a mark of this computer, and of this container on it: only there do its process ids mean anything."""
    import platform

    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return blake2b(f"{platform.node()} {space}".encode(), digest_size=4).hexdigest()


def _new_name() -> str:
    return f"ipdocs-{os.getpid()}-{_host()}-{secrets.token_hex(4)}"


def _listed(path: Path) -> Path:
    _existing.add(path)
    return path


@atexit.register
def remove_all() -> None:
    """Remove what is left of this process; a copy of it made by fork leaves its parent's alone."""
    for path in list(_existing):
        if f"ipdocs-{os.getpid()}-" in path.name:
            remove(path)


@cache
def _sweep_once(folder: Path) -> None:
    sweep(folder)
