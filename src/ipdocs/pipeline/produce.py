"""From tasks to files: each file is written, read again and compared with its source."""

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
from ipdocs.writers.written_file import Written

RELATIVE_COST = {"pdf": 5, "docx": 1}
"""The relative time that formats take to write; others take next to none."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that was made and is not on disk yet.

    Attributes:
        path: its path below the folder for results.
        data: its bytes; empty if a finding is an error.
        languages: the codes of its languages.
        format: its format: docx, pdf, html or txt.
        findings: the findings of its writer and of its verification.
        entry: its entry for a manifest.
    """

    path: Path
    data: bytes
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]
    entry: ManifestEntry


def preload_writers(formats: Sequence[str]) -> None:
    """Load the writers and readers of formats, for a process that will soon have tasks."""
    load_writers(formats)
    if "pdf" in formats:
        import pikepdf  # noqa: F401


def produce(tasks: Sequence[WriteTask], *, executor: Executor = INLINE) -> Iterator[OutputFile]:
    """Yield the file of each task, in order; nothing is written to disk.

    A file that could not be written, or that differs from its source, has an error among its findings and no bytes. A Word
    file made from an office's own template is not compared, since the office decides what it leaves out.

    Args:
        tasks: the files to make.
        executor: runs the work, in one process or more.
    """
    if not tasks:
        return
    batches = balance(tasks, executor.workers) if executor.workers > 1 else [[*range(len(tasks))]]
    produced = executor.map(_produce_batch, [[tasks[number] for number in batch] for batch in batches])
    files = {
        number: file
        for batch, outputs in zip(batches, produced, strict=True)
        for number, file in zip(batch, outputs, strict=True)
    }
    yield from (files[number] for number in range(len(tasks)))


def balance(tasks: Sequence[WriteTask], workers: int) -> list[list[int]]:
    """Return the numbers of the tasks in batches of about equal cost, at most one batch for each worker.

    The most costly task is assigned first.
    """
    costs = [RELATIVE_COST.get(task.format, 0) * sum(1 for _ in task.rendered.html.body.iter()) for task in tasks]
    batches: list[list[int]] = [[] for _ in range(min(workers, len(tasks)))]
    for number in sorted(range(len(tasks)), key=lambda number: -costs[number]):
        min(batches, key=lambda batch: sum(costs[task] for task in batch)).append(number)
    return [sorted(batch) for batch in batches]


def _produce_batch(tasks: Sequence[WriteTask]) -> list[OutputFile]:
    """Return the files of tasks; the documents of one workspace and format are written together."""
    groups: dict[tuple[Workspace, str], list[int]] = {}
    for number, task in enumerate(tasks):
        groups.setdefault((task.rendered.workspace, task.format), []).append(number)
    files: dict[int, OutputFile] = {}
    for (workspace, name), numbers in groups.items():
        try:
            written = WRITERS[name]([tasks[number].rendered.html for number in numbers], workspace)
        except IpdocsError as error:
            files |= {number: _failed(tasks[number], error.findings) for number in numbers}
        else:
            files |= {number: _verify(tasks[number], file) for number, file in zip(numbers, written, strict=True)}
    return [files[number] for number in range(len(tasks))]


def _failed(task: WriteTask, findings: tuple[Finding, ...]) -> OutputFile:
    return OutputFile(task.path, b"", task.rendered.edition.codes, task.format, findings, _entry(task, b""))


def _verify(task: WriteTask, written: Written) -> OutputFile:
    """Return a written file after reading it again."""
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
