"""Run cases in several processes, end those that hang, and save the failures."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .target import Case, Target
from .worker import SECONDS, Batch, Failure, Results, serve

PATIENCE = 6 * SECONDS
"""Wall time in seconds after which a process that has not finished its case is ended."""
BATCH = 200
"""Cases in a batch of a target that opens files; a batch of builds has a tenth."""
LARGEST = 700
"""Megabytes that a process may use after a batch before it is replaced."""

_FORK = multiprocessing.get_context("fork")


@dataclass(slots=True)
class Row:
    """The results of the cases of a target so far."""

    kind: str
    runs: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    memory: int = 0
    failures: dict[str, Failure] = field(default_factory=dict)


class Worker:
    """A process that runs batches, one after the other."""

    def __init__(self, targets: Sequence[Target], folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.beats = _FORK.RawArray("d", 2)
        self.connection, theirs = _FORK.Pipe()
        self.process = _FORK.Process(target=_serve, args=(theirs, self.connection, targets, folder, self.beats), daemon=True)
        self.process.start()
        theirs.close()
        self.batch: Batch | None = None

    def give(self, batch: Batch, known: set[str]) -> None:
        """Send a batch to the process."""
        self.batch = batch
        self.beats[0] = self.beats[1] = 0.0
        self.connection.send((batch, known))

    @property
    def hangs(self) -> bool:
        """Whether the current case has taken too long."""
        return bool(self.beats[0]) and time.monotonic() - self.beats[0] > PATIENCE

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(theirs: Connection, ours: Connection, targets: Sequence[Target], folder: Path, beats: Any) -> None:
    ours.close()
    os.nice(5)
    with (folder / "errors.txt").open("w") as errors:  # libraries print, and so does a process that ends
        os.dup2(errors.fileno(), 2)
    serve(theirs, targets, folder, beats)


def fuzz(
    targets: Sequence[Target],
    runs: int,
    builds: int,
    seed: int,
    workers: int,
    out: Path,
    *,
    seconds: float | None = None,
    on_progress: Callable[[dict[str, Row]], None] = lambda rows: None,
) -> dict[str, Row]:
    """Run cases and return a row for each target; failures are kept in a folder each.

    Args:
        targets: what is fuzzed.
        runs: cases for all entrances together, shared by their weights.
        builds: cases for all builds together.
        seed: the same seed gives the same cases.
        workers: the number of processes.
        out: the folder that failures are kept in.
        seconds: begin no batch after this time.
        on_progress: called with the rows after each batch.
    """
    begun = time.monotonic()
    for target in targets:
        target.warm()
    todo = list(_batches(targets, runs, builds, seed))
    rows = {target.name: Row(target.kind) for target in targets}
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-"))
    known: set[str] = set()
    team: list[Worker] = []
    number = 0
    try:
        while True:
            over = seconds is not None and time.monotonic() - begun > seconds
            while todo and not over and len(team) < workers:
                number += 1
                team.append(Worker(targets, scratch / str(number)))
            for worker in team:
                if worker.batch is None and todo and not over:
                    worker.give(todo.pop(), known)
            busy = [worker for worker in team if worker.batch]
            if not busy:
                return rows
            ready = wait([worker.connection for worker in busy], timeout=1)
            for worker in busy:
                batch = worker.batch
                assert batch
                results = _results(worker, has_answer=worker.connection in ready)
                if isinstance(results, Failure):
                    _retire(worker, team, todo, batch, rows[batch.target])
                    _keep(results, rows[batch.target], out, known)
                elif results:
                    worker.batch = None
                    _add(results, rows[batch.target], out, known)
                    if results.resident > LARGEST:
                        worker.end()
                        team.remove(worker)
                        shutil.rmtree(worker.folder, ignore_errors=True)
                    on_progress(rows)
    finally:
        for worker in team:
            worker.end()
        shutil.rmtree(scratch, ignore_errors=True)


def _results(worker: Worker, *, has_answer: bool) -> Results | Failure | None:
    """Return the result of a batch; a failure if its process has died or hangs; None while it runs."""
    assert worker.batch
    if has_answer:
        try:
            results: Results = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            return _ended(worker, worker.batch, f"ended the process with {worker.process.exitcode}")
        return results
    return _ended(worker, worker.batch, f"had to be ended after {PATIENCE} s") if worker.hangs else None


def _batches(targets: Sequence[Target], runs: int, builds: int, seed: int) -> Iterable[Batch]:
    """Return the batches of all targets in random order."""
    chance = random.Random(seed)
    batches = []
    for kind, total in (("open", runs), ("build", builds)):
        chosen = [target for target in targets if target.kind == kind]
        weight = sum(target.weight for target in chosen)
        for target in chosen:
            left, size = -(-total * target.weight // weight), BATCH if kind == "open" else BATCH // 10
            while left > 0:
                batches.append(Batch(target.name, chance.getrandbits(48), min(size, left)))
                left -= size
    chance.shuffle(batches)
    return batches


def _retire(worker: Worker, team: list[Worker], todo: list[Batch], batch: Batch, row: Row) -> None:
    """End a process, count its results, and give the rest of its batch to another."""
    done = int(worker.beats[1]) + 1
    row.runs += done
    if batch.runs > done:
        todo.append(Batch(batch.target, batch.seed + 7, batch.runs - done))
    worker.end()
    team.remove(worker)
    shutil.rmtree(worker.folder, ignore_errors=True)


def _ended(worker: Worker, batch: Batch, kind: str) -> Failure:
    folder = worker.folder / batch.target
    names = (folder / ".case").read_text("utf-8").splitlines() if (folder / ".case").exists() else []
    case = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    errors = (worker.folder / "errors.txt").read_text("utf-8", "replace")[-5000:]
    return Failure(batch.target, kind, f"{kind}\n{errors}", case, seed=batch.seed)


def _add(results: Results, row: Row, out: Path, known: set[str]) -> None:
    row.runs += results.runs
    row.refused += results.refused
    row.seconds += results.seconds
    row.slowest = max(row.slowest, results.slowest)
    row.memory = max(row.memory, results.memory)
    for failure in results.failures.values():
        _keep(failure, row, out, known)


def _keep(failure: Failure, row: Row, out: Path, known: set[str]) -> None:
    """Save the smallest case of a kind of failure, with its report."""
    known.add(f"{failure.target}: {failure.kind}")
    earlier = row.failures.get(failure.kind)
    if earlier:
        earlier.count += failure.count
        if size(failure.case) >= size(earlier.case):
            return
        earlier.case, earlier.report = failure.case, failure.report
    else:
        row.failures[failure.kind] = failure
    folder = out / failure.target / re.sub(r"[^\w.]+", "-", failure.kind)[:100]
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in failure.case.items():
        (folder / "case" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "case" / name).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(f"{failure.kind}\nseed {failure.seed}\n\n{failure.report}", "utf-8", "backslashreplace")


def size(case: Case) -> int:
    """Return the bytes of a case."""
    return sum(map(len, case.values()))


def table(rows: dict[str, Row]) -> str:
    """Return the counts by target as text."""
    lines = [f"{'target':22}{'runs':>8}{'refused':>9}{'ms a run':>10}{'slowest s':>11}{'MB':>6}  failures"]
    for name, row in sorted(rows.items(), key=lambda item: (item[1].kind != "open", item[0])):
        if row.runs:
            mean = 1000 * row.seconds / row.runs
            lines.append(
                f"{name:22}{row.runs:>8}{row.refused:>9}{mean:>10.1f}{row.slowest:>11.1f}{row.memory:>6}  {len(row.failures)}"
            )
    for kind, what in (("open", "entrances"), ("build", "builds")):
        chosen = [row for row in rows.values() if row.kind == kind]
        runs, failures = sum(row.runs for row in chosen), sum(len(row.failures) for row in chosen)
        lines.append(f"{what:22}{runs:>8}{sum(row.refused for row in chosen):>9}{failures:>38}")
    for name, row in sorted(rows.items()):
        lines += [f"{name}: {failure.kind} ({failure.count} times)" for failure in row.failures.values()]
    return "\n".join(lines)
