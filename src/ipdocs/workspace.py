"""Where templates, locales and sources are: a workspace's own files before the shipped ones, and none outside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

MARKS = ("templates", "locales")


@cache
def shipped() -> Path:
    """Return the folder that holds the shipped templates/ and locales/: package data in a wheel, the root of a checkout."""
    here = Path(__file__).resolve().parent
    data = here / "data"
    return data if data.is_dir() else here.parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with templates/ and locales/ that override the shipped ones file by file; without a root only the shipped."""

    root: Path | None = None

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to look in, the workspace's own first."""
        return (self.root, shipped()) if self.root and self.root != shipped() else (shipped(),)

    def find(self, name: str) -> Path | None:
        """Return the file or folder that a name such as 'locales/styles/gia.yaml' stands for, or None."""
        return next((path for root in self.roots if (path := root / name).exists()), None)

    def files(self, pattern: str) -> dict[str, Path]:
        """Return the files of a pattern such as 'locales/*/language.yaml' by their names from the root, overrides applied."""
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            found |= {path.relative_to(root).as_posix(): path for path in sorted(root.glob(pattern)) if path.is_file()}
        return found


def real_path(path: Path) -> Path:
    """Return a path from the root with its links followed; one whose links lead in a circle stays as it is."""
    return Path(os.path.realpath(path))


def find_workspace(source: Path) -> Workspace:
    """Return the workspace a source belongs to: the nearest folder above it with templates/ or locales/."""
    for folder in real_path(source).parents:
        if any((folder / mark).is_dir() for mark in MARKS):
            return Workspace(folder)
    return Workspace()


def inside(base: Path, name: str, root: Path, location: Location | None = None) -> Path:
    """Return the file that a source names, seen from base: refused when it lies outside root or is not there."""
    hint = "names are seen from the folder of the source"
    try:
        path = real_path(base / name)
        is_file = path.is_file()
    except ValueError:  # a null character, or half of a character
        message = f"{name!r} has a character that no name of a file may have"
        raise IpdocsError([Finding("control-character", message, location, "write the name of the file")]) from None
    except OSError as error:
        message = f"there is no file {name!r}: {error.strerror}"
        raise IpdocsError([Finding("no-such-file", message, location, hint)]) from error
    if not path.is_relative_to(real_path(root)):
        hint = "copy the file into the workspace and name it from there"
        raise IpdocsError([Finding("outside-workspace", f"{name!r} lies outside the workspace", location, hint)])
    if not is_file:
        raise IpdocsError([Finding("no-such-file", f"there is no file {name!r}", location, hint)])
    return path
