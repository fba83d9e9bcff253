"""Minutes in, the whole pack out: each document as Word and PDF, one bound PDF, annexes, a manifest, and a ZIP of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.files.placing import write_atomically
from ipdocs.findings import Finding, IpdocsError, Location, collect, in_order
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.minutes.extract import extracted
from ipdocs.minutes.meeting import minutes_of, next_meeting
from ipdocs.minutes.pack_manifest import File, archive, manifest
from ipdocs.minutes.parts import PARTS, Part, Placed, annex_names, annex_pages
from ipdocs.minutes.public_version import published
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import Text
from ipdocs.pipeline.executors.forked import both, can_fork
from ipdocs.pipeline.request import Edition, plan_editions
from ipdocs.source.meeting_checks import quorum_findings
from ipdocs.templating.binding import BELOW, above, bind
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.layout import Layout
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import Workspace, find_workspace
from ipdocs.writers import WRITERS, load_writers, pdf
from ipdocs.writers.pdf.annex_pages import Kept, merged


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was made: its files, and what was found on the way."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    """An edition with its documents: a tree each, the one in which all are bound, and the pages kept there for annexes."""

    edition: Edition
    parts: dict[Part, HtmlDocument]
    bound: HtmlDocument
    placed: list[Placed]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language.code for language in self.edition.languages)


def pack(
    source: Path,
    out: Path,
    *,
    alone: Sequence[str] = (),
    together: Sequence[str] = (),
    layout: Layout = "parallel",
    formats: Sequence[str] = ("docx", "pdf"),
    draft: bool = False,
    public: bool = False,
    attach: bool = False,
    soffice: str | None = None,
    aside: bool = False,
    told: Callable[[str], None] = lambda step: None,
) -> Pack:
    """Make the pack of some minutes in OUT/ID/pack, its public version in OUT/ID/public, and return its files.

    soffice is where LibreOffice is, which Word annexes need. What is restricted
    leaves a public version before anything else is done, so it cannot have its
    source attached. Nothing is written before all of it is ready. Aside lets a
    second process make the bound PDFs where that is quicker and safe.
    """
    if public and attach:
        hint = "leave out --attach-source, or --public"
        raise IpdocsError([Finding("source-not-public", "a public version cannot carry its source", Location(source), hint)])
    workspace = find_workspace(source)
    told("load")
    minutes = minutes_of(source, workspace, draft=draft)
    if public:
        minutes = published(minutes, workspace)
    chosen = plan_editions(minutes, workspace, alone=alone, together=together, layout=layout)
    told("annexes")
    annexes = _annexes(minutes, chosen, source.parent, workspace, soffice)
    told("localise")
    languages = dict.fromkeys(language for edition in chosen for language in edition.languages)
    views = dict(zip(languages, collect(lambda one: localise(minutes, one, workspace, draft=draft), languages), strict=True))

    def rendered(edition: Edition) -> _Edition:
        spoken = [views[language] for language in edition.languages]
        placed = annex_pages(minutes, edition.languages, annexes)
        return _rendered(minutes, edition, spoken, placed, workspace, source.parent, draft=draft, public=public)

    told("render")
    trees = collect(rendered, chosen)
    told("write")
    findings = [*quorum_findings(minutes), *(finding for annex in annexes.values() for finding in annex.findings)]
    attached = (source.name, source.read_bytes()) if attach else None

    def documents() -> Made:
        return _documents(minutes, trees, formats, workspace)

    def bound() -> Made:
        return _bound(minutes, trees, workspace, attached) if "pdf" in formats else ([], [])

    if aside and "pdf" in formats and can_fork():
        load_writers(formats)
        made = [*both(documents, bound)]
    else:
        made = collect(lambda write: write(), (documents, bound))
    findings += [finding for _, found in made for finding in found]
    files = [*(file for written, _ in made for file in written), *_annex_copies(minutes, annexes)]
    files += [
        File(f"{minutes.id}.next-meeting.{view.language.code}.ics", invitation, (view.language.code,))
        for view in views.values()
        if (invitation := next_meeting(view, workspace))
    ]
    files.append(manifest(minutes, source.read_bytes(), files, public=public))
    files.append(archive(f"{minutes.id}{'.public' if public else ''}", files))
    return _stored(files, out / minutes.id / ("public" if public else "pack"), findings)


def extract(
    source: Path,
    out: Path,
    item: str,
    *,
    alone: Sequence[str] = (),
    together: Sequence[str] = (),
    layout: Layout = "parallel",
    formats: Sequence[str] = ("docx", "pdf"),
    draft: bool = False,
    public: bool = False,
) -> Pack:
    """Make an extract of one item, with the numbers of the whole, in OUT/ID/extract, and return its files."""
    workspace = find_workspace(source)
    minutes = minutes_of(source, workspace, draft=draft)
    if public:
        minutes = published(minutes, workspace)
    files: list[File] = []
    findings: list[Finding] = []
    for edition in plan_editions(minutes, workspace, alone=alone, together=together, layout=layout):
        views = collect(lambda one: extracted(localise(minutes, one, workspace, draft=draft), item), edition.languages)
        tree = render_html(views, workspace, layout=layout, folder=source.parent, draft=draft)
        for name in formats:
            (made,) = WRITERS[name]([tree], workspace)
            findings += made.findings
            files.append(File(f"{minutes.id}.item-{item}.{edition.suffix}.{name}", made.data))
    return _stored(files, out / minutes.id / "extract", findings)


def _stored(files: Sequence[File], folder: Path, findings: Sequence[Finding]) -> Pack:
    for file in files:
        (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / file.name, file.data)
    return Pack(tuple(folder / file.name for file in files), tuple(in_order(findings)))


def _annexes(
    minutes: Minutes, chosen: Sequence[Edition], folder: Path, workspace: Workspace, soffice: str | None
) -> dict[Text, AnnexFile]:
    """Return the files of the annexes that some editions bind in, by the names that the source gives."""
    languages = list(dict.fromkeys(language for edition in chosen for language in edition.languages))
    names = list(dict.fromkeys(name for annex in minutes.annexes for name in annex_names(annex, languages)))

    def convert(data: bytes, name: Text) -> bytes:
        return convert_to_pdf(data, str(name), name.locate(), soffice)

    return dict(zip(names, collect(lambda name: read_annex(name, folder, workspace, convert), names), strict=True))


def _annex_copies(minutes: Minutes, annexes: Mapping[Text, AnnexFile]) -> Iterator[File]:
    """Yield each annex as a file of its own: the clean PDF that was bound in."""
    for annex in minutes.annexes:
        by_language = {"": annex.file} if isinstance(annex.file, Text) else annex.file or {}
        for language, name in by_language.items():
            file = annexes.get(name)
            if file and file.pdf:
                suffix = f".{language}" if language else ""
                yield File(f"annexes/annex-{annex.label}{suffix}.pdf", file.pdf, (), len(file.sizes))


def _rendered(
    minutes: Minutes,
    edition: Edition,
    views: Sequence[LocalisedDocument],
    placed: list[Placed],
    workspace: Workspace,
    folder: Path,
    *,
    draft: bool,
    public: bool,
) -> _Edition:
    wanted = [part for part in PARTS if part.wanted(minutes)]
    parts = {
        part: render_html(views, workspace, part.template, layout=edition.layout, folder=folder, draft=draft) for part in wanted
    }
    names = [(part.name, part.template) for part in wanted]
    pages = [one.page for one in placed]
    bound = bind(views, names, pages, workspace, layout=edition.layout, folder=folder, draft=draft, public=public)
    return _Edition(edition, parts, bound, placed)


Made = tuple[list[File], list[Finding]]
"""Files, and what their writers found."""


def _documents(minutes: Minutes, made: Sequence[_Edition], formats: Sequence[str], workspace: Workspace) -> Made:
    """Return every document of every edition in every format."""
    trees = [
        (f"{minutes.id}.{part.name}.{one.edition.suffix}", one.languages, tree)
        for one in made
        for part, tree in one.parts.items()
    ]
    files: list[File] = []
    findings: list[Finding] = []
    for name in formats:
        if name == "pdf":
            continue
        for (start, languages, _), file in zip(trees, WRITERS[name]([tree for *_, tree in trees], workspace), strict=True):
            findings += file.findings
            files.append(File(f"{start}.{name}", file.data, languages))
    if "pdf" in formats:
        session = pdf.prepare([tree for *_, tree in trees], workspace)
        for start, languages, tree in trees:
            laid = pdf.lay_out(tree, session)
            file = pdf.write_laid(laid)
            findings += file.findings
            files.append(File(f"{start}.pdf", file.data, languages, laid.pages))
    return files, findings


def _bound(minutes: Minutes, made: Sequence[_Edition], workspace: Workspace, attached: tuple[str, bytes] | None) -> Made:
    """Return the bound PDF of every edition, the foreign pages of annexes laid into it."""
    files: list[File] = []
    findings: list[Finding] = []
    session = pdf.prepare([one.bound for one in made], workspace)
    for one in made:
        laid = pdf.lay_out(one.bound, session)
        file = pdf.write_laid(laid, attached)
        findings += file.findings
        kept, labels = _kept(one, laid.anchors)
        data = merged(file.data, kept, labels)
        files.append(File(f"{minutes.id}.pack.{one.edition.suffix}.pdf", data, one.languages, laid.pages))
    return files, findings


def _kept(made: _Edition, anchors: Mapping[str, int]) -> tuple[list[Kept], list[tuple[int, str]]]:
    """Return where foreign pages go, and the first page and label of each annex; the layout says on which page each stamp is."""
    first = made.edition.languages[0].code
    room = above(len(made.edition.languages))
    found = [(anchors[f"{first}-annexes-{one.page.name}"] - 1, one) for one in made.placed]
    kept = [Kept(at, one.file.pdf, one.number, room, BELOW) for at, one in found if one.file]
    return kept, [(at, one.label) for at, one in found if one.page.number == 1]
