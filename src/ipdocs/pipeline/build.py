"""Sources in, files out: the whole story in one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.checks.reading import read
from ipdocs.findings import Finding, IpdocsError, Location, each, in_order, raise_errors
from ipdocs.locale.language import Language
from ipdocs.model.document import Document
from ipdocs.pipeline import manifest
from ipdocs.pipeline.beside import both, can_fork
from ipdocs.pipeline.plan import Edition, editions
from ipdocs.pipeline.script import foreign
from ipdocs.pipeline.status import stale_findings
from ipdocs.pipeline.verify.expectation import Expectation, expected
from ipdocs.pipeline.verify.reading import READERS, verified
from ipdocs.render.layout import Layout
from ipdocs.render.render import render
from ipdocs.render.tree import Tree
from ipdocs.source.edit import write_atomically
from ipdocs.source.load import load
from ipdocs.source.state import choices
from ipdocs.view import View, localise
from ipdocs.workspace import Workspace, find_workspace
from ipdocs.writers import WRITERS, pdf
from ipdocs.writers.written import Written


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build made: its languages' short names, its format, and what its writer had to say."""

    path: Path
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A document, where it came from, and what is to be made of it."""

    path: Path
    workspace: Workspace
    document: Document
    editions: tuple[Edition, ...]

    @property
    def languages(self) -> list[Language]:
        """Every language of its editions, once."""
        return list(dict.fromkeys(language for edition in self.editions for language in edition.languages))


@dataclass(frozen=True, slots=True)
class _File:
    """A file before it is put in its place: what it was made of, its bytes, and what it has to say if it is to be verified."""

    source: _Source
    edition: Edition
    path: Path
    made: Written
    expectation: Expectation | None


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    alone: Sequence[str] = (),
    together: Sequence[str] = (),
    layout: Layout = "parallel",
    formats: Sequence[str] = ("docx", "pdf"),
    draft: bool = False,
    letterhead: Path | None = None,
    attach_source: bool = False,
    verify: bool = True,
    aside: bool = False,
    told: Callable[[str], None] = lambda step: None,
) -> list[Output]:
    """Build sources into OUT/ID/ID.LANGUAGES.FORMAT and return the files, in the order in which they were asked for.

    Load, localise, render, write: each stage is done for all documents before
    the next begins, so that all findings of a stage come at once and what is
    costly (fonts, parsed stylesheets) is done once. Nothing is replaced until
    every file is ready: a failed build leaves earlier files whole.
    Word and PDF files are read again before that, and must say what the source
    says; the manifest beside them tells what was found. What an office's own
    Word template leaves out is the office's to decide, so those are not read.
    A letterhead takes the place of the one among the templates; a source is
    attached to its PDFs when asked for. Aside lets PDFs be written in a forked
    process where that is quicker and safe.
    """

    def loaded(path: Path) -> _Source:
        workspace = find_workspace(path)
        document = load(path, workspace, draft=draft)
        if not draft:
            raise_errors(stale_findings(path, document, workspace))
        planned = editions(document, workspace, alone=alone, together=together, layout=layout)
        return _Source(path, workspace, document, tuple(planned))

    def localised(source: _Source) -> dict[str, View]:
        views = each(lambda language: localise(source.document, language, source.workspace, draft=draft), source.languages)
        if not draft:
            raise_errors(foreign(read(source.document, source.workspace), source.languages, choices(source.path)))
        return {view.language.short: view for view in views}

    def rendered(job: tuple[_Source, dict[str, View], Edition]) -> Tree:
        source, views, edition = job
        chosen = [views[language.short] for language in edition.languages]
        tree = render(chosen, source.workspace, layout=edition.layout, folder=source.path.parent, draft=draft)
        attachment = (source.path.name, source.path.read_bytes()) if attach_source else None
        return replace(tree, letterhead=letterhead or tree.letterhead, attachment=attachment)

    told("load")
    found = each(loaded, sources)
    _refuse_collisions(found)
    told("localise")
    views = each(localised, found)
    told("render")
    jobs = [(source, views_of, edition) for source, views_of in zip(found, views, strict=True) for edition in source.editions]
    trees = each(rendered, jobs)
    batch = [(job[0].workspace, tree) for job, tree in zip(jobs, trees, strict=True)]

    def expectations() -> list[Expectation | None]:
        return [
            expected(tree, [views_of[language.short] for language in edition.languages]) if verify else None
            for (_, views_of, edition), tree in zip(jobs, trees, strict=True)
        ]

    told("write")
    if aside and "pdf" in formats and can_fork():
        pdf.engine()
        rest = [name for name in formats if name != "pdf"]
        (wanted, written), aside_written = both(lambda: (expectations(), _written(batch, rest)), lambda: _written(batch, ["pdf"]))
        written = [{**made, **other} for made, other in zip(written, aside_written, strict=True)]
    else:
        wanted, written = expectations(), _written(batch, formats)
    told("verify")
    files = [
        _File(
            source,
            edition,
            out / source.document.id / f"{source.document.id}.{edition.suffix}.{name}",
            made[name],
            None if tree.word and name == "docx" else expectation,
        )
        for (source, _, edition), tree, made, expectation in zip(jobs, trees, written, wanted, strict=True)
        for name in formats
    ]
    entries = each(lambda file: _entry(file, draft), files)
    for file in files:
        _put(file.path, file.made.data)
    for source in found:
        own = [entry for file, entry in zip(files, entries, strict=True) if file.source is source]
        folder = out / source.document.id
        _put(folder / manifest.NAME, manifest.written(manifest.updated(folder, source.document.id, source.path, own)))
    return [
        Output(file.path, tuple(one.short for one in file.edition.languages), file.path.suffix[1:], file.made.findings)
        for file in files
    ]


def _entry(file: _File, draft: bool) -> manifest.Entry:
    """Return what the manifest says of a file, once it is verified; what it says otherwise than its source is raised."""
    languages = tuple(one.short for one in file.edition.languages)
    entry = manifest.Entry(file.path.name, manifest.sha256(file.made.data), languages, file.edition.layout, draft)
    if draft or file.expectation is None or file.path.suffix[1:] not in READERS:
        return entry
    findings, pages = verified(file.made.data, file.path, file.expectation)
    warnings = raise_errors(findings)
    codes = tuple(finding.code for finding in warnings)
    return replace(entry, pages=pages, lines=len(file.expectation.lines), facts=file.expectation.stated, findings=codes)


def _written(trees: Sequence[tuple[Workspace, Tree]], formats: Sequence[str]) -> list[dict[str, Written]]:
    """Return each tree in every format; the trees of a workspace are written together."""
    files: list[dict[str, Written]] = [{} for _ in trees]
    groups: dict[Workspace, list[int]] = {}
    for index, (workspace, _) in enumerate(trees):
        groups.setdefault(workspace, []).append(index)

    def write(job: tuple[Workspace, str]) -> None:
        workspace, name = job
        numbers = groups[workspace]
        for index, made in zip(numbers, WRITERS[name]([trees[number][1] for number in numbers], workspace), strict=True):
            files[index][name] = made

    each(write, [(workspace, name) for workspace in groups for name in formats])
    return files


def _put(path: Path, data: bytes) -> None:
    """Write a file in its folder, which is made; what the system refuses is a finding."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise IpdocsError([Finding("cannot-write", message, Location(path), "name another folder with --out")]) from error


def _refuse_collisions(sources: Sequence[_Source]) -> None:
    """Refuse two sources of one id: their files would replace each other."""
    by_id: dict[str, Path] = {}
    findings: list[Finding] = []
    for source in sources:
        name = source.document.id
        if name in by_id and by_id[name] != source.path:
            message = f"{by_id[name]} has the id '{name}' too"
            findings.append(Finding("duplicate-id", message, source.document.id.locate(), "give each document an id of its own"))
        by_id.setdefault(name, source.path)
    if findings:
        raise IpdocsError(in_order(findings))
