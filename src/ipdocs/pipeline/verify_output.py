"""Built files in, findings out: each file read again and compared with the source that its manifest names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.ooxml.package import read_archive
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, Severity, raise_errors
from ipdocs.pipeline import manifest
from ipdocs.pipeline.manifest import Entry, Manifest
from ipdocs.pipeline.parts import WHOLE, Part
from ipdocs.pipeline.prepare import localise_source, render_parts
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.tasks import RenderedEdition
from ipdocs.source.open import Source, inspect_source
from ipdocs.verification.expectation import build_expectation
from ipdocs.verification.verify_file import READERS, verify_file

SelectParts = Callable[[Source, Manifest], tuple[Source, Sequence[Part]]]
"""Returns what of a source the files of a manifest were made from, and its parts."""


def whole(source: Source, of: Manifest) -> tuple[Source, Sequence[Part]]:
    """Return the source with the document itself as its only part: what `build` makes."""
    return source, WHOLE


KINDS: Mapping[str, SelectParts] = {"build": whole}
"""How the files of a kind of manifest are made again; features that make other kinds add theirs."""

_WORKED_ON = ".docx"
"""The files that people work on and save again, and whose bytes therefore prove nothing."""

_CHANGED_PDF: tuple[str, Severity] = ("; its words and pictures are compared, not how its pages look", "warning")
"""What is said of a PDF whose bytes have changed, and how serious that is: it may have been signed, or have notes on it."""

MAX_BYTES = 500_000_000
"""The size of a finished file: a bound pack has its annexes in it."""


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A file that was verified.

    Attributes:
        path: the file.
        findings: what is not as it should be.
        lines: how many lines were looked for; None where only the bytes were compared with the manifest.
        facts: how many facts were looked for.
        pages: its pages, where it has some.
    """

    path: Path
    findings: tuple[Finding, ...]
    lines: int | None = None
    facts: int | None = None
    pages: int | None = None


def verify_outputs(
    paths: Sequence[Path], source: Path | None = None, kinds: Mapping[str, SelectParts] = KINDS
) -> list[VerifiedFile]:
    """Verify files of builds and packs, those of a folder all.

    Word, PDF, HTML and text files are read again and compared with their source. The bytes of all but Word files, which people
    work on and save again, are compared with the manifest.

    Args:
        paths: files, folders of a document, or folders of several.
        source: the source to compare with, if it is not the one that the manifests name.
        kinds: for each kind of manifest, the function that selects the parts to render again.

    Raises:
        IpdocsError: a file has no manifest, or its source is not there or cannot be built any more.
    """
    origins = _Origins(kinds)
    return [_verify(path, folder, source, origins) for path, folder in _files(paths)]


class _Origins:
    """The sources of files, each opened once, and what is made of them, once for each folder."""

    def __init__(self, kinds: Mapping[str, SelectParts]) -> None:
        self.kinds = kinds
        self._sources: dict[Path, Source] = {}
        self._rendered: dict[tuple[Path, Path], tuple[dict[str, RenderedEdition], str]] = {}

    def open(self, path: Path, *, draft: bool) -> Source:
        """Return the source in a file; its gaps are refused unless it is a draft."""
        key = path.resolve()
        if key not in self._sources:
            self._sources[key] = inspect_source(path)
        source = self._sources[key]
        if not draft:
            raise_errors(source.gaps)
        return replace(source, draft=draft)

    def rendered(self, of: Manifest, folder: Path, path: Path) -> tuple[dict[str, RenderedEdition], str]:
        """Return every edition that the manifest of a folder names, made of a source as it is now, and the hash of that."""
        key = (folder.resolve(), path.resolve())
        if key not in self._rendered:
            self._rendered[key] = _rendered(of, path, self)
        return self._rendered[key]


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield files with the folders of their manifests; a folder without any is refused."""
    for path in paths:
        if path.is_dir():
            folders = _manifest_folders(path)
            if not folders:
                message = f"there is no manifest in {str(path)!r}, nor in the folders of documents in it"
                raise IpdocsError(
                    [Finding("no-such-file", message, Location(path), "name a folder that a build or pack has written")]
                )
            for folder in folders:
                if found := manifest.find(folder):
                    of = manifest.read(found)
                    yield from ((folder / entry.file, folder) for entry in of.files)
                    if of.archive and (folder / of.archive).is_file():
                        yield folder / of.archive, folder
        else:
            yield path, next((parent for parent in path.parents[:2] if manifest.find(parent)), path.parent)


def _manifest_folders(folder: Path) -> list[Path]:
    if manifest.find(folder):
        return [folder]
    return sorted({found for pattern in ("*/", "*/*/") for found in folder.glob(pattern) if manifest.find(found)})


def _verify(path: Path, folder: Path, source: Path | None, origins: _Origins) -> VerifiedFile:
    if not path.is_file() or not (found := manifest.find(folder)):
        what = f"there is no manifest beside {path.name}" if path.is_file() else f"there is no file {str(path)!r}"
        raise IpdocsError([Finding("no-such-file", what, Location(path), "build it again: a build writes one")])
    of = manifest.read(found)
    if of.archive and path == folder / of.archive:
        return VerifiedFile(path, tuple(_unlike_manifest(path, of, read_bytes(found, manifest.MAX_BYTES))))
    entry = of.entry(path.relative_to(folder).as_posix())
    if entry is None:
        message = f"the manifest beside it does not name {path.name}"
        hint = "verify the folder, or a file that its manifest names"
        raise IpdocsError([Finding("unknown-file", message, Location(path), hint)])
    data = read_bytes(path, MAX_BYTES)
    if not _can_be_read(entry, of, origins.kinds):
        return VerifiedFile(path, tuple(_changed(path, data, entry)), pages=entry.pages)
    origin = source or folder / of.source
    if not origin.is_file():
        message = f"its source {of.source!r} is not there"
        raise IpdocsError([Finding("no-such-file", message, Location(path), "name it: --source FILE")])
    editions, digest = origins.rendered(of, folder, origin)
    made = editions.get(_key(entry))
    if made is None:
        message = f"its source makes no {path.name} any more"
        return VerifiedFile(path, (Finding("unknown-file", message, Location(path), "build it again"),))
    return _compared(path, data, entry, made, origin, is_changed=digest != of.source_sha256)


def _can_be_read(entry: Entry, of: Manifest, kinds: Mapping[str, SelectParts]) -> bool:
    """Whether a file can be read again and compared with its source: not a copy of an annex, nor a calendar."""
    return of.kind in kinds and entry.file.rpartition(".")[2] in READERS and bool(entry.languages)


def _changed(path: Path, data: bytes, entry: Entry, besides: str = "", severity: Severity = "error") -> Iterator[Finding]:
    if manifest.sha256(data) != entry.sha256:
        message = f"{path.name} has changed since it was made{besides}"
        yield Finding("file-changed", message, Location(path), "build it again", severity)


def _unlike_manifest(path: Path, of: Manifest, written: bytes) -> Iterator[Finding]:
    """Yield how the ZIP of a pack differs from the files that its manifest lists, and from the manifest beside it."""
    try:
        members = read_archive(read_bytes(path, MAX_BYTES), path)
    except UnsafeFile as error:
        yield from error.findings
        return
    wanted = {entry.file: entry.sha256 for entry in of.files} | {of.name: manifest.sha256(written)}
    differences = {
        "has {} that the manifest does not list": sorted(members.keys() - wanted.keys()),
        "lacks {}": sorted(wanted.keys() - members.keys()),
        "has another {}": sorted(
            name for name in wanted.keys() & members.keys() if manifest.sha256(members[name]) != wanted[name]
        ),
    }
    for what, names in differences.items():
        if names:
            message = f"{path.name} {what.format(', '.join(names))}"
            yield Finding("file-changed", message, Location(path), "make the pack again")


def _key(entry: Entry) -> str:
    return " ".join((entry.part, "-".join(entry.languages), entry.layout, str(entry.draft)))


def _rendered(of: Manifest, origin: Path, origins: _Origins) -> tuple[dict[str, RenderedEdition], str]:
    """Return every edition of the parts that a manifest names, made of the source as it is now, and the hash of that."""
    found: dict[str, RenderedEdition] = {}
    digest = ""
    wanted: dict[tuple[str, bool], list[Entry]] = {}
    for entry in of.files:
        if entry.languages and entry.layout:
            wanted.setdefault((entry.layout, entry.draft), []).append(entry)
    for (layout, draft), entries in wanted.items():
        source, parts = origins.kinds[of.kind](origins.open(origin, draft=draft), of)
        names, digest = {entry.part for entry in entries}, source.digest
        languages = dict.fromkeys("+".join(entry.languages) for entry in entries)
        request = BuildRequest(editions=tuple(languages), layout=layout, draft=draft)  # type: ignore[arg-type]
        chosen = [part for part in parts if part.name in names]
        for made, _ in render_parts(localise_source(source, request), chosen, request):
            found[" ".join((made.part, "-".join(made.edition.codes), layout, str(draft)))] = made
    return found, digest


def _compared(path: Path, data: bytes, entry: Entry, made: RenderedEdition, origin: Path, *, is_changed: bool) -> VerifiedFile:
    expectation = build_expectation(made.html, made.facts, path.suffix[1:])
    findings, pages = verify_file(data, path, expectation)
    if path.suffix != _WORKED_ON:
        findings += _changed(path, data, entry, *_CHANGED_PDF) if path.suffix == ".pdf" else _changed(path, data, entry)
    if is_changed:
        message = f"{origin} has changed since this was built"
        findings.insert(0, Finding("source-changed", message, Location(path), "build it again", "warning"))
    if entry.pages is not None and pages is not None and pages != entry.pages:
        message = f"it has {pages} page{'s' if pages != 1 else ''}, and {entry.pages} when it was built"
        findings.append(Finding("pages-differ", message, Location(path)))
    return VerifiedFile(path, tuple(findings), len(expectation.lines), expectation.fact_count, pages)
