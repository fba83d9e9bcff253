"""Placing of finished files: a whole set or none of it. Every file that ipdocs writes goes through here."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.system_errors import cannot_write
from ipdocs.files.temporary import remove, sweep, temporary_file
from ipdocs.findings import Finding, IpdocsError


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A file to replace or to remove.

    Attributes:
        target: Its path.
        new: The temporary file with the new content, to be renamed to the target; None for a file to remove.
        old: The temporary file that keeps the earlier content.
    """

    target: Path
    new: Path | None
    old: Path


def place(files: Mapping[Path, bytes], stale: Collection[Path] = ()) -> None:
    """Write files and remove stale ones, all or none; missing folders are created.

    Every file is first written beside its target; then all are renamed in order. Stale files are removed before the last
    rename, so a manifest should come last; folders that become empty are removed too. A replaced file keeps its mode.
    A symbolic link is replaced, not followed: resolve the path first to write the file it points to.
    Temporary files that dead processes left in the folders are removed.

    Args:
        files: The content of each file by its path.
        stale: Files to remove, if they exist.

    Raises:
        IpdocsError: A file or folder cannot be written. All files are then as they were before.
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
    """Refuse paths of folders, devices, pipes and sockets."""
    findings: list[Finding] = []
    for path in files:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) and not path.is_dir() and path.exists():
                mode = path.stat().st_mode
        except OSError:
            continue  # it does not exist yet, or writing will report the error
        except ValueError as error:
            findings += cannot_write(path, error, "choose a name without a null character").findings
            continue
        if stat.S_ISDIR(mode):
            findings += cannot_write(path, "a folder has its name", "rename the folder, or write to another folder").findings
        elif not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            findings += cannot_write(path, "this is a device, a pipe or a socket", "choose another file name").findings
    if findings:
        raise IpdocsError(findings)


def _make_folder(folder: Path, new_folders: list[Path]) -> None:
    """Create a folder and those above it, and add the new ones to `new_folders`."""
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
        raise cannot_write(folder, "a folder is needed, but a file has its name", hint) from error
    except (OSError, ValueError) as error:
        raise cannot_write(folder, error) from error


def _write(new: Path, target: Path, data: bytes) -> None:
    """Write the new content to the disk in a temporary file, with the mode of the target."""
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
    """Give the file to be replaced a second name, so that it can be restored; the first name stays."""
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
    try:
        if replacement.new:
            replacement.new.replace(replacement.target)
        else:
            replacement.target.replace(replacement.old)
    except OSError as error:
        raise cannot_write(replacement.target, error) from error


def _is_renamed(replacement: _Replacement) -> bool:
    return os.path.lexists(replacement.old) if replacement.new is None else not os.path.lexists(replacement.new)


def _roll_back(started: list[_Replacement]) -> list[Finding]:
    """Restore replaced files and remove new ones; return a finding for each file with which this fails."""
    findings: list[Finding] = []
    for replacement in filter(_is_renamed, started):
        target, old = replacement.target, replacement.old
        try:
            if os.path.lexists(old):
                old.replace(target)
            else:
                target.unlink()
        except OSError as error:
            findings += cannot_write(target, f"it is new, and the earlier file cannot be restored ({error.strerror})").findings
    return findings


def _remove_empty(folders: list[Path]) -> None:
    """Remove the empty ones of some folders, listed from the outermost to the innermost."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes while files in it are read and replaced; create it if needed.

    Nothing is locked on systems without such locks. A process must not lock a folder twice.

    Raises:
        IpdocsError: The folder does not exist and cannot be created, or cannot be opened.
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
            continue  # another process has removed it again
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
    """Whether an open folder still has its name: the process that held the lock may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except OSError:
        return False
