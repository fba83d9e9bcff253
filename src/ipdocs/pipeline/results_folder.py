"""Plan a folder of results: decide which files of earlier runs are removed, and which stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from ipdocs.files.reading import read_bytes
from ipdocs.files.temporary import is_temporary
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.pipeline import manifest
from ipdocs.pipeline.manifest import Manifest, ManifestEntry

_SUFFIXES = "docx|pdf|html|txt|ics|zip"
_ANNEX = rf"annexes/annex-[^/]+\.(?:{_SUFFIXES})"
MAX_BYTES = 500_000_000
"""The maximum size of a finished file."""


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The plan for a folder of results.

    Attributes:
        path: the folder.
        manifest: the manifest of the folder after the run.
        obsolete: the files to remove when the new files are placed, because only the last manifest lists them.
        findings: warnings that name the removed files, and other files that this run did not make.
    """

    path: Path
    manifest: Manifest
    obsolete: tuple[Path, ...]
    findings: tuple[Finding, ...]


def plan_folder(path: Path, new: Manifest, *, merge: bool, unlisted: tuple[str, ...] = ()) -> FolderPlan:
    """Plan the folder for the files of a new manifest; the caller must hold the lock of the folder.

    The last manifest cannot be trusted. So a file is removed only if it belongs to this document, is a regular file in this
    folder, and has the digest in the manifest. An edited file stays, and a warning names it.

    Args:
        path: the folder.
        new: the manifest of the files that this run makes.
        merge: whether files that an earlier run made from the same source stay in the manifest.
        unlisted: the names of files that this run makes but does not list in the manifest.

    Raises:
        IpdocsError: the last manifest cannot be read.
    """
    last_manifest = manifest.read_manifest(path / new.name) if (path / new.name).is_file() else None
    after = manifest.merge_manifests(new, last_manifest, path) if merge else new
    current = {_normalise_name(name) for name in (*(entry.file for entry in after.files), *unlisted, new.name)}
    listed = last_manifest.files if last_manifest and (last_manifest.id, last_manifest.kind) == (new.id, new.kind) else ()
    no_longer_made = [
        entry for entry in listed if _normalise_name(entry.file) not in current and _belongs_to_document(entry.file, new.id)
    ]
    obsolete = [entry.file for entry in no_longer_made if _is_unchanged(path, entry)]
    others = [
        name
        for name in _files(path, new.id if new.kind == "build" else "")
        if _normalise_name(name) not in current and name not in obsolete
    ]
    findings = []
    if obsolete:
        message = f"removed files that the last run made and this run did not make: {', '.join(obsolete)}"
        hint = "run the command again with the languages and formats of these files, if you need them"
        findings.append(Finding("removed-file", message, Location(path), hint, "warning"))
    if others:
        message = f"this folder has files that this run did not make: {', '.join(others)}"
        hint = "remove these files if they do not belong there"
        findings.append(Finding("other-file", message, Location(path), hint, "warning"))
    return FolderPlan(path, after, tuple(path / name for name in obsolete), tuple(findings))


def earlier_public_file_findings(path: Path) -> list[Finding]:
    """Return a warning that names the files of an earlier public version, for a run that was refused.

    Args:
        path: the folder, which need not exist.
    """
    if not (names := list(_files(path))):
        return []
    message = f"files of an earlier public version are still there: {', '.join(names)}"
    hint = "remove them wherever they are published; they may contain texts that are withheld now"
    return [Finding("other-file", message, Location(path), hint, "warning")]


def _normalise_name(name: str) -> str:
    """Normalise a name as case-insensitive file systems do, so that a new file is never removed under another spelling."""
    return normalize("NFC", name).casefold()


def _belongs_to_document(name: str, document: str) -> bool:
    return re.fullmatch(rf"{re.escape(document)}\.[^/]+\.(?:{_SUFFIXES})|{_ANNEX}", name) is not None


def _is_unchanged(folder: Path, entry: ManifestEntry) -> bool:
    """Whether a file has the digest of its manifest entry; a file that is reached through a symbolic link never counts."""
    path = folder / entry.file
    steps = [path, *(folder / parent for parent in Path(entry.file).parents if parent != Path())]
    try:
        return not any(step.is_symlink() for step in steps) and manifest.sha256(read_bytes(path, MAX_BYTES)) == entry.sha256
    except (IpdocsError, OSError):
        return False


def _files(folder: Path, document: str = "") -> Iterator[str]:
    """Yield the names of files in a folder that could be mistaken for results of this run.

    Args:
        folder: the folder.
        document: the id of a document, to yield only its files and to skip subfolders; by default all files.
    """
    for path in sorted(folder.glob("*" if document else "**/*")):
        name = path.relative_to(folder).as_posix()
        is_result = not document or _belongs_to_document(name, document)
        if is_result and not is_temporary(path) and (path.is_symlink() or not path.is_dir()):
            yield name
