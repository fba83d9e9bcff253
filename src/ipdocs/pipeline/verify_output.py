"""Verify finished files: read each file again, and compare it with the source that its manifest names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.ooxml.package import read_archive
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, Severity, raise_errors
from ipdocs.pipeline import manifest
from ipdocs.pipeline.manifest import Manifest, ManifestEntry
from ipdocs.pipeline.parts import WHOLE, Part
from ipdocs.pipeline.prepare import localise_source, render_parts
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.tasks import RenderedEdition
from ipdocs.source.open import Source, inspect_source
from ipdocs.verification.expectation import build_expectation
from ipdocs.verification.verify_file import READERS, verify_file

SelectParts = Callable[[Source, Manifest], tuple[Source, Sequence[Part]]]
"""A function that reduces a source to the content of a kind of manifest, and returns it with the parts to render."""


def select_whole(source: Source, manifest: Manifest) -> tuple[Source, Sequence[Part]]:
    """Return the whole source, with the document itself as the only part, as for `build`."""
    return source, WHOLE


PART_SELECTORS: Mapping[str, SelectParts] = {"build": select_whole}
"""The functions that select the parts to render again, keyed by kind of manifest; features add functions for their kinds."""

_EDITABLE = ".docx"
"""The suffix of files whose bytes are not compared, because people save them again."""

_CHANGED_PDF: tuple[str, Severity] = ("; its words and pictures are compared, not how its pages look", "warning")
"""The end of the message about a changed PDF, and the severity: only a warning, because the PDF may have been signed."""

MAX_BYTES = 500_000_000
"""The maximum size of a finished file; a bound pack contains its annexes."""


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """The result of verifying a file.

    Attributes:
        path: the path of the file.
        findings: the differences from the source and from the manifest.
        lines: the number of lines that were compared; None if only the bytes were compared with the manifest.
        facts: the number of facts that were compared.
        pages: the number of pages, for formats with pages.
    """

    path: Path
    findings: tuple[Finding, ...]
    lines: int | None = None
    facts: int | None = None
    pages: int | None = None


def verify_outputs(
    paths: Sequence[Path], source: Path | None = None, part_selectors: Mapping[str, SelectParts] = PART_SELECTORS
) -> list[VerifiedFile]:
    """Verify files of builds and packs, and return one result for each file.

    Word, PDF, HTML and text files are read again and compared with their source. The bytes of all files except Word files, which
    people save again, are compared with the digests in the manifest.

    Args:
        paths: files, folders of one document, or folders that contain such folders.
        source: the source to compare with, instead of the source that the manifests name.
        part_selectors: the functions that select the parts to render again, keyed by kind of manifest.

    Raises:
        IpdocsError: a file has no manifest, or its source is missing or can no longer be built.
    """
    cache = _SourceCache(part_selectors)
    return [_verify(path, folder, source, cache) for path, folder in _files_to_verify(paths)]


class _SourceCache:
    """Opens each source once, and renders its editions once for each folder of results."""

    def __init__(self, part_selectors: Mapping[str, SelectParts]) -> None:
        self.part_selectors = part_selectors
        self._sources: dict[Path, Source] = {}
        self._editions: dict[tuple[Path, Path], tuple[dict[str, RenderedEdition], str]] = {}

    def open(self, path: Path, *, draft: bool) -> Source:
        """Return the source at a path; unless `draft` is true, raise an error if the source has gaps."""
        key = path.resolve()
        if key not in self._sources:
            self._sources[key] = inspect_source(path)
        source = self._sources[key]
        if not draft:
            raise_errors(source.gaps)
        return replace(source, draft=draft)

    def rendered_editions(self, file_manifest: Manifest, folder: Path, path: Path) -> tuple[dict[str, RenderedEdition], str]:
        """Render every edition in the manifest of a folder from the current source; return them with the digest of the source."""
        key = (folder.resolve(), path.resolve())
        if key not in self._editions:
            self._editions[key] = _render_editions(file_manifest, path, self)
        return self._editions[key]


def _files_to_verify(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield the path of each file, and the folder of its manifest.

    Raises:
        IpdocsError: a folder has no manifest.
    """
    for path in paths:
        if path.is_dir():
            folders = _manifest_folders(path)
            if not folders:
                message = f"there is no manifest in {str(path)!r} or its subfolders"
                raise IpdocsError([Finding("no-such-file", message, Location(path), "name a folder that a build or pack wrote")])
            for folder in folders:
                if file := manifest.find_manifest(folder):
                    file_manifest = manifest.read_manifest(file)
                    yield from ((folder / entry.file, folder) for entry in file_manifest.files)
                    if file_manifest.archive_name and (folder / file_manifest.archive_name).is_file():
                        yield folder / file_manifest.archive_name, folder
        else:
            yield path, next((parent for parent in path.parents[:2] if manifest.find_manifest(parent)), path.parent)


def _manifest_folders(folder: Path) -> list[Path]:
    if manifest.find_manifest(folder):
        return [folder]
    subfolders = {path for pattern in ("*/", "*/*/") for path in folder.glob(pattern)}
    return sorted(path for path in subfolders if manifest.find_manifest(path))


def _verify(path: Path, folder: Path, source: Path | None, cache: _SourceCache) -> VerifiedFile:
    file = manifest.find_manifest(folder)
    if not path.is_file() or not file:
        message = f"there is no manifest beside {path.name}" if path.is_file() else f"there is no file {str(path)!r}"
        raise IpdocsError([Finding("no-such-file", message, Location(path), "build the document again")])
    file_manifest = manifest.read_manifest(file)
    if file_manifest.archive_name and path == folder / file_manifest.archive_name:
        return VerifiedFile(path, tuple(_archive_findings(path, file_manifest, read_bytes(file, manifest.MAX_BYTES))))
    entry = file_manifest.entry(path.relative_to(folder).as_posix())
    if entry is None:
        message = f"the manifest beside {path.name} does not list it"
        hint = "verify the folder, or a file that its manifest lists"
        raise IpdocsError([Finding("unknown-file", message, Location(path), hint)])
    data = read_bytes(path, MAX_BYTES)
    if not _is_comparable(entry, file_manifest, cache.part_selectors):
        return VerifiedFile(path, tuple(_digest_findings(path, data, entry)), pages=entry.pages)
    source_path = source or folder / file_manifest.source
    if not source_path.is_file():
        message = f"the source {file_manifest.source!r} of this file is missing"
        raise IpdocsError([Finding("no-such-file", message, Location(path), "name the source with --source FILE")])
    editions, digest = cache.rendered_editions(file_manifest, folder, source_path)
    edition = editions.get(_key(entry))
    if edition is None:
        message = f"a build of the source no longer makes {path.name}"
        return VerifiedFile(path, (Finding("unknown-file", message, Location(path), "build the document again"),))
    return _compare(path, data, entry, edition, source_path, is_source_changed=digest != file_manifest.source_sha256)


def _is_comparable(entry: ManifestEntry, file_manifest: Manifest, part_selectors: Mapping[str, SelectParts]) -> bool:
    """Whether a file can be compared with its source; copies of annexes and calendar files cannot."""
    return file_manifest.kind in part_selectors and entry.file.rpartition(".")[2] in READERS and bool(entry.languages)


def _digest_findings(
    path: Path, data: bytes, entry: ManifestEntry, message_end: str = "", severity: Severity = "error"
) -> Iterator[Finding]:
    if manifest.sha256(data) != entry.sha256:
        message = f"{path.name} has changed since it was made{message_end}"
        yield Finding("file-changed", message, Location(path), "build the document again", severity)


def _archive_findings(path: Path, file_manifest: Manifest, manifest_bytes: bytes) -> Iterator[Finding]:
    """Yield findings on the differences between the ZIP file of a pack and its manifest."""
    try:
        members = read_archive(read_bytes(path, MAX_BYTES), path)
    except UnsafeFile as error:
        yield from error.findings
        return
    listed = {entry.file: entry.sha256 for entry in file_manifest.files} | {file_manifest.name: manifest.sha256(manifest_bytes)}
    differences = {
        "has {} that the manifest does not list": sorted(members.keys() - listed.keys()),
        "lacks {}": sorted(listed.keys() - members.keys()),
        "has a different {}": sorted(
            name for name in listed.keys() & members.keys() if manifest.sha256(members[name]) != listed[name]
        ),
    }
    for pattern, names in differences.items():
        if names:
            message = f"{path.name} {pattern.format(', '.join(names))}"
            yield Finding("file-changed", message, Location(path), "make the pack again")


def _key(entry: ManifestEntry) -> str:
    return " ".join((entry.part, "-".join(entry.languages), entry.layout, str(entry.draft)))


def _render_editions(file_manifest: Manifest, source_path: Path, cache: _SourceCache) -> tuple[dict[str, RenderedEdition], str]:
    """Render every edition in a manifest from the current source; return them by key, with the digest of the source."""
    rendered: dict[str, RenderedEdition] = {}
    digest = ""
    groups: dict[tuple[str, bool], list[ManifestEntry]] = {}
    for entry in file_manifest.files:
        if entry.languages and entry.layout:
            groups.setdefault((entry.layout, entry.draft), []).append(entry)
    for (layout, draft), entries in groups.items():
        source, parts = cache.part_selectors[file_manifest.kind](cache.open(source_path, draft=draft), file_manifest)
        names, digest = {entry.part for entry in entries}, source.digest
        languages = dict.fromkeys("+".join(entry.languages) for entry in entries)
        request = BuildRequest(editions=tuple(languages), layout=layout, draft=draft)  # type: ignore[arg-type]
        chosen = [part for part in parts if part.name in names]
        for edition, _ in render_parts(localise_source(source, request), chosen, request):
            rendered[" ".join((edition.part, "-".join(edition.edition.codes), layout, str(draft)))] = edition
    return rendered, digest


def _compare(
    path: Path, data: bytes, entry: ManifestEntry, edition: RenderedEdition, source_path: Path, *, is_source_changed: bool
) -> VerifiedFile:
    expectation = build_expectation(edition.html, edition.facts, path.suffix[1:])
    findings, pages = verify_file(data, path, expectation)
    if path.suffix != _EDITABLE:
        findings += (
            _digest_findings(path, data, entry, *_CHANGED_PDF) if path.suffix == ".pdf" else _digest_findings(path, data, entry)
        )
    if is_source_changed:
        message = f"{source_path} has changed since this file was made"
        findings.insert(0, Finding("source-changed", message, Location(path), "build the document again", "warning"))
    if entry.pages is not None and pages is not None and pages != entry.pages:
        message = f"the file has {pages} page{'s' if pages != 1 else ''}, but had {entry.pages} when it was made"
        findings.append(Finding("pages-differ", message, Location(path), "build the document again"))
    return VerifiedFile(path, tuple(findings), len(expectation.lines), expectation.fact_count, pages)
