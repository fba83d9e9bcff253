"""Workspaces: folders whose templates and locales override the shipped ones, and which no file name may lead out of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

_MARKERS = ("templates", "locales")
"""Folders by which a workspace is recognised."""


@cache
def shipped_root() -> Path:
    """Return the folder that holds the shipped templates/ and locales/: package data in a wheel, the root of a checkout."""
    package = Path(__file__).resolve().parent
    data = package / "data"
    return data if data.is_dir() else package.parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with templates/ and locales/ that override the shipped ones file by file."""

    root: Path | None = None
    """None for the shipped files alone."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to search, the workspace's own first."""
        return (self.root, shipped_root()) if self.root and self.root != shipped_root() else (shipped_root(),)

    def find(self, name: str) -> Path | None:
        """Return the path of a file or folder such as 'locales/styles/gia.yaml', or None if there is none."""
        return next((path for root in self.roots if (path := root / name).exists()), None)

    def files(self, pattern: str) -> dict[str, Path]:
        """Return the files that match a pattern such as 'locales/*/language.yaml', by name relative to the root."""
        files: dict[str, Path] = {}
        for root in reversed(self.roots):
            files |= {path.relative_to(root).as_posix(): path for path in sorted(root.glob(pattern)) if path.is_file()}
        return files


def real_path(path: Path) -> Path:
    """Return the absolute path with symbolic links followed; links that form a circle stay as they are."""
    return Path(os.path.realpath(path))


def find_workspace(source: Path) -> Workspace:
    """Return the workspace of a source: the nearest folder above it with templates/ or locales/."""
    for folder in real_path(source).parents:
        if any((folder / marker).is_dir() for marker in _MARKERS):
            return Workspace(folder)
    return Workspace()


def resolve_in_workspace(base: Path, name: str, root: Path, location: Location | None = None) -> Path:
    """Return the path of a file that a source names.

    Args:
        base: The folder that the name is relative to.
        name: The name in the source.
        root: The folder that the file must be in.
        location: The place of the name, for findings.

    Raises:
        IpdocsError: The file lies outside the root or does not exist, or no file can have this name.
    """
    hint = "name the file relative to the folder of the source"
    try:
        path = real_path(base / name)
        is_file = path.is_file()
    except ValueError:  # a null character, or half of a character
        message = f"{name!r} has a character that no file name may have"
        raise IpdocsError([Finding("control-character", message, location, "delete the character from the file name")]) from None
    except OSError as error:
        message = f"there is no file {name!r}: {error.strerror}"
        raise IpdocsError([Finding("no-such-file", message, location, hint)]) from error
    if not path.is_relative_to(real_path(root)):
        hint = "copy the file into the workspace and use that copy's name"
        raise IpdocsError([Finding("outside-workspace", f"{name!r} lies outside the workspace", location, hint)])
    if not is_file:
        raise IpdocsError([Finding("no-such-file", f"there is no file {name!r}", location, hint)])
    return path
