"""Sources in, files out: the whole story in one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, in_order, raise_errors
from ipdocs.model.document import Document
from ipdocs.pipeline.plan import Edition, editions
from ipdocs.render.layout import Layout
from ipdocs.render.render import render
from ipdocs.render.tree import Tree
from ipdocs.source.edit import write_atomically
from ipdocs.source.load import load
from ipdocs.view import View, localise
from ipdocs.workspace import Workspace, find_workspace
from ipdocs.writers import WRITERS, Batch


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build made: its languages' short names, its format, and what its writer had to say."""

    path: Path
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """One edition of one document on its way."""

    document: Document
    edition: Edition
    tree: Tree


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    alone: Sequence[str] = (),
    together: Sequence[str] = (),
    layout: Layout = "parallel",
    formats: Sequence[str] = ("docx", "pdf"),
    draft: bool = False,
    told: Callable[[str], None] = lambda step: None,
) -> list[Output]:
    """Build sources into OUT/ID/ID.LANGUAGES.FORMAT and return the files, in the order in which they were asked for.

    Load, localise, render, write: each stage is done for all documents before
    the next begins, so that all findings of a stage come at once and what is
    costly (fonts, parsed stylesheets) is done once. Nothing is replaced until
    every file is ready: a failed build leaves earlier files whole.
    """
    told("load")
    loaded = _each(sources, lambda source: (source, find_workspace(source), load(source, draft=draft)))
    told("localise")
    jobs: list[_Job] = []
    planned = [
        (source, workspace, document, edition)
        for source, workspace, document in loaded
        for edition in editions(document, workspace, alone=alone, together=together, layout=layout)
    ]
    views: dict[tuple[Path, str], View] = {}
    wanted = {
        (source, one.short): (document, one, workspace)
        for source, workspace, document, edition in planned
        for one in edition.languages
    }
    for key, view in zip(wanted, _each(wanted.values(), lambda one: localise(*one, draft=draft)), strict=True):
        views[key] = view
    told("render")

    def rendered(job: tuple[Path, Workspace, Document, Edition]) -> _Job:
        source, workspace, document, edition = job
        chosen = [views[source, one.short] for one in edition.languages]
        return _Job(document, edition, render(chosen, workspace, layout=edition.layout, folder=source.parent, draft=draft))

    jobs = _each(planned, rendered)
    told("write")
    batch = Batch([job.tree for job in jobs], planned[0][1] if planned else Workspace())
    written = _each(
        [(job, name) for job in jobs for name in formats],
        lambda one: (one[0], one[1], WRITERS[one[1]](one[0].tree, batch)),
    )
    outputs: list[Output] = []
    for job, name, made in written:
        path = out / job.document.id / f"{job.document.id}.{job.edition.suffix}.{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, made.data)
        outputs.append(Output(path, tuple(one.short for one in job.edition.languages), name, made.findings))
    return outputs
