"""Packs of minutes: documents as Word and PDF, one bound PDF, annexes, a manifest, and a ZIP archive of all files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.files.ooxml.package import write_archive
from ipdocs.files.placing import locked, place_files
from ipdocs.findings import (
    Finding,
    IpdocsError,
    Location,
    NotReleasable,
    VerificationFailed,
    collect,
    raise_errors,
    sort_findings,
)
from ipdocs.locale.language import Language
from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.minutes.extract import item_part, refuse_withheld_item
from ipdocs.minutes.meeting import minutes_of, next_meeting_calendar, open_minutes
from ipdocs.minutes.parts import PUBLIC, annex_names, pack_parts, public_part
from ipdocs.minutes.public_version import public_version
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import Text
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.pipeline.manifest import Manifest, ManifestEntry
from ipdocs.pipeline.parts import Part
from ipdocs.pipeline.prepare import localise_source, prepare_localised, prepare_source
from ipdocs.pipeline.produce import preload_writers, produce
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.pipeline.results_folder import earlier_public_file_findings, plan_folder
from ipdocs.source.disclosure import is_open, restrictions
from ipdocs.source.open import Source


@dataclass(frozen=True, slots=True)
class Pack:
    """The paths of the files of a pack or extract, and the findings on these files."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _PackFile:
    """A file of a pack: its relative path in the pack, its content and its entry in the manifest."""

    name: str
    data: bytes
    entry: ManifestEntry


def make_pack(
    path: Path,
    out: Path,
    request: BuildRequest | None = None,
    *,
    public: bool = False,
    soffice: str | None = None,
    executor: Executor = INLINE,
    on_progress: Callable[[str], None] = lambda step: None,
) -> Pack:
    """Make the pack of minutes in OUT/ID/pack, or its public version in OUT/ID/public.

    Either all files are written or none.

    Args:
        path: the path of the minutes.
        out: the folder for results.
        request: the editions, layout and formats of the documents; by default every language as Word and PDF.
        public: whether to make the public version.
        soffice: the path of LibreOffice, which converts Word annexes; None if it is not installed.
        executor: runs the work in one or more processes.
        on_progress: called with the name of each step.

    Raises:
        NotReleasable: the minutes may not be released.
        VerificationFailed: a document cannot be made, or its content differs from the source.
        IpdocsError: the source or an annex cannot be used, the request attaches the source to a public version, or a file cannot
            be written.
    """
    request = request or BuildRequest()
    if public and request.attach_source:
        hint = "leave out --attach-source or --public"
        raise IpdocsError(
            [Finding("source-not-public", "a public version cannot have its source attached", Location(path), hint)]
        )
    on_progress("read")
    source = open_minutes(path, draft=request.draft)
    access_warnings = _access_warnings(source) if public else []
    if public:
        _refuse_unreleasable(source, out)
    source, parts, annexes = _select_content(source, request, soffice, public=public)
    minutes, kind = minutes_of(source), "public" if public else "pack"
    localised = localise_source(source, request)
    on_progress("render")
    document = prepare_localised(localised, request, parts, folder=kind)
    if executor.workers > 1:
        preload_writers(request.formats)
    on_progress("write and verify" if request.verify else "write")
    outputs = list(produce(document.tasks, executor=executor))
    raise_errors((finding for output in outputs for finding in output.findings), VerificationFailed)
    warnings = [*access_warnings, *(finding for annex in annexes.values() for finding in annex.findings)]
    files = [_PackFile(output.path.name, output.data, output.entry) for output in outputs]
    version_part = f".{PUBLIC}" if public else ""
    files += _annex_copies(minutes, annexes, version_part)
    files += [
        _other_file(f"{minutes.id}.next-meeting{version_part}.{language.code}.ics", calendar_file, (language.code,))
        for language, localised_document in localised.documents.items()
        if (calendar_file := next_meeting_calendar(localised_document))
    ]
    folder = out / document.folder
    about = {"meeting": str(minutes.meeting.number.number), "status": str(minutes.status)}
    source_path = manifest.relative_source_path(path, folder)
    entries = tuple(file.entry for file in files)
    new_manifest = Manifest(document.id, kind, source_path, document.digest, entries, about)
    manifest_data = manifest.serialise(new_manifest)
    archive = write_archive({file.name: file.data for file in files} | {new_manifest.name: manifest_data})
    contents = {file.name: file.data for file in files} | {new_manifest.archive_name: archive, new_manifest.name: manifest_data}
    new_files = {folder / name: data for name, data in contents.items()}
    with locked(folder):
        plan = plan_folder(folder, new_manifest, merge=False, unlisted=(new_manifest.archive_name,))
        place_files(new_files, plan.obsolete)
    findings = [*document.findings, *warnings, *(finding for output in outputs for finding in output.findings)]
    return Pack((*new_files,), tuple(sort_findings([*findings, *plan.findings])))


def extract_item(path: Path, out: Path, item: str, request: BuildRequest | None = None, *, public: bool = False) -> Pack:
    """Make an extract of one agenda item in OUT/ID/extract, or a public extract in OUT/ID/public-extract.

    Paragraphs are numbered as in the full minutes.

    Args:
        path: the path of the minutes.
        out: the folder for results.
        item: the item's number or id.
        request: the editions, layout and formats; by default every language as Word and PDF.
        public: whether to leave out restricted content.

    Raises:
        NotReleasable: the minutes may not be released, or the extract is public and the item is restricted.
        VerificationFailed: the extract cannot be made, or its content differs from the source.
        IpdocsError: the minutes have no such item, the source cannot be used, or a file cannot be written.
    """
    request = request or BuildRequest()
    source = open_minutes(path, draft=request.draft)
    if public:
        _refuse_unreleasable(source, out, item)
        source = public_version(source)
    kind = "public-extract" if public else "extract"
    part = public_part(item_part(item)) if public else item_part(item)
    document = prepare_source(source, request, [part], folder=kind)
    outputs = list(produce(document.tasks))
    raise_errors((finding for output in outputs for finding in output.findings), VerificationFailed)
    folder = out / document.folder
    new_manifest = Manifest(
        document.id,
        kind,
        manifest.relative_source_path(path, folder),
        document.digest,
        tuple(output.entry for output in outputs),
    )
    new_files = {out / output.path: output.data for output in outputs}
    with locked(folder):
        plan = plan_folder(folder, new_manifest, merge=True)
        place_files(new_files | {folder / new_manifest.name: manifest.serialise(plan.manifest)}, plan.obsolete)
    findings = [*document.findings, *(finding for output in outputs for finding in output.findings)]
    return Pack((*new_files, folder / new_manifest.name), tuple(sort_findings([*findings, *plan.findings])))


def select_pack(source: Source, recorded_manifest: Manifest, soffice: str | None = None) -> tuple[Source, Sequence[Part]]:
    """Return the source and the parts of a pack that is recorded in a manifest, for verification."""
    editions = tuple(dict.fromkeys("+".join(entry.languages) for entry in recorded_manifest.files if entry.layout))
    public = recorded_manifest.kind == "public"
    selected_source, parts, _ = _select_content(source, BuildRequest(editions=editions), soffice, public=public)
    return selected_source, parts


def select_extracts(source: Source, recorded_manifest: Manifest) -> tuple[Source, Sequence[Part]]:
    """Return the source and the parts of the extracts that are recorded in a manifest, for verification."""
    selected_source = public_version(source) if recorded_manifest.kind == "public-extract" else source
    items = dict.fromkeys(entry.part.removeprefix("item-") for entry in recorded_manifest.files)
    parts = [item_part(item) for item in items]
    return selected_source, [public_part(part) for part in parts] if recorded_manifest.kind == "public-extract" else parts


def _refuse_unreleasable(source: Source, out: Path, item: str = "") -> None:
    """Refuse minutes that cannot be published; if an item is given, also refuse a restricted item.

    The error also lists public files from earlier runs, because they may have to be withdrawn.
    """
    try:
        if item:
            refuse_withheld_item(source, item)
        refuse_disclosure(source, "it has no public version")
    except IpdocsError as error:
        folder = out / str(source.document.id)
        earlier_file_findings = [
            finding for kind in ("public", "public-extract") for finding in earlier_public_file_findings(folder / kind)
        ]
        raise NotReleasable([*error.findings, *earlier_file_findings]) from error


def _access_warnings(source: Source) -> list[Finding]:
    """Return a warning if the public version shows `meeting.online`, because this text may contain a password."""
    online, keys = minutes_of(source).meeting.online, ("meeting", "online")
    if online is None or not is_open(keys, restrictions(source.document)):
        return []
    message = "the public version states how to join the meeting, because `online` is not restricted"
    hint = "write `restricted: true` beside the languages of `online`, or delete `online`"
    return [Finding("access-published", message, source.nodes.locate(keys), hint, "warning")]


def _select_content(
    source: Source, request: BuildRequest, soffice: str | None, *, public: bool
) -> tuple[Source, list[Part], dict[Text, AnnexFile]]:
    """Return the source of a pack with the pictures from annexes, the parts of the pack, and its annexes keyed by name."""
    source = public_version(source) if public else source
    minutes = minutes_of(source)
    languages = list(dict.fromkeys(language for edition in plan_editions(source, request) for language in edition.languages))
    annexes = _read_annexes(minutes, languages, source, soffice, public=public)
    pictures = {file.name: file.picture for file in annexes.values() if file.picture}
    return replace(source, pictures={**source.pictures, **pictures}), pack_parts(minutes, annexes, public=public), annexes


def _read_annexes(
    minutes: Minutes, languages: Sequence[Language], source: Source, soffice: str | None, *, public: bool
) -> dict[Text, AnnexFile]:
    """Return the annex files to bind for the given languages, keyed by their names in the source.

    Tracked changes in a file are accepted if every annex that uses the file accepts them.
    """
    accept_by_name: dict[Text, list[bool]] = {}
    for annex in minutes.annexes:
        for name in annex_names(annex, languages):
            accept_by_name.setdefault(name, []).append(annex.changes == "accept")

    def convert(data: bytes, name: Text) -> bytes:
        return convert_to_pdf(data, str(name), name.locate(), soffice)

    def read(name: Text) -> AnnexFile:
        folder, workspace, accept = source.path.parent, source.workspace, all(accept_by_name[name])
        return read_annex(name, folder, workspace, convert, accept_changes=accept, public=public)

    return dict(zip(accept_by_name, collect(read, accept_by_name), strict=True))


def _annex_copies(minutes: Minutes, annexes: Mapping[Text, AnnexFile], version_part: str) -> Iterator[_PackFile]:
    """Yield the cleaned PDF or picture of each annex in the pack; `version_part` becomes part of the file name."""
    for annex in minutes.annexes:
        by_language = {"": annex.file} if isinstance(annex.file, Text) else annex.file or {}
        for language, name in by_language.items():
            if (file := annexes.get(name)) is None:
                continue
            path = f"annexes/annex-{annex.label}{version_part}{f'.{language}' if language else ''}.{file.suffix}"
            copy = _other_file(path, file.data, (), None if file.picture else len(file.sizes))
            changes = "accept" if file.accepted_changes else ""
            yield replace(copy, entry=replace(copy.entry, removed=dict(file.removed) or None, changes=changes))


def _other_file(name: str, data: bytes, languages: tuple[str, ...], pages: int | None = None) -> _PackFile:
    """Return a pack file that is not a typeset document, such as a calendar or an annex."""
    return _PackFile(name, data, ManifestEntry(name, manifest.sha256(data), len(data), languages, pages=pages))
