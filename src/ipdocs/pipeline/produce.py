"""Tasks in, files out: each written, read again and compared with what it has to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.manifest import Entry, sha256
from ipdocs.pipeline.tasks import WriteTask
from ipdocs.verification.expectation import build_expectation
from ipdocs.verification.verify_file import READERS, verify_file
from ipdocs.workspace import Workspace
from ipdocs.writers import WRITERS, load_writers
from ipdocs.writers.written_file import Written

RELATIVE_COST = {"pdf": 5, "docx": 1}
"""How long the formats take, one against the other; the rest is nothing beside them."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that was made, and is not in its place yet.

    Attributes:
        path: where it belongs.
        data: its bytes; none when a finding is an error.
        languages: the codes of its languages.
        format: the name of its format.
        findings: what its writer and its verification found.
        entry: what a manifest says of it.
    """

    path: Path
    data: bytes
    languages: tuple[str, ...]
    format: str
    findings: tuple[Finding, ...]
    entry: Entry


def preload_writers(formats: Sequence[str]) -> None:
    """Load what writes some formats and reads them again, for those who will soon have tasks."""
    load_writers(formats)
    if "pdf" in formats:
        import pikepdf  # noqa: F401


def produce(tasks: Sequence[WriteTask], *, executor: Executor = INLINE) -> Iterator[OutputFile]:
    """Yield the file of each task in their order; nothing is put in place.

    A file that could not be written, or says something else than its source, has an error among its findings and no bytes.
    What an office's own Word template leaves out is the office's to decide, so that is not compared.

    Args:
        tasks: the files to make.
        executor: where the work is done.
    """
    if not tasks:
        return
    batches = balance(tasks, executor.workers) if executor.workers > 1 else [[*range(len(tasks))]]
    produced = executor.map(_produce_batch, [[tasks[number] for number in batch] for batch in batches])
    files = {
        number: file for batch, made in zip(batches, produced, strict=True) for number, file in zip(batch, made, strict=True)
    }
    yield from (files[number] for number in range(len(tasks)))


def balance(tasks: Sequence[WriteTask], workers: int) -> list[list[int]]:
    """Return the numbers of the tasks in as many batches as there are workers, or as there are tasks.

    The batches take about as long; what takes longest is dealt first.
    """
    costs = [RELATIVE_COST.get(task.format, 0) * sum(1 for _ in task.rendered.html.body.iter()) for task in tasks]
    batches: list[list[int]] = [[] for _ in range(min(workers, len(tasks)))]
    for number in sorted(range(len(tasks)), key=lambda number: -costs[number]):
        min(batches, key=lambda batch: sum(costs[one] for one in batch)).append(number)
    return [sorted(batch) for batch in batches]


def _produce_batch(tasks: Sequence[WriteTask]) -> list[OutputFile]:
    """Return the files of some tasks; the HTML of a workspace is written together, one format after the other."""
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
            files |= {number: _verified(tasks[number], file) for number, file in zip(numbers, written, strict=True)}
    return [files[number] for number in range(len(tasks))]


def _failed(task: WriteTask, findings: tuple[Finding, ...]) -> OutputFile:
    return OutputFile(task.path, b"", task.rendered.edition.codes, task.format, findings, _entry(task, b""))


def _verified(task: WriteTask, written: Written) -> OutputFile:
    """Return a file that was written, once it is read again."""
    rendered, entry = task.rendered, replace(_entry(task, written.data), pages=written.pages)
    whole = OutputFile(task.path, written.data, rendered.edition.codes, task.format, written.findings, entry)
    if not task.verify or task.format not in READERS or (rendered.html.word and task.format == "docx"):
        return whole
    expectation = build_expectation(rendered.html, rendered.facts, task.format)
    findings, pages = verify_file(written.data, task.path, expectation)
    if any(finding.severity == "error" for finding in findings):
        return replace(whole, data=b"", findings=(*written.findings, *findings))
    codes = tuple(finding.code for finding in findings)
    checked = replace(entry, pages=pages, lines=len(expectation.lines), facts=expectation.fact_count, findings=codes)
    return replace(whole, entry=checked)


def _entry(task: WriteTask, data: bytes) -> Entry:
    rendered = task.rendered
    layout = rendered.edition.layout
    return Entry(task.path.name, sha256(data), len(data), rendered.edition.codes, layout, rendered.part, rendered.draft)
