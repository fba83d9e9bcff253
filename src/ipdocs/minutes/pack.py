"""Minutes in, the whole pack out: each document as Word and PDF, one bound PDF, annexes, a manifest, and a ZIP of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.files.ooxml.package import write_archive
from ipdocs.files.placing import locked, place
from ipdocs.findings import Finding, IpdocsError, Location, NotReleasable, VerificationFailed, collect, in_order, raise_errors
from ipdocs.locale.language import Language
from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.minutes.extract import item_part, refuse_withheld_item
from ipdocs.minutes.meeting import minutes_of, next_meeting, open_minutes
from ipdocs.minutes.parts import PUBLIC, annex_names, pack_parts, public_part
from ipdocs.minutes.public_version import public_version
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import Text
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.pipeline.manifest import Entry, Manifest
from ipdocs.pipeline.parts import Part
from ipdocs.pipeline.prepare import localise_source, prepare_localised, prepare_source
from ipdocs.pipeline.produce import preload_writers, produce
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.pipeline.results_folder import left_files, plan_folder
from ipdocs.source.disclosure import is_open, restrictions
from ipdocs.source.open import Source


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was made: its files, and what was found on the way."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a pack by its name from the folder of the pack, and what the manifest says of it."""

    name: str
    data: bytes
    entry: Entry


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
    """Make the pack of some minutes in OUT/ID/pack, or its public version in OUT/ID/public.

    What is restricted leaves a public version before anything else is done, so it cannot have its source attached. All files
    are put in their places together, or none of them.

    Args:
        path: the source of the minutes.
        out: the folder for results.
        request: the languages, layout and formats of the documents; by default every language as Word and PDF.
        public: whether to make the public version.
        soffice: the program of LibreOffice, which Word annexes need; None where there is none.
        executor: where the work is done.
        on_progress: told what is being done.

    Raises:
        IpdocsError: what keeps the minutes from being released, or a file that does not say what they say.
    """
    request = request or BuildRequest()
    if public and request.attach_source:
        hint = "leave out --attach-source, or --public"
        raise IpdocsError([Finding("source-not-public", "a public version cannot carry its source", Location(path), hint)])
    on_progress("read")
    source = open_minutes(path, draft=request.draft)
    published = _how_to_join(source) if public else []
    if public:
        _refuse_public(source, out)
    source, parts, annexes = _select(source, request, soffice, public=public)
    minutes, kind = minutes_of(source), "public" if public else "pack"
    localised = localise_source(source, request)
    on_progress("render")
    document = prepare_localised(localised, request, parts, folder=kind)
    if executor.workers > 1:
        preload_writers(request.formats)
    on_progress("write and verify" if request.verify else "write")
    outputs = list(produce(document.tasks, executor=executor))
    raise_errors((finding for output in outputs for finding in output.findings), VerificationFailed)
    warnings = [*published, *(finding for annex in annexes.values() for finding in annex.findings)]
    files = [_File(output.path.name, output.data, output.entry) for output in outputs]
    version = f".{PUBLIC}" if public else ""
    files += _annex_copies(minutes, annexes, version)
    files += [
        _plain(f"{minutes.id}.next-meeting{version}.{language.code}.ics", invitation, (language.code,))
        for language, one in localised.documents.items()
        if (invitation := next_meeting(one))
    ]
    folder = out / document.folder
    about = {"meeting": str(minutes.meeting.number.number), "status": str(minutes.status)}
    name = manifest.source_name(path, folder)
    entries = tuple(file.entry for file in files)
    made = Manifest(document.id, kind, name, document.digest, entries, about)
    said = manifest.written(made)
    zipped = write_archive({file.name: file.data for file in files} | {made.name: said})
    placed = {folder / file.name: file.data for file in files} | {folder / made.archive: zipped, folder / made.name: said}
    with locked(folder):
        planned = plan_folder(folder, made, merge=False, unlisted=(made.archive,))
        place(placed, planned.stale)
    found = [*document.findings, *warnings, *(finding for output in outputs for finding in output.findings)]
    return Pack((*placed,), tuple(in_order([*found, *planned.findings])))


def extract_item(path: Path, out: Path, item: str, request: BuildRequest | None = None, *, public: bool = False) -> Pack:
    """Make an extract of one item, with the numbers of the whole, in OUT/ID/extract, or a public one in OUT/ID/public-extract.

    Args:
        path: the source of the minutes.
        out: the folder for results.
        item: the item's number or id.
        request: the languages, layout and formats; by default every language as Word and PDF.
        public: whether to leave out what is restricted.

    Raises:
        IpdocsError: there is no such item, a public extract is asked of a restricted one, or the minutes cannot be released.
    """
    request = request or BuildRequest()
    source = open_minutes(path, draft=request.draft)
    if public:
        _refuse_public(source, out, item)
        source = public_version(source)
    kind = "public-extract" if public else "extract"
    part = public_part(item_part(item)) if public else item_part(item)
    document = prepare_source(source, request, [part], folder=kind)
    outputs = list(produce(document.tasks))
    raise_errors((finding for output in outputs for finding in output.findings), VerificationFailed)
    folder = out / document.folder
    said = Manifest(
        document.id,
        kind,
        manifest.source_name(path, folder),
        document.digest,
        tuple(output.entry for output in outputs),
    )
    placed = {out / output.path: output.data for output in outputs}
    with locked(folder):
        planned = plan_folder(folder, said, merge=True)
        place(placed | {folder / said.name: manifest.written(planned.manifest)}, planned.stale)
    found = [*document.findings, *(finding for output in outputs for finding in output.findings)]
    return Pack((*placed, folder / said.name), tuple(in_order([*found, *planned.findings])))


def select_pack(source: Source, of: Manifest, soffice: str | None = None) -> tuple[Source, Sequence[Part]]:
    """Return what of minutes the files of a pack's manifest are made of, and its parts: for those who verify a pack."""
    editions = tuple(dict.fromkeys("+".join(entry.languages) for entry in of.files if entry.layout))
    selected, parts, _ = _select(source, BuildRequest(editions=editions), soffice, public=of.kind == "public")
    return selected, parts


def select_extracts(source: Source, of: Manifest) -> tuple[Source, Sequence[Part]]:
    """Return what of minutes the extracts of a manifest are made of, and each of its items as a part."""
    selected = public_version(source) if of.kind == "public-extract" else source
    items = dict.fromkeys(entry.part.removeprefix("item-") for entry in of.files)
    parts = [item_part(item) for item in items]
    return selected, [public_part(part) for part in parts] if of.kind == "public-extract" else parts


def _refuse_public(source: Source, out: Path, item: str = "") -> None:
    """Raise what keeps minutes, or an item of them, from the public, and the names of public files that earlier runs left."""
    try:
        if item:
            refuse_withheld_item(source, item)
        refuse_disclosure(source, "it has no public version")
    except IpdocsError as error:
        folder = out / str(source.document.id)
        left = [finding for kind in ("public", "public-extract") for finding in left_files(folder / kind)]
        raise NotReleasable([*error.findings, *left]) from error


def _how_to_join(source: Source) -> list[Finding]:
    """Warn if the public version says how to join the meeting: any word can be a password."""
    online, keys = minutes_of(source).meeting.online, ("meeting", "online")
    if online is None or not is_open(keys, restrictions(source.document)):
        return []
    message = "the public version says how to join the meeting: nothing restricts `online`"
    hint = "write `restricted: true` beside its languages, or leave it out"
    return [Finding("access-published", message, source.nodes.place(keys), hint, "warning")]


def _select(
    source: Source, request: BuildRequest, soffice: str | None, *, public: bool
) -> tuple[Source, list[Part], dict[Text, AnnexFile]]:
    """Return minutes or their public version with the pictures among their annexes, the parts of a pack, and the annexes."""
    source = public_version(source) if public else source
    minutes = minutes_of(source)
    languages = list(dict.fromkeys(language for edition in plan_editions(source, request) for language in edition.languages))
    annexes = _annexes(minutes, languages, source, soffice, public=public)
    pictures = {file.name: file.picture for file in annexes.values() if file.picture}
    return replace(source, pictures={**source.pictures, **pictures}), pack_parts(minutes, annexes, public=public), annexes


def _annexes(
    minutes: Minutes, languages: Sequence[Language], source: Source, soffice: str | None, *, public: bool
) -> dict[Text, AnnexFile]:
    """Return the files of the annexes that are bound in for some languages, by the names that the source gives.

    Tracked changes of a file are accepted if every annex that names it says so.
    """
    accepts: dict[Text, list[bool]] = {}
    for annex in minutes.annexes:
        for name in annex_names(annex, languages):
            accepts.setdefault(name, []).append(annex.changes == "accept")

    def convert(data: bytes, name: Text) -> bytes:
        return convert_to_pdf(data, str(name), name.locate(), soffice)

    def clean(name: Text) -> AnnexFile:
        folder, workspace, accept = source.path.parent, source.workspace, all(accepts[name])
        return read_annex(name, folder, workspace, convert, accept_changes=accept, public=public)

    return dict(zip(accepts, collect(clean, accepts), strict=True))


def _annex_copies(minutes: Minutes, annexes: Mapping[Text, AnnexFile], version: str) -> Iterator[_File]:
    """Yield each annex as a file of its own: the clean PDF or picture that was bound in, named for its version."""
    for annex in minutes.annexes:
        by_language = {"": annex.file} if isinstance(annex.file, Text) else annex.file or {}
        for language, name in by_language.items():
            if (file := annexes.get(name)) is None:
                continue
            path = f"annexes/annex-{annex.label}{version}{f'.{language}' if language else ''}.{file.suffix}"
            copy = _plain(path, file.data, (), None if file.picture else len(file.sizes))
            accepted = "accept" if file.accepted else ""
            yield replace(copy, entry=replace(copy.entry, removed=dict(file.removed) or None, changes=accepted))


def _plain(name: str, data: bytes, languages: tuple[str, ...], pages: int | None = None) -> _File:
    return _File(name, data, Entry(name, manifest.sha256(data), len(data), languages, pages=pages))
