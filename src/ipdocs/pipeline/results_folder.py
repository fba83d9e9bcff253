"""A folder of results before its files are placed: which files of earlier runs go, which stay, and what is said of them."""

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
from ipdocs.pipeline.manifest import Entry, Manifest

_SUFFIXES = "docx|pdf|html|txt|ics|zip"
_ANNEX = rf"annexes/annex-[^/]+\.(?:{_SUFFIXES})"
MAX_BYTES = 500_000_000
"""The size of a finished file."""


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """What becomes of a folder of results.

    Attributes:
        path: the folder.
        manifest: its manifest after the run.
        stale: files that the last manifest lists and this one does not, to be removed when the new ones are placed.
        findings: what goes and what stays, for those who share the folder.
    """

    path: Path
    manifest: Manifest
    stale: tuple[Path, ...]
    findings: tuple[Finding, ...]


def plan_folder(path: Path, new: Manifest, *, merge: bool, unlisted: tuple[str, ...] = ()) -> ResultsFolder:
    """Return what becomes of a folder in which the files of a manifest are to be placed; lock it until they are.

    A manifest is a file that anyone may have written. So nothing is removed but a regular file of this document within the
    folder whose bytes are those that the manifest states: what somebody has edited stays, and is named.

    Args:
        path: the folder.
        new: the manifest of the files that this run makes.
        merge: whether files that an earlier run made of the same source are still part of the results.
        unlisted: names of files that this run makes and no manifest lists.

    Raises:
        IpdocsError: the last manifest cannot be read.
    """
    last = manifest.read(path / new.name) if (path / new.name).is_file() else None
    after = manifest.merged(new, last, path) if merge else new
    made = {_comparable(name) for name in (*(entry.file for entry in after.files), *unlisted, new.name)}
    listed = last.files if last and (last.id, last.kind) == (new.id, new.kind) else ()
    left = [entry for entry in listed if _comparable(entry.file) not in made and _is_of_document(entry.file, new.id)]
    stale = [entry.file for entry in left if _is_unchanged(path, entry)]
    others = [
        name
        for name in _files(path, new.id if new.kind == "build" else "")
        if _comparable(name) not in made and name not in stale
    ]
    findings = []
    if stale:
        message = f"removed, for the last run made it and this one did not: {', '.join(stale)}"
        findings.append(Finding("removed-file", message, Location(path), severity="warning"))
    if others:
        hint = "look whether it belongs there, and remove it if it does not"
        findings.append(Finding("other-file", f"not made by this run: {', '.join(others)}", Location(path), hint, "warning"))
    return ResultsFolder(path, after, tuple(path / name for name in stale), tuple(findings))


def left_files(path: Path) -> list[Finding]:
    """Return a warning that names the files of earlier public versions in a folder, for a run that is refused.

    Args:
        path: the folder, which need not exist.
    """
    if not (names := list(_files(path))):
        return []
    message = f"files of an earlier public version are still there: {', '.join(names)}"
    hint = "they may show what is withheld now: remove them wherever they are published"
    return [Finding("other-file", message, Location(path), hint, "warning")]


def _comparable(name: str) -> str:
    """Return a name as the most forgiving file system compares it: what is new must not be removed by an older spelling."""
    return normalize("NFC", name).casefold()


def _is_of_document(name: str, document: str) -> bool:
    return re.fullmatch(rf"{re.escape(document)}\.[^/]+\.(?:{_SUFFIXES})|{_ANNEX}", name) is not None


def _is_unchanged(folder: Path, entry: Entry) -> bool:
    """Whether a file lies in the folder, no link leading out of it, with the bytes that the manifest states."""
    path = folder / entry.file
    steps = [path, *(folder / parent for parent in Path(entry.file).parents if parent != Path())]
    try:
        return not any(step.is_symlink() for step in steps) and manifest.sha256(read_bytes(path, MAX_BYTES)) == entry.sha256
    except (IpdocsError, OSError):
        return False


def _files(folder: Path, document: str = "") -> Iterator[str]:
    """Yield the files of a folder that people may take for results.

    Args:
        folder: the folder.
        document: the id of the document whose files alone are meant, not below the folder; that of a build has others too.
    """
    for path in sorted(folder.glob("*" if document else "**/*")):
        name = path.relative_to(folder).as_posix()
        is_result = not document or _is_of_document(name, document)
        if is_result and not is_temporary(path) and (path.is_symlink() or not path.is_dir()):
            yield name
