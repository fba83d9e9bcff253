"""What a build says of the files it made: OUT/ID/manifest.json, by which they can be verified later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from os.path import relpath
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, IpdocsError, Location

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a build: how it was made, its hash, its pages if it has some, and what verifying it counted and found."""

    file: str
    sha256: str
    languages: tuple[str, ...]
    layout: str
    draft: bool = False
    pages: int | None = None
    lines: int | None = None
    facts: int | None = None
    findings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one document, and the source they were made from, seen from their folder."""

    id: str
    source: str
    source_sha256: str
    files: tuple[Entry, ...]

    def entry(self, name: str) -> Entry | None:
        """Return what is said of a file, or None."""
        return next((entry for entry in self.files if entry.file == name), None)


def sha256(data: bytes) -> str:
    """Return the hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def updated(folder: Path, name: str, source: Path, entries: Sequence[Entry]) -> Manifest:
    """Return the manifest of a folder with new entries; earlier ones stay that were made from the same source."""
    seen, digest = Path(relpath(source, folder)).as_posix(), sha256(source.read_bytes())
    path = folder / NAME
    earlier = read(path) if path.is_file() else None
    made = {entry.file for entry in entries}
    kept = [
        entry
        for entry in (earlier.files if earlier and earlier.source_sha256 == digest else ())
        if entry.file not in made and (folder / entry.file).is_file()
    ]
    return Manifest(name, seen, digest, tuple(sorted([*kept, *entries], key=lambda entry: entry.file)))


def written(manifest: Manifest) -> bytes:
    """Return a manifest as its file."""
    said: dict[str, Any] = {
        "id": manifest.id,
        "source": {"file": manifest.source, "sha256": manifest.source_sha256},
        "files": [{key: value for key, value in asdict(entry).items() if value is not None} for entry in manifest.files],
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def read(path: Path) -> Manifest:
    """Return the manifest in a file; one that is none is a finding."""
    try:
        said = json.loads(path.read_bytes())
        entries = tuple(_entry(one) for one in said["files"])
        return Manifest(said["id"], said["source"]["file"], said["source"]["sha256"], entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "build the document again"
        raise IpdocsError([Finding("bad-manifest", "this is no manifest of a build", Location(path), hint)]) from error


def _entry(said: dict[str, Any]) -> Entry:
    return Entry(**{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()})  # type: ignore[arg-type]
