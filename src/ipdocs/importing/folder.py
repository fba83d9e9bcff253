"""Import of a folder of releases: one source for each pair of files, and a record by which a later import resumes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.system_errors import system_error
from ipdocs.findings import Finding, IpdocsError, Location, raise_errors
from ipdocs.importing.file_pairs import FileGroup, files_alike_findings, find_files, group_files
from ipdocs.importing.import_release import ComposedRelease, ImportSummary, compose_release
from ipdocs.source.open import Source, open_source
from ipdocs.workspace import Workspace, find_workspace, real_path

RECORD = "import.json"
"""The name of the record in the folder of the sources."""


@dataclass(slots=True)
class FolderSummary:
    """A summary of the import of a folder.

    Attributes:
        imported: the summary of each new source.
        unchanged_count: the number of releases that were imported before.
        unpaired: the files without a counterpart in another language.
        failed_count: the number of releases that could not be imported.
        findings: the findings, in the order of the files.
    """

    imported: list[ImportSummary] = field(default_factory=list)
    unchanged_count: int = 0
    unpaired: list[Path] = field(default_factory=list)
    failed_count: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _RecordedRelease:
    """An imported release in the record: the digests of its files and of its source, and its id."""

    files: Mapping[str, str]
    source: str
    id: str


def import_folder(
    folder: Path,
    out: Path,
    now: datetime,
    *,
    style: str = "",
    on_source: Callable[[Source], None] | None = None,
    on_progress: Callable[[str], None] = lambda step: None,
) -> FolderSummary:
    """Create a source for each release in a folder, and return a summary.

    The files of a release are found by their names. A release that was imported before is skipped, unless its files have changed
    since; its source is then made again, unless it was edited. A release with errors does not stop the others. After an import
    that was stopped, the next one goes on where it ended.

    Args:
        folder: the folder with Word files, web pages or text files, also in folders below it.
        out: the folder for the sources, each in a folder of its own.
        now: the current time in Hong Kong, whose date is used for releases that state no date of issue.
        style: the name of the house style; by default recognised from each text.
        on_source: called with the source of each release, also of those that were imported before; its errors are reported.
        on_progress: called with the number and name of each release.

    Raises:
        IpdocsError: the folder has no files to import, or contains the folder for the sources; or the record cannot be read.
    """
    if real_path(out).is_relative_to(real_path(folder)):
        message = "the folder for the sources is inside the folder of the files"
        raise unusable_file("out-inside-input", message, out, "choose a folder outside it with -o")
    paths, findings = find_files(folder)
    if not paths:
        hint = "name a folder with Word files, web pages or text files"
        raise IpdocsError([*findings, Finding("nothing-to-import", "this folder has no file to import", Location(folder), hint)])
    workspace = find_workspace(out / "release.yaml")
    importer = _FolderImport(folder, out, now, style, workspace, _read_record(out / RECORD), FolderSummary(findings=findings))
    groups = group_files(paths, folder, workspace)
    for number, group in enumerate(groups, 1):
        on_progress(f"{number} of {len(groups)}: {group.name}")
        try:
            path = importer.add(group)
            if path and on_source:
                on_source(open_source(path, draft=True))
        except IpdocsError as error:
            importer.summary.findings += error.findings
        except OSError as error:
            importer.summary.findings += system_error(error).findings
    return importer.summary


@dataclass(slots=True)
class _FolderImport:
    """The import of a folder, with the record of the releases so far, keyed by name."""

    folder: Path
    out: Path
    now: datetime
    style: str
    workspace: Workspace
    record: dict[str, _RecordedRelease]
    summary: FolderSummary

    def add(self, group: FileGroup) -> Path | None:
        """Import a release, unless it was imported before; return the path of its source, or None if there is none.

        Raises:
            IpdocsError: the release cannot be imported.
        """
        files = group.files
        target = self.out.joinpath(*group.name.split("/")) / "release.yaml"
        try:
            raise_errors(files_alike_findings(group))
            digests = {path.relative_to(self.folder).as_posix(): sha256(read_bytes(path)).hexdigest() for path in files}
            known = self.record.get(group.name)
            if known and target.exists():
                if known.files == digests:
                    self.summary.unchanged_count += 1
                    return target
                if sha256(target.read_bytes()).hexdigest() != known.source:
                    hint = f"compare it with {files[0].name}, or delete it and import the folder again"
                    message = "the files of this source have changed since the import, but the source was edited"
                    self.summary.findings.append(Finding("source-edited", message, Location(target), hint, "warning"))
                    self.summary.unchanged_count += 1
                    return target
            release = self._compose(files, target, group.name)
            if not known and target.exists() and target.read_bytes() != release.text.encode():
                raise unusable_file("file-exists", "this file exists already", target, "move it, or choose another folder")
            if len(release.paths) < 2:
                self.summary.unpaired += files
                self.summary.findings.append(_unpaired_finding(files[0]))
                return None
            self._write(group.name, release, digests)
        except IpdocsError:
            self.summary.failed_count += 1
            raise
        return target

    def _compose(self, files: Sequence[Path], target: Path, name: str) -> ComposedRelease:
        """Return the release, with an id that no other release of the record has."""
        ids = {entry.id for other, entry in self.record.items() if other != name}
        release = compose_release(files, target, self.now, workspace=self.workspace, style=self.style)
        if release.source is None or release.source.document.id not in ids:
            return release
        candidates = (f"{release.source.document.id}-{number}" for number in range(2, len(ids) + 3))
        free_id = next(candidate for candidate in candidates if candidate not in ids)
        return compose_release(files, target, self.now, workspace=self.workspace, style=self.style, name=free_id)

    def _write(self, name: str, release: ComposedRelease, digests: Mapping[str, str]) -> None:
        """Place the files of a source together with the record, which another import may have changed meanwhile."""
        self.record = {**self.record, **_read_record(self.out / RECORD)}
        document_id = str(release.source.document.id) if release.source else ""
        record = {**self.record, name: _RecordedRelease(digests, sha256(release.text.encode()).hexdigest(), document_id)}
        place_files({**release.files(), self.out / RECORD: _record_data(record)})
        self.record = record
        self.summary.imported.append(release.summary)
        self.summary.findings += release.summary.findings


def _unpaired_finding(path: Path) -> Finding:
    message = "this file has no counterpart in another language, and was not imported"
    hint = "name the pair alike, as in name.en.docx and name.tc.docx, or list your words in file-names.csv"
    return Finding("unpaired-file", message, Location(path), hint, "warning")


def _record_data(record: Mapping[str, _RecordedRelease]) -> bytes:
    releases = {
        name: {"id": entry.id, "source": entry.source, "files": dict(entry.files)} for name, entry in sorted(record.items())
    }
    return (json.dumps({"releases": releases}, ensure_ascii=False, indent=1) + "\n").encode()


def _read_record(path: Path) -> dict[str, _RecordedRelease]:
    """Read the record of the releases that were imported before; keyed by name.

    Raises:
        IpdocsError: the record cannot be read.
    """
    if not path.exists():
        return {}
    try:
        return dict(_entries(json.loads(read_bytes(path))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        hint = "restore it, or delete it and choose another folder with -o"
        raise unusable_file("bad-record", "this record of an import cannot be read", path, hint) from error


def _entries(data: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Iterator[tuple[str, _RecordedRelease]]:
    for name, entry in data["releases"].items():
        files = entry["files"]
        if not isinstance(files, dict):
            raise TypeError(name)
        yield (
            name,
            _RecordedRelease({str(path): str(digest) for path, digest in files.items()}, str(entry["source"]), str(entry["id"])),
        )
