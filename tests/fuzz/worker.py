"""The process that runs cases, each with limits of time and memory, and writing only in its own folder."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import HypothesisException

from ipdocs.findings import IpdocsError

from .target import Case, Target

SECONDS = 20
"""Processor seconds that a case may take."""
MEMORY = 1_000
"""Megabytes that a process may need for a case."""
ADDRESSES = 6_000_000_000
"""Limit of the address space of a process, so that a case fails before the machine runs out of memory."""
MINIMISE = 15.0
"""Seconds for reducing a failing case."""
MAX_ROUNDS = 100
"""Rounds of Hypothesis in a batch: each failure of a new kind ends one."""
WHOLE_FILE = frozenset({"too-large", "unreadable", "no-such-file", "empty-source"})
"""Codes of findings that concern a file as a whole, so that they have no line."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases to run: how many, of which target, and from which seed."""

    target: str
    seed: int
    runs: int


@dataclass(slots=True)
class Failure:
    """A kind of failure: its smallest case, its report and its count."""

    target: str
    kind: str
    report: str
    case: Case
    count: int = 1
    seed: int = 0


@dataclass(slots=True)
class Results:
    """The result of a batch."""

    target: str
    runs: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    memory: int = 0
    failures: dict[str, Failure] = field(default_factory=dict)
    resident: int = 0


class TookTooLong(BaseException):
    """A case that takes too long."""


class _Found(Exception):
    """Raised to tell Hypothesis that a case fails, so that it reduces it."""


def serve(connection: Connection, targets: Sequence[Target], folder: Path, beats: Any) -> None:
    """Run batches until there are no more; beats has the start of the current case and the number of runs in the batch."""
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder / "hypothesis")
    sys.dont_write_bytecode = True
    for name in ("tmp", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    os.environ |= {"TMPDIR": str(folder / "tmp"), "XDG_CACHE_HOME": str(folder / "cache")}
    tempfile.tempdir = str(folder / "tmp")
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, _end)
    watch = Watch(folder)
    by_name = {target.name: target for target in targets}
    prepared: set[str] = set()
    while (asked := connection.recv()) is not None:
        batch, known = asked
        target = by_name[batch.target]
        place = folder / target.name
        if target.name not in prepared:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            target.prepare(place)
            prepared.add(target.name)
        results = Runner(target, place, watch, beats, known).run(batch)
        results.resident = _status("VmRSS")
        connection.send(results)


def _end(number: int, frame: object) -> None:
    raise TookTooLong


class Watch:
    """Records what a case writes, starts or connects to; audit hooks cannot be removed, so each process has one."""

    WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.is_on = False
        self.seen: list[str] = []
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Record an event that no case may cause."""
        if not self.is_on:
            return
        match event:
            case "open":
                path, _, flags = arguments
                if isinstance(flags, int) and flags & self.WRITING and isinstance(path, (str, bytes)):
                    self.path(event, path)
            case "os.remove" | "os.mkdir" | "os.rmdir" | "os.truncate" | "os.chmod":
                self.path(event, arguments[0])
            case "os.rename" | "os.link" | "os.symlink":
                self.path(event, arguments[0])
                self.path(event, arguments[1])
            case "subprocess.Popen" if re.search(r"/opencc/|^fc-\w+$", str(arguments[0])):
                pass  # OpenCC lists conversions, and fc-list lists fonts
            case "subprocess.Popen" | "os.system" | "os.exec" | "os.posix_spawn" | "socket.connect" | "socket.getaddrinfo":
                self.seen.append(f"{event} {arguments[0]!r}")

    def path(self, event: str, path: Any) -> None:
        """Record a path outside the folder."""
        if isinstance(path, int):
            return
        full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - os.fspath of anything
        if not full.startswith(self.folder) and full != os.devnull:
            self.seen.append(f"{event} outside: {full}")

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watch the events of a with block."""
        self.seen.clear()
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False


class Runner:
    """Runs the cases of a target in a folder."""

    def __init__(self, target: Target, folder: Path, watch: Watch, beats: Any, known: set[str]) -> None:
        self.target, self.folder, self.watch, self.beats, self.known = target, folder, watch, beats, set(known)
        self.results = Results(target.name)
        self.minimising: Failure | None = None
        self.until = 0.0
        self.seed = 0

    def run(self, batch: Batch) -> Results:
        """Run a batch in rounds of Hypothesis, because each failure ends a round."""
        self.beats[1] = 0
        start = time.perf_counter()
        self.seed = batch.seed
        for _ in range(MAX_ROUNDS):
            if self.results.runs >= batch.runs:
                break
            self._round(batch.runs - self.results.runs)
            self.seed += 1_000_003
        self.results.seconds = time.perf_counter() - start
        return self.results

    def _round(self, runs: int) -> None:
        @seed(self.seed)
        @settings(
            max_examples=runs,
            database=None,
            deadline=None,
            derandomize=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
            print_blob=False,
        )
        @given(self.target.cases)
        def attempt(case: Case) -> None:
            self.attempt(case)

        with suppress(_Found, HypothesisException):  # the failure is saved; Hypothesis reports an irregular one as flaky
            attempt()
        self.minimising = None

    def attempt(self, case: Case) -> None:
        """Run a case; raise a failure of a new kind, so that Hypothesis reduces it."""
        if self.minimising and time.perf_counter() > self.until:
            return
        kind, report = self.try_case(case)
        if self.minimising:
            if kind == self.minimising.kind:
                if _size(case) < _size(self.minimising.case):
                    self.minimising.case, self.minimising.report = case, report
                raise _Found
            return
        self.results.runs += 1
        self.beats[1] = self.results.runs
        if not kind:
            return
        if kind in self.results.failures:
            self.results.failures[kind].count += 1
            return
        failure = self.results.failures[kind] = Failure(self.target.name, kind, report, case, seed=self.seed)
        if f"{self.target.name}: {kind}" in self.known or kind.startswith(("took", "needs")):
            return
        self.minimising, self.until = failure, time.perf_counter() + MINIMISE
        raise _Found

    def try_case(self, case: Case) -> tuple[str, str]:
        """Run a case and return the kind and report of its failure; both are empty if it passes."""
        for name in _written(self.folder, case):
            (self.folder / name).unlink(missing_ok=True)
        for name, data in case.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for clear in _caches(self.target.caches, len(sys.modules)):
            clear()
        _forget_peak()
        kind = report = ""
        begun = time.process_time()
        self.beats[0] = time.monotonic()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            with self.watch.on():
                self.target.run(self.folder)
        except IpdocsError as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if not self.minimising:
                self.results.refused += 1
            kind, report = self.judge(error, case)
        except TookTooLong as error:
            kind, report = f"took more than {SECONDS} s{_place(error)}", traceback.format_exc(limit=-12)
        except Exception as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            kind, report = f"{type(error).__name__}{_place(error)}", traceback.format_exc(limit=-25)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self.beats[0] = 0.0
        took, peak = time.process_time() - begun, _status("VmHWM")
        if not self.minimising:
            self.results.slowest = max(self.results.slowest, took)
            self.results.memory = max(self.results.memory, peak)
        if not kind and peak > MEMORY:
            kind, report = f"needs more than {MEMORY} MB", f"{peak} MB"
        if not kind and self.watch.seen:
            kind, report = f"outside: {self.watch.seen[0].partition(' ')[0]}", "\n".join(self.watch.seen)
        own = f"ipdocs-{os.getpid()}-"  # fonts that exist until the process ends
        left = [name for name in os.listdir(tempfile.gettempdir()) if not name.startswith(own)]  # noqa: PTH208 - names alone
        if left:
            shutil.rmtree(tempfile.gettempdir())
            Path(tempfile.gettempdir()).mkdir()
            kind, report = kind or "left behind", report or str(left)
        return kind, report

    def judge(self, error: IpdocsError, case: Case) -> tuple[str, str]:
        """Return a problem of findings: there are none, or one has no location, line or message."""
        if not error.findings:
            return "no findings", traceback.format_exc(limit=-12)
        for finding in error.findings:
            if finding.severity == "error" and finding.location is None:
                return f"no place: {finding.code}", f"{finding}\n{traceback.format_exc(limit=-12)}"
            if not finding.message.strip():
                return f"no message: {finding.code}", str(finding)
            where = finding.location
            if where and self.target.is_text and not where.line and finding.code not in WHOLE_FILE:
                names = {str(self.folder / name): name for name in case}
                if str(where.path) in names:
                    return f"no line: {finding.code}", f"{finding}\n{traceback.format_exc(limit=-12)}"
        return "", ""


def _written(folder: Path, case: Case) -> list[str]:
    """Return the files of the previous case that this one does not write."""
    record = folder / ".case"
    before = record.read_text("utf-8").splitlines() if record.exists() else []
    record.write_text("\n".join(case), "utf-8")
    return [name for name in before if name not in case]


def _size(case: Case) -> int:
    return sum(map(len, case.values()))


def _place(error: BaseException) -> str:
    """Return the innermost line of this project in the traceback of an error."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "/ipdocs/" in frame.filename and "/tests/" not in frame.filename:
            module = re.sub(r".*/ipdocs/", "", frame.filename)
            return f" in {module} {frame.name}"
    return ""


@cache
def _caches(packages: tuple[str, ...], modules: int) -> list[Any]:
    """Return the functions that clear the caches of packages; they are searched again after new modules were loaded."""
    caches: dict[int, Any] = {}
    for name, module in list(sys.modules.items()):
        if any(name == package or name.startswith(f"{package}.") for package in packages):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    caches[id(value)] = value.cache_clear
    return list(caches.values())


def _forget_peak() -> None:
    with open("/proc/self/clear_refs", "w") as stream:  # noqa: PTH123 - fast
        stream.write("5")


def _status(key: str) -> int:
    """Return a figure of /proc/self/status in megabytes."""
    with open("/proc/self/status") as stream:  # noqa: PTH123 - fast
        for line in stream:
            if line.startswith(key):
                return int(line.split()[1]) // 1024
    return 0
