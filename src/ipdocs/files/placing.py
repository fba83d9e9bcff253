"""Put a set of finished files in place: all of them or none. Everything that ipdocs writes is put in place here."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.appending import sync_folder
from ipdocs.files.system_errors import cannot_write
from ipdocs.files.temporary import remove, sweep, temporary_file
from ipdocs.findings import Finding, IpdocsError

_PAUSES = (0.05, 0.2)
"""The pauses in seconds between three attempts to rename a file that another program holds."""


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A file to write, replace or remove.

    Attributes:
        target: The path of the file.
        new: The temporary file with the new content, which is renamed to the target; None for a file to remove.
        old: The temporary file that keeps the earlier content.
    """

    target: Path
    new: Path | None
    old: Path


def place_files(files: Mapping[Path, bytes], stale: Collection[Path] = ()) -> None:
    """Write a set of files and remove stale files; if anything fails, restore everything. Missing folders are created.

    Every file is first written beside its target. Then all files are renamed in order. Stale files are removed just before
    the last rename, so put a manifest last. Folders that become empty are removed, and so are temporary files that dead
    processes have left in the folders. A replaced file keeps its mode. The names are on the disk
    when the function returns. A symbolic link is replaced, not followed: to write the
    file that a link points to, resolve the path first.

    Args:
        files: The content of the files, keyed by path.
        stale: The files to remove, if they exist.

    Raises:
        IpdocsError: A file or folder cannot be written. All files are then as before, except files with a finding that they
            cannot be restored.
    """
    _check_targets(files)
    new_folders: list[Path] = []
    replacements: list[_Replacement] = []
    started: list[_Replacement] = []
    try:
        for folder in dict.fromkeys(path.parent for path in files):
            _make_folder(folder, new_folders)
            sweep(folder)
        for path, data in files.items():
            new, old = temporary_file(path.parent), temporary_file(path.parent)
            replacements.append(_Replacement(path, new, old))
            _write(new, path, data)
        for replacement in replacements[:-1]:
            _back_up(replacement)
        replacements[-1:-1] = [_Replacement(path, None, temporary_file(path.parent)) for path in stale if os.path.lexists(path)]
        for replacement in replacements:
            started.append(replacement)
            _rename(replacement)
        for folder in dict.fromkeys(replacement.target.parent for replacement in replacements):
            sync_folder(folder)
    except BaseException as error:
        is_complete = bool(replacements) and started[-1:] == replacements[-1:] and _is_renamed(started[-1])
        findings = [] if is_complete else _roll_back(started)
        if findings and isinstance(error, IpdocsError):
            raise IpdocsError([*error.findings, *findings]) from error
        raise
    finally:
        for replacement in replacements:
            if replacement.new:
                remove(replacement.new)
            remove(replacement.old)
        _remove_empty([*new_folders, *sorted({path.parent for path in stale} - {path.parent for path in files})])


def _check_targets(files: Mapping[Path, bytes]) -> None:
    """Refuse targets that are folders, devices, pipes or sockets."""
    findings: list[Finding] = []
    for path in files:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) and not path.is_dir() and path.exists():
                mode = path.stat().st_mode
        except OSError:
            continue  # the target does not exist yet, or writing will report the error
        except ValueError as error:
            findings += cannot_write(path, error, "choose a name without a null character").findings
            continue
        if stat.S_ISDIR(mode):
            findings += cannot_write(path, "a folder has this name", "rename the folder, or write to another folder").findings
        elif not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            findings += cannot_write(path, "this is a device, a pipe or a socket", "choose another file name").findings
    if findings:
        raise IpdocsError(findings)


def _make_folder(folder: Path, new_folders: list[Path]) -> None:
    """Create a folder and its missing parents, and add the created folders to `new_folders`."""
    missing = []
    try:
        while not folder.is_dir():
            missing.append(folder)
            if folder.is_symlink() or folder.exists() or folder == folder.parent:
                break
            folder = folder.parent
        for folder in reversed(missing):
            new_folders.append(folder)
            folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        hint = "rename the file, or write to another folder"
        raise cannot_write(folder, "a folder is needed, but a file has this name", hint) from error
    except (OSError, ValueError) as error:
        raise cannot_write(folder, error) from error


def _write(new: Path, target: Path, data: bytes) -> None:
    """Write the content of a target to a temporary file on the disk, with the mode of the target."""
    try:
        with new.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.is_file() and not target.is_symlink():
            new.chmod(stat.S_IMODE(target.stat().st_mode))
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from error


def _back_up(replacement: _Replacement) -> None:
    """Link or copy the file at a target to its backup name, so that the file can be restored; the target stays."""
    target, old = replacement.target, replacement.old
    if not os.path.lexists(target):
        return
    try:
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a file system without hard links
            shutil.copy2(target, old, follow_symlinks=False)
    except OSError as error:
        raise cannot_write(target, error) from error


def _rename(replacement: _Replacement) -> None:
    source, target = (replacement.new, replacement.target) if replacement.new else (replacement.target, replacement.old)
    for pause in (*_PAUSES, None):
        try:
            source.replace(target)
        except PermissionError as error:  # on Windows, another program may hold the file for a moment
            if pause is None or os.name != "nt":
                raise cannot_write(replacement.target, error) from error
            time.sleep(pause)
        except OSError as error:
            raise cannot_write(replacement.target, error) from error
        else:
            return


def _is_renamed(replacement: _Replacement) -> bool:
    return os.path.lexists(replacement.old) if replacement.new is None else not os.path.lexists(replacement.new)


def _roll_back(started: list[_Replacement]) -> list[Finding]:
    """Restore replaced files and remove new files; return a finding for each file that cannot be restored or removed."""
    findings: list[Finding] = []
    for replacement in filter(_is_renamed, started):
        target, old = replacement.target, replacement.old
        try:
            if os.path.lexists(old):
                old.replace(target)
            else:
                target.unlink()
        except OSError as error:
            findings += cannot_write(
                target, f"its content is new, and the earlier content cannot be restored ({error.strerror})"
            ).findings
    return findings


def _remove_empty(folders: list[Path]) -> None:
    """Remove the empty folders in a list that is ordered from the outermost folder to the innermost."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes while files in it are read and replaced; create the folder if needed.

    On systems without file locks, nothing is locked. A process must not lock the same folder twice.

    Raises:
        IpdocsError: The folder cannot be created or opened.
    """
    new_folders: list[Path] = []
    try:
        descriptor = _lock(folder, new_folders)
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)
    finally:
        _remove_empty(new_folders)


def _lock(folder: Path, new_folders: list[Path]) -> int | None:
    """Wait for the lock of a folder; return the descriptor that holds it, or None on systems without locks."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        return None
    while True:
        _make_folder(folder, new_folders)
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue  # another process has removed the folder again
        except OSError as error:
            raise cannot_write(folder, error) from error
        try:
            with suppress(OSError):  # a file system without locks
                flock(descriptor, LOCK_EX)
            if _is_current(folder, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_current(folder: Path, descriptor: int) -> bool:
    """Whether an open folder is still at its path; the process that held the lock before may have removed the folder."""
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except OSError:
        return False
