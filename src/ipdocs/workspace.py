"""Find workspaces, the files that override the shipped templates and locales, and the files that a source names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

_MARKERS = ("templates", "locales")
"""A folder that contains one of these folders is a workspace."""


@cache
def shipped_root() -> Path:
    """Return the folder with the shipped templates/ and locales/: the data of the installed package or the root of a checkout."""
    package = Path(__file__).resolve().parent
    data = package / "data"
    return data if data.is_dir() else package.parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder whose templates/ and locales/ override the shipped templates and locales, file by file."""

    root: Path | None = None
    """The folder, or None to use the shipped files only."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to search for files: the folder of the workspace, then the shipped files."""
        return (self.root, shipped_root()) if self.root and self.root != shipped_root() else (shipped_root(),)

    def find(self, name: str) -> Path | None:
        """Return the path of a file or folder such as 'locales/styles/gia.yaml', or None if it does not exist."""
        return next((path for root in self.roots if (path := root / name).exists()), None)

    def files(self, pattern: str) -> dict[str, Path]:
        """Return the files that match a pattern such as 'locales/*/language.yaml', keyed by name relative to the root."""
        files: dict[str, Path] = {}
        for root in reversed(self.roots):
            files |= {path.relative_to(root).as_posix(): path for path in sorted(root.glob(pattern)) if path.is_file()}
        return files


def real_path(path: Path) -> Path:
    """Return the absolute path with symbolic links resolved; links that form a circle stay as they are."""
    return Path(os.path.realpath(path))


def find_workspace(source: Path) -> Workspace:
    """Return the workspace of a source: the nearest folder above it with templates/ or locales/."""
    for folder in real_path(source).parents:
        if any(os.path.isdir(folder / marker) for marker in _MARKERS):  # noqa: PTH112 - Path.is_dir raises for a closed folder
            return Workspace(folder)
    return Workspace()


def resolve_in_workspace(base: Path, name: str, root: Path, location: Location | None = None) -> Path:
    """Return the path of a file that a source names.

    Args:
        base: the folder that the name is relative to.
        name: the name in the source.
        root: the folder that must contain the file.
        location: the location of the name in the source, for findings.

    Raises:
        IpdocsError: the file is outside the root or does not exist, or the name has a character that no file name can have.
    """
    hint = "name the file relative to the folder of the source"
    try:
        path = real_path(base / name)
        is_file = path.is_file()
    except ValueError:  # a null character, or an unpaired surrogate
        message = f"{name!r} contains a character that is not allowed in file names"
        raise IpdocsError([Finding("control-character", message, location, "delete the character from the file name")]) from None
    except OSError as error:
        message = f"there is no file {name!r}: {error.strerror}"
        raise IpdocsError([Finding("no-such-file", message, location, hint)]) from error
    if not path.is_relative_to(real_path(root)):
        hint = "copy the file into the workspace, and write the name of the copy"
        raise IpdocsError([Finding("outside-workspace", f"{name!r} is outside the workspace", location, hint)])
    if not is_file:
        raise IpdocsError([Finding("no-such-file", f"there is no file {name!r}", location, hint)])
    return path
