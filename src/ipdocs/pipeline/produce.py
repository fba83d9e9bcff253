"""Tasks in, files out: each written, read again and held against what it has to say, on two cores where there are two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ipdocs.findings import collect, raise_errors
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors.forked import both
from ipdocs.pipeline.tasks import WriteTask
from ipdocs.verification.expectation import expected
from ipdocs.verification.verify_file import READERS, verified
from ipdocs.workspace import Workspace
from ipdocs.writers import WRITERS, load_writers
from ipdocs.writers.written_file import Written

RELATIVE_COST = {"pdf": 5, "docx": 1}
"""How long the formats take, one against the other; the rest is nothing beside them."""


@dataclass(frozen=True, slots=True)
class Product:
    """A file before it is put in its place: its bytes with what its writer found, and what the manifest says of it."""

    written: Written
    entry: manifest.Entry


def preload_writers(formats: Sequence[str]) -> None:
    """Load what writes some formats and reads them again, for those who will soon have tasks."""
    load_writers(formats)
    if "pdf" in formats:
        import pikepdf  # noqa: F401


def produce(tasks: Sequence[WriteTask], *, draft: bool, verify: bool, apart: bool) -> list[Product]:
    """Return the file of each task; apart, half of them are made in a process of its own.

    What a file says otherwise than its source is raised. What an office's own
    Word template leaves out is the office's to decide, so that is not read.
    """

    def made(some: Sequence[WriteTask]) -> list[Product]:
        files = _written(some)
        verified = collect(lambda one: _entry(*one, draft=draft, verify=verify), [*zip(some, files, strict=True)])
        return [*map(Product, files, verified)]

    if not apart:
        return made(tasks)
    here, aside = balance(tasks)
    mine, others = both(lambda: made([tasks[number] for number in here]), lambda: made([tasks[number] for number in aside]))
    return [product for _, product in sorted(zip([*here, *aside], [*mine, *others], strict=True), key=lambda pair: pair[0])]


def balance(tasks: Sequence[WriteTask]) -> tuple[list[int], list[int]]:
    """Return the numbers of the tasks, dealt to two hands that take about as long; what takes longest is dealt first."""
    weights = [RELATIVE_COST.get(task.format, 0) * sum(1 for _ in task.job.tree.body.iter()) for task in tasks]
    hands: tuple[list[int], list[int]] = ([], [])
    for number in sorted(range(len(tasks)), key=lambda number: -weights[number]):
        min(hands, key=lambda hand: sum(weights[one] for one in hand)).append(number)
    return sorted(hands[0]), sorted(hands[1])


def _written(tasks: Sequence[WriteTask]) -> list[Written]:
    """Return each task's file; the trees of a workspace are written together, one format after the other."""
    groups: dict[tuple[Workspace, str], list[int]] = {}
    for number, task in enumerate(tasks):
        groups.setdefault((task.job.workspace, task.format), []).append(number)
    files: dict[int, Written] = {}

    def write(group: tuple[Workspace, str]) -> None:
        numbers, (workspace, name) = groups[group], group
        files.update(zip(numbers, WRITERS[name]([tasks[one].job.tree for one in numbers], workspace), strict=True))

    collect(write, groups)
    return [files[number] for number in range(len(tasks))]


def _entry(task: WriteTask, written: Written, *, draft: bool, verify: bool) -> manifest.Entry:
    """Return what the manifest says of a file, once it is verified."""
    job = task.job
    entry = manifest.Entry(task.path.name, manifest.sha256(written.data), job.languages, job.edition.layout, draft)
    if draft or not verify or task.format not in READERS or (job.tree.word and task.format == "docx"):
        return entry
    expectation = expected(job.tree, job.facts, task.format)
    findings, pages = verified(written.data, task.path, expectation)
    codes = tuple(finding.code for finding in raise_errors(findings))
    return replace(entry, pages=pages, lines=len(expectation.lines), facts=expectation.stated, findings=codes)
