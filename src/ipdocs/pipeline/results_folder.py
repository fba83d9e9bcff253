"""The plan for a folder of results: which files of earlier runs are removed, and which stay."""

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
"""The size of a finished file."""


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """The plan for a folder of results.

    Attributes:
        path: the folder.
        manifest: its manifest after the run.
        stale: files to remove when the new ones are placed: the last manifest lists them and the new one does not.
        findings: warnings that name the files to remove and the files of others.
    """

    path: Path
    manifest: Manifest
    stale: tuple[Path, ...]
    findings: tuple[Finding, ...]


def plan_folder(path: Path, new: Manifest, *, merge: bool, unlisted: tuple[str, ...] = ()) -> ResultsFolder:
    """Plan the folder in which the files of a manifest are to be placed; the caller holds its lock.

    Anyone may have written the last manifest. So a file is removed only if it is a regular file of this document, in this
    folder, with the bytes that the manifest states. An edited file stays and is named in a warning.

    Args:
        path: the folder.
        new: the manifest of the files that this run makes.
        merge: whether files that an earlier run made from the same source stay part of the results.
        unlisted: names of files that this run makes and that the manifest does not list.

    Raises:
        IpdocsError: the last manifest cannot be read.
    """
    last = manifest.read_manifest(path / new.name) if (path / new.name).is_file() else None
    after = manifest.merge_manifests(new, last, path) if merge else new
    current = {_comparable(name) for name in (*(entry.file for entry in after.files), *unlisted, new.name)}
    listed = last.files if last and (last.id, last.kind) == (new.id, new.kind) else ()
    outdated = [entry for entry in listed if _comparable(entry.file) not in current and _is_of_document(entry.file, new.id)]
    stale = [entry.file for entry in outdated if _is_unchanged(path, entry)]
    others = [
        name
        for name in _files(path, new.id if new.kind == "build" else "")
        if _comparable(name) not in current and name not in stale
    ]
    findings = []
    if stale:
        message = f"removed files that the last run made and this one did not: {', '.join(stale)}"
        hint = "run the command with their languages and formats again, if you need them"
        findings.append(Finding("removed-file", message, Location(path), hint, "warning"))
    if others:
        message = f"this folder has files that this run did not make: {', '.join(others)}"
        hint = "remove these files if they do not belong there"
        findings.append(
            Finding(
                "other-file",
                f"this folder has files that this run did not make: {', '.join(others)}",
                Location(path),
                hint,
                "warning",
            )
        )
    return ResultsFolder(path, after, tuple(path / name for name in stale), tuple(findings))


def earlier_public_files(path: Path) -> list[Finding]:
    """Return a warning that names the files of earlier public versions, for a refused run.

    Args:
        path: the folder, which need not exist.
    """
    if not (names := list(_files(path))):
        return []
    message = f"files of an earlier public version are still there: {', '.join(names)}"
    hint = "remove them wherever they are published: they may contain what is withheld now"
    return [Finding("other-file", message, Location(path), hint, "warning")]


def _comparable(name: str) -> str:
    """Return a name as file systems without case compare it, so that an old spelling cannot remove a new file."""
    return normalize("NFC", name).casefold()


def _is_of_document(name: str, document: str) -> bool:
    return re.fullmatch(rf"{re.escape(document)}\.[^/]+\.(?:{_SUFFIXES})|{_ANNEX}", name) is not None


def _is_unchanged(folder: Path, entry: ManifestEntry) -> bool:
    """Whether a file is in the folder, not through a link, and has the bytes that the manifest states."""
    path = folder / entry.file
    steps = [path, *(folder / parent for parent in Path(entry.file).parents if parent != Path())]
    try:
        return not any(step.is_symlink() for step in steps) and manifest.sha256(read_bytes(path, MAX_BYTES)) == entry.sha256
    except (IpdocsError, OSError):
        return False


def _files(folder: Path, document: str = "") -> Iterator[str]:
    """Yield the names of files in a folder that people may take for results.

    Args:
        folder: the folder.
        document: the id of a document, to yield only its files and none in subfolders; by default all files.
    """
    for path in sorted(folder.glob("*" if document else "**/*")):
        name = path.relative_to(folder).as_posix()
        is_result = not document or _is_of_document(name, document)
        if is_result and not is_temporary(path) and (path.is_symlink() or not path.is_dir()):
            yield name
