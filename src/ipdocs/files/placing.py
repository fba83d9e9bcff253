"""The one door out: files put in their places, all of a set or none of them."""

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
    """A file that is to take its place: its new content until then, and the earlier content afterwards.

    Without new content it is a file that is to go.
    """

    target: Path
    new: Path | None
    old: Path


def place(files: Mapping[Path, bytes], stale: Collection[Path] = ()) -> None:
    """Put files in their places and remove stale ones, all or none; folders are made where they are missing.

    Every file is written beside its place first, then all are renamed in the order given: name last the file by which
    the others are known. Stale files go before that one, and
    the folders that they leave empty. The mode of a replaced file stays. A symbolic link is replaced, not followed: to edit the
    file behind a link, resolve the path first. Temporary files that dead processes left in the folders are removed.

    Raises:
        IpdocsError: the system refuses a file or folder. All is then as it was before.
    """
    _refuse_impossible(files)
    folders: list[Path] = []
    replacements: list[_Replacement] = []
    begun: list[_Replacement] = []
    try:
        for folder in dict.fromkeys(path.parent for path in files):
            _make_folder(folder, folders)
            sweep(folder)
        for path, data in files.items():
            new, old = temporary_file(path.parent), temporary_file(path.parent)
            replacements.append(_Replacement(path, new, old))
            _write(new, path, data)
        for replacement in replacements[:-1]:
            _keep_old(replacement)
        replacements[-1:-1] = [_Replacement(path, None, temporary_file(path.parent)) for path in stale if os.path.lexists(path)]
        for replacement in replacements:
            begun.append(replacement)
            _rename(replacement)
    except BaseException as error:
        is_complete = bool(replacements) and begun[-1:] == replacements[-1:] and _is_renamed(begun[-1])
        findings = [] if is_complete else _roll_back(begun)
        if findings and isinstance(error, IpdocsError):
            raise IpdocsError([*error.findings, *findings]) from error
        raise
    finally:
        for replacement in replacements:
            if replacement.new:
                remove(replacement.new)
            remove(replacement.old)
        _remove_empty([*folders, *sorted({path.parent for path in stale} - {path.parent for path in files})])


def _refuse_impossible(files: Mapping[Path, bytes]) -> None:
    """Refuse places in which a folder stands, or something else that no file may replace."""
    findings: list[Finding] = []
    for path in files:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) and not path.is_dir() and path.exists():
                mode = path.stat().st_mode
        except OSError:
            continue  # it is not there; whether it can be will be seen
        except ValueError as error:
            findings += cannot_write(path, error, "choose a name without a null character").findings
            continue
        if stat.S_ISDIR(mode):
            findings += cannot_write(path, "a folder has its name", "rename the folder, or write to another folder").findings
        elif not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            findings += cannot_write(path, "its place is that of a device, pipe or socket", "name a file").findings
    if findings:
        raise IpdocsError(findings)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it, and note in made which are new."""
    missing = []
    try:
        while not folder.is_dir():
            missing.append(folder)
            if folder.is_symlink() or folder.exists() or folder == folder.parent:
                break
            folder = folder.parent
        for folder in reversed(missing):
            made.append(folder)
            folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        hint = "rename the file, or write to another folder"
        raise cannot_write(folder, "a file stands where a folder is needed", hint) from error
    except (OSError, ValueError) as error:
        raise cannot_write(folder, error) from error


def _write(new: Path, target: Path, data: bytes) -> None:
    """Write the new content beside its place, down to the disk, with the mode of the file there."""
    try:
        with new.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.is_file() and not target.is_symlink():
            new.chmod(stat.S_IMODE(target.stat().st_mode))
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from error


def _keep_old(replacement: _Replacement) -> None:
    """Keep the file that is to be replaced under another name, so that it can be put back; it never leaves its place."""
    target, old = replacement.target, replacement.old
    if not os.path.lexists(target):
        return
    try:
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a disk without hard links
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


def _roll_back(begun: list[_Replacement]) -> list[Finding]:
    """Put back what was replaced, and remove what was not there before; return what the system refuses."""
    findings: list[Finding] = []
    for replacement in filter(_is_renamed, begun):
        target, old = replacement.target, replacement.old
        try:
            if os.path.lexists(old):
                old.replace(target)
            else:
                target.unlink()
        except OSError as error:
            findings += cannot_write(target, f"it is new, and the earlier one cannot be put back ({error.strerror})").findings
    return findings


def _remove_empty(folders: list[Path]) -> None:
    """Remove the folders, made from the outermost to the innermost, in which nothing has been placed."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder, which is made if need be: for reading a file in it and placing it anew.

    Nothing is locked where the system has no such locks. A process must not lock a folder twice.

    Raises:
        IpdocsError: there is no such folder, and it cannot be made.
    """
    made: list[Path] = []
    try:
        descriptor = _lock(folder, made)
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)
    finally:
        _remove_empty(made)


def _lock(folder: Path, made: list[Path]) -> int | None:
    """Wait for the lock of a folder; return the descriptor that holds it, or None where there are no locks."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        return None
    while True:
        _make_folder(folder, made)
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue  # whoever made it has removed it again
        except OSError as error:
            raise cannot_write(folder, error) from error
        try:
            with suppress(OSError):  # a disk without locks
                flock(descriptor, LOCK_EX)
            if _is_still(folder, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_still(folder: Path, descriptor: int) -> bool:
    """Whether an open folder is the one that has its name now: the process that had the lock may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except OSError:
        return False
