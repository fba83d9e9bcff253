"""Manifests: the list of files in a folder of results, by which they can be verified later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from os.path import relpath
from pathlib import Path
from typing import Any

from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location

NAME, PUBLIC_NAME = "manifest.json", "manifest.public.json"
"""The file name of a manifest, and of the manifest of a public version."""

MAX_BYTES = 5_000_000
MADE_WITH = ("ipdocs", "weasyprint", "pikepdf", "opencc", "babel")
"""The programs whose versions a manifest states."""

_TYPES: dict[str, type] = {
    **dict.fromkeys(("file", "sha256", "layout", "part", "changes"), str),
    **dict.fromkeys(("languages", "findings"), list),
    **dict.fromkeys(("bytes", "pages", "lines", "facts"), int),
    "draft": bool,
    "removed": dict,
}


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A file in a manifest.

    Attributes:
        file: its name relative to the folder of the manifest.
        sha256: the hash of its bytes.
        bytes: its size.
        languages: the codes of its languages.
        layout: how several languages are arranged.
        part: the name of the part of a document; empty for the document itself.
        draft: whether it is a draft.
        pages: the number of pages of a PDF.
        lines: the number of lines that were verified.
        facts: the number of facts that were verified.
        findings: the codes of the findings of its verification.
        removed: for an annex, the number of removed things by kind.
        changes: for an annex, "accept" if its tracked changes were accepted.
    """

    file: str
    sha256: str
    bytes: int
    languages: tuple[str, ...] = ()
    layout: str = ""
    part: str = ""
    draft: bool = False
    pages: int | None = None
    lines: int | None = None
    facts: int | None = None
    findings: tuple[str, ...] | None = None
    removed: Mapping[str, int] | None = None
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one document in a folder, and the source they were made from.

    Attributes:
        id: the id of the document.
        kind: what made the files: build, pack, public, extract.
        source: the file of the source, relative to the folder.
        source_sha256: the hash of the source as it was read.
        files: the files.
        about: information for people: the number and status of a meeting.
    """

    id: str
    kind: str
    source: str
    source_sha256: str
    files: tuple[ManifestEntry, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its file."""
        return PUBLIC_NAME if self.kind.startswith("public") else NAME

    @property
    def archive(self) -> str:
        """The name of the ZIP with the files of a pack and their manifest; empty for other kinds."""
        return {"pack": f"{self.id}.zip", "public": f"{self.id}.public.zip"}.get(self.kind, "")

    def entry(self, name: str) -> ManifestEntry | None:
        """Return the entry of a file, or None."""
        return next((entry for entry in self.files if entry.file == name), None)


def sha256(data: bytes) -> str:
    """Return the hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def source_name(source: Path, folder: Path) -> str:
    """Return the path of a source relative to a folder of results."""
    return Path(relpath(source, folder)).as_posix()


def find_manifest(folder: Path) -> Path | None:
    """Return the path of the manifest in a folder, or None."""
    return next((path for name in (NAME, PUBLIC_NAME) if (path := folder / name).is_file()), None)


def merge_manifests(new: Manifest, earlier: Manifest | None, folder: Path) -> Manifest:
    """Return a manifest with the entries of an earlier one for other files in its folder that were made from the same source."""
    names = {entry.file for entry in new.files}
    kept: Sequence[ManifestEntry] = ()
    if earlier and (earlier.kind, earlier.source_sha256) == (new.kind, new.source_sha256):
        kept = [entry for entry in earlier.files if entry.file not in names and (folder / entry.file).is_file()]
    files = tuple(sorted([*kept, *new.files], key=lambda entry: entry.file))
    return Manifest(new.id, new.kind, new.source, new.source_sha256, files, new.about)


def serialise(manifest: Manifest) -> bytes:
    """Return a manifest as the bytes of its JSON file."""
    from importlib.metadata import version

    content: dict[str, Any] = {
        "id": manifest.id,
        "kind": manifest.kind,
        **manifest.about,
        "source": {"file": manifest.source, "sha256": manifest.source_sha256},
        "made-with": {name: version(name) for name in MADE_WITH},
        "files": [{key: value for key, value in asdict(entry).items() if value not in (None, "")} for entry in manifest.files],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a file.

    Raises:
        IpdocsError: the file cannot be read, or is not a manifest.
    """
    try:
        content = json.loads(read_bytes(path, MAX_BYTES))
        if not isinstance(content["files"], list) or not content["files"]:
            raise TypeError("a manifest has a list of at least one file")
        entries = tuple(_entry(entry) for entry in content["files"])
        about = {name: content[name] for name in ("meeting", "status") if name in content}
        texts = (content["id"], content["kind"], content["source"]["file"], content["source"]["sha256"])
        if not all(isinstance(text, str) for text in (*texts, *about.values())):
            raise TypeError("id, kind, source and the information for people are texts")
        return Manifest(*texts, entries, about)
    except (IpdocsError, ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "delete it, and build the document again"
        raise IpdocsError([Finding("bad-manifest", "this file is not a manifest of a build", Location(path), hint)]) from error


def _has_type(value: object, key: str) -> bool:
    """Whether a value has the type of a key; true and false are not numbers."""
    expected = _TYPES.get(key)
    return expected is not None and isinstance(value, expected) and (expected is bool or not isinstance(value, bool))


def _entry(content: Any) -> ManifestEntry:
    """Return the entry that a JSON value states.

    Raises:
        TypeError: it has other keys or types than an entry.
        ValueError: its file is outside the folder of the manifest.
    """
    if not isinstance(content, dict) or not all(_has_type(value, key) for key, value in content.items()):
        raise TypeError("an entry has unknown keys or wrong types")
    if not all(isinstance(text, str) for value in content.values() if isinstance(value, list) for text in value):
        raise TypeError("lists contain texts")
    if not all(_has_type(count, "bytes") for count in content.get("removed", {}).values()):
        raise TypeError("removed has counts")
    if Path(content["file"]).is_absolute() or ".." in Path(content["file"]).parts or "\0" in content["file"]:
        raise ValueError("a file is outside the folder of its manifest")
    return ManifestEntry(**{key: tuple(value) if isinstance(value, list) else value for key, value in content.items()})  # type: ignore[arg-type]
