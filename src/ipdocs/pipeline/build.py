"""Sources in, files out: the whole story in one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.placing import put
from ipdocs.findings import Finding
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors.forked import both, can_fork
from ipdocs.pipeline.tasks import RenderedEdition, WriteTask
from ipdocs.templating.layout import Layout


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build made: its languages' short names, its format, and what its writer had to say."""

    path: Path
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]


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

    Load, localise, render, write, verify: each stage is done for all documents
    before the next begins, so that all findings of a stage come at once and what
    is costly (fonts, parsed stylesheets) is done once. Nothing is replaced until
    every file is ready: a failed build leaves earlier files whole.
    Word and PDF files are read again before that, and must say what the source
    says; the manifest beside them tells what was found. A letterhead takes the
    place of the one among the templates; a source is attached to its PDFs when
    asked for. Aside lets a second process share the work where that is quicker
    and safe: it reads the sources while this one gets the writers ready, and then
    makes half of the files.
    """

    def prepare() -> list[RenderedEdition]:
        from ipdocs.pipeline.prepare import prepare

        return prepare(
            sources,
            alone=alone,
            together=together,
            layout=layout,
            draft=draft,
            letterhead=letterhead,
            attach_source=attach_source,
            told=told,
        )

    def ready() -> None:
        from ipdocs.pipeline.produce import preload_writers

        preload_writers(formats)

    apart = aside and can_fork()
    jobs = both(ready, prepare)[1] if apart else prepare()

    from ipdocs.pipeline.produce import produce

    told("write and verify" if verify else "write")
    tasks = [
        WriteTask(job, name, out / job.document / f"{job.document}.{job.edition.suffix}.{name}")
        for job in jobs
        for name in formats
    ]
    products = produce(tasks, draft=draft, verify=verify, apart=apart)
    for task, product in zip(tasks, products, strict=True):
        put(task.path, product.written.data)
    for source in dict.fromkeys(job.source for job in jobs):
        made = [(task, product.entry) for task, product in zip(tasks, products, strict=True) if task.job.source == source]
        name = made[0][0].job.document
        folder = out / name
        put(folder / manifest.NAME, manifest.written(manifest.updated(folder, name, source, [entry for _, entry in made])))
    return [
        Output(task.path, task.job.languages, task.format, product.written.findings)
        for task, product in zip(tasks, products, strict=True)
    ]
