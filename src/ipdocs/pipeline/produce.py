"""Write the file of each task in memory, read the file again, and compare it with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.manifest import ManifestEntry, sha256
from ipdocs.pipeline.tasks import WriteTask
from ipdocs.verification.expectation import build_expectation
from ipdocs.verification.verify_file import READERS, verify_file
from ipdocs.workspace import Workspace
from ipdocs.writers import WRITERS, load_writers
from ipdocs.writers.written_file import WrittenFile

RELATIVE_COST = {"pdf": 5, "docx": 1}
"""The relative time to write a file, keyed by format; other formats take almost no time."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A finished file that is not on disk yet.

    Attributes:
        path: the path of the file below the folder for results.
        data: the content of the file; empty if a finding is an error.
        languages: the codes of the languages in the file.
        format: the format: docx, pdf, html or txt.
        findings: the findings of the writer and of the verification.
        entry: the manifest entry for the file.
    """

    path: Path
    data: bytes
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]
    entry: ManifestEntry


def preload_writers(formats: Sequence[str]) -> None:
    """Load the writers and readers for formats, in a process that will soon receive tasks."""
    load_writers(formats)
    if "pdf" in formats:
        import pikepdf  # noqa: F401


def produce(tasks: Sequence[WriteTask], *, executor: Executor = INLINE) -> Iterator[OutputFile]:
    """Yield the file of each task, in order; nothing is written to disk.

    A file that could not be written, or that differs from its source, has an error among its findings and no data. A Word file
    made from a Word template of the office is not compared, because the office decides which texts its template shows.

    Args:
        tasks: the files to make.
        executor: runs the work in one or more processes.
    """
    if not tasks:
        return
    batches = make_batches(tasks, executor.workers) if executor.workers > 1 else [[*range(len(tasks))]]
    produced = executor.map(_produce_batch, [[tasks[index] for index in batch] for batch in batches])
    files = {
        index: file for batch, outputs in zip(batches, produced, strict=True) for index, file in zip(batch, outputs, strict=True)
    }
    yield from (files[index] for index in range(len(tasks)))


def make_batches(tasks: Sequence[WriteTask], workers: int) -> list[list[int]]:
    """Divide tasks into batches of about equal cost, at most one batch for each worker; return the indices in each batch.

    Tasks are assigned in the order of their cost, the most costly task first.
    """
    costs = [RELATIVE_COST.get(task.format, 0) * sum(1 for _ in task.rendered.html.body.iter()) for task in tasks]
    batches: list[list[int]] = [[] for _ in range(min(workers, len(tasks)))]
    for index in sorted(range(len(tasks)), key=lambda index: -costs[index]):
        min(batches, key=lambda batch: sum(costs[task_index] for task_index in batch)).append(index)
    return [sorted(batch) for batch in batches]


def _produce_batch(tasks: Sequence[WriteTask]) -> list[OutputFile]:
    """Return the files of tasks; files with the same workspace and format are written together."""
    groups: dict[tuple[Workspace, str], list[int]] = {}
    for index, task in enumerate(tasks):
        groups.setdefault((task.rendered.workspace, task.format), []).append(index)
    files: dict[int, OutputFile] = {}
    for (workspace, name), indices in groups.items():
        try:
            written = WRITERS[name]([tasks[index].rendered.html for index in indices], workspace)
        except IpdocsError as error:
            files |= {index: _failed(tasks[index], error.findings) for index in indices}
        else:
            files |= {index: _verify(tasks[index], file) for index, file in zip(indices, written, strict=True)}
    return [files[index] for index in range(len(tasks))]


def _failed(task: WriteTask, findings: tuple[Finding, ...]) -> OutputFile:
    return OutputFile(task.path, b"", task.rendered.edition.codes, task.format, findings, _entry(task, b""))


def _verify(task: WriteTask, written: WrittenFile) -> OutputFile:
    """Verify a written file by reading it again, and return it as an output file."""
    rendered, entry = task.rendered, replace(_entry(task, written.data), pages=written.page_count)
    output = OutputFile(task.path, written.data, rendered.edition.codes, task.format, written.findings, entry)
    if not task.verify or task.format not in READERS or (rendered.html.word and task.format == "docx"):
        return output
    expectation = build_expectation(rendered.html, rendered.facts, task.format)
    findings, pages = verify_file(written.data, task.path, expectation)
    if any(finding.severity == "error" for finding in findings):
        return replace(output, data=b"", findings=(*written.findings, *findings))
    codes = tuple(finding.code for finding in findings)
    checked = replace(entry, pages=pages, lines=len(expectation.lines), facts=expectation.fact_count, findings=codes)
    return replace(output, entry=checked)


def _entry(task: WriteTask, data: bytes) -> ManifestEntry:
    rendered = task.rendered
    layout = rendered.edition.layout
    return ManifestEntry(task.path.name, sha256(data), len(data), rendered.edition.codes, layout, rendered.part, rendered.draft)
