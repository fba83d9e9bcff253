"""Read and write manifests, which list the files in a folder of results so that the files can be verified later."""

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
from ipdocs.templating.layout import LAYOUTS

NAME, PUBLIC_NAME = "manifest.json", "manifest.public.json"
"""The file names of ordinary manifests, and of manifests of public versions."""

MAX_BYTES = 5_000_000
MADE_WITH = ("ipdocs", "weasyprint", "pikepdf", "opencc", "babel")
"""The programs whose versions are stored in manifests."""

_TYPES: dict[str, type] = {
    **dict.fromkeys(("file", "sha256", "layout", "part", "changes"), str),
    **dict.fromkeys(("languages", "findings"), list),
    **dict.fromkeys(("bytes", "pages", "lines", "facts"), int),
    "draft": bool,
    "removed": dict,
}
"""The type of each value in an entry, keyed by its key in the JSON file."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """The entry for a file in a manifest.

    Attributes:
        file: the path of the file relative to the folder of the manifest.
        sha256: the SHA-256 digest of the file in hexadecimal.
        bytes: the size of the file.
        languages: the codes of the languages in the file.
        layout: how several languages in the file are arranged.
        part: the name of the part of the document; empty for the document itself.
        draft: whether the file is a draft.
        pages: the number of pages of a PDF.
        lines: the number of lines that were verified.
        facts: the number of facts that were verified.
        findings: the codes of the findings from verification.
        removed: for an annex, the number of removed items, keyed by kind, such as comments or metadata.
        changes: for an annex, "accept" if its tracked changes were accepted, else empty.
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
    """The list of the files of one document in a folder, and the source from which the files were made.

    Attributes:
        id: the id of the document.
        kind: the kind of run that made the files: build, pack, public, extract or public-extract.
        source: the path of the source file relative to the folder.
        source_sha256: the SHA-256 digest of the source at the time of the run.
        files: the entries for the files.
        about: details for human readers, such as the number of the meeting and the status of its minutes.
    """

    id: str
    kind: str
    source: str
    source_sha256: str
    files: tuple[ManifestEntry, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file name of this manifest."""
        return PUBLIC_NAME if self.kind.startswith("public") else NAME

    @property
    def archive_name(self) -> str:
        """The name of the ZIP file with a pack and its manifest; empty for other kinds of run."""
        return {"pack": f"{self.id}.zip", "public": f"{self.id}.public.zip"}.get(self.kind, "")

    def entry(self, name: str) -> ManifestEntry | None:
        """Return the entry for a file, or None if the file is not listed."""
        return next((entry for entry in self.files if entry.file == name), None)


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def relative_source_path(source: Path, folder: Path) -> str:
    """Return the path of a source relative to a folder of results."""
    return Path(relpath(source, folder)).as_posix()


def find_manifest(folder: Path) -> Path | None:
    """Return the path of the manifest in a folder, or None if there is no manifest."""
    return next((path for name in (NAME, PUBLIC_NAME) if (path := folder / name).is_file()), None)


def merge_manifests(new: Manifest, earlier: Manifest | None, folder: Path) -> Manifest:
    """Return `new` with the entries of `earlier` whose files still exist, if both have the same kind and source digest."""
    names = {entry.file for entry in new.files}
    earlier_entries: Sequence[ManifestEntry] = ()
    if earlier and (earlier.kind, earlier.source_sha256) == (new.kind, new.source_sha256):
        earlier_entries = [entry for entry in earlier.files if entry.file not in names and (folder / entry.file).is_file()]
    files = tuple(sorted([*earlier_entries, *new.files], key=lambda entry: entry.file))
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
    """Read a manifest from a file.

    Raises:
        IpdocsError: the file cannot be read, or is not a valid manifest.
    """
    try:
        content = json.loads(read_bytes(path, MAX_BYTES))
        if not isinstance(content["files"], list) or not content["files"]:
            raise TypeError("`files` must be a list with at least one entry")
        entries = tuple(_entry(entry) for entry in content["files"])
        about = {name: content[name] for name in ("meeting", "status") if name in content}
        texts = (content["id"], content["kind"], content["source"]["file"], content["source"]["sha256"])
        if not all(isinstance(text, str) for text in (*texts, *about.values())):
            raise TypeError("id, kind, source, meeting and status must be strings")
        return Manifest(*texts, entries, about)
    except (IpdocsError, ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "delete the file, and build the document again"
        raise IpdocsError([Finding("bad-manifest", "this file is not a manifest of a build", Location(path), hint)]) from error


def _has_type(value: object, key: str) -> bool:
    """Whether a value has the type that its key requires; true and false do not count as numbers."""
    expected = _TYPES.get(key)
    return expected is not None and isinstance(value, expected) and (expected is bool or not isinstance(value, bool))


def _entry(content: Any) -> ManifestEntry:
    """Convert the JSON value of an entry.

    Raises:
        TypeError: the value has unknown keys or wrong types.
        ValueError: the file is outside the folder of the manifest, or the layout is unknown.
    """
    if not isinstance(content, dict) or not all(_has_type(value, key) for key, value in content.items()):
        raise TypeError("an entry has unknown keys or wrong types")
    if not all(isinstance(text, str) for value in content.values() if isinstance(value, list) for text in value):
        raise TypeError("list items must be strings")
    if not all(_has_type(count, "bytes") for count in content.get("removed", {}).values()):
        raise TypeError("`removed` must map kinds to counts")
    if Path(content["file"]).is_absolute() or ".." in Path(content["file"]).parts or "\0" in content["file"]:
        raise ValueError("a file is outside the folder of its manifest")
    if content.get("layout") not in (None, "", *LAYOUTS):
        raise ValueError("there is no such layout")
    return ManifestEntry(**{key: tuple(value) if isinstance(value, list) else value for key, value in content.items()})  # type: ignore[arg-type]
