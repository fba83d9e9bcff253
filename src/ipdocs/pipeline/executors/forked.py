"""Two things done at once on two cores: one in this process, one in a forked one."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from ipdocs.files.interruption import ENDING_SIGNALS, Interruption
from ipdocs.files.temporary import remove_all, temporary_folder
from ipdocs.findings import Finding, IpdocsError, collect
from ipdocs.pipeline.executors import INLINE, Executor, Item, Result

PATIENCE = 10.0
"""How many seconds the forked process has to clear up when it is asked to end."""

Here = TypeVar("Here")
Aside = TypeVar("Aside")


def can_fork() -> bool:
    """Whether a process of its own is to be had and worth it: on Linux, with two cores, before any thread has begun.

    Pango begins threads of its own when it sets text, so a process that has loaded WeasyPrint before does not fork.
    """
    fresh = threading.active_count() == 1 and "weasyprint" not in sys.modules
    return fresh and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class ForkedExecutor:
    """Two processes: the first item here, the second in a forked one. Only for a process that says it can fork."""

    workers = 2

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return what a function makes of one item or two; the findings of both are raised together.

        What it makes of the second must be picklable.
        """
        if len(items) < 2:
            return [function(item) for item in items]
        first, second = items
        return list(_both(lambda: function(first), lambda: function(second)))


def executor() -> Executor:
    """Return what makes files soonest: two processes where that is possible and worth it."""
    return ForkedExecutor() if can_fork() else INLINE


def _both(here: Callable[[], Here], aside: Callable[[], Aside]) -> tuple[Here, Aside]:
    with temporary_folder() as folder:  # the forked process may be killed, so this one clears up after it
        reading, writing = os.pipe()
        life, held = os.pipe()  # the forked process ends when no process holds this any more
        gc.freeze()  # what both have is looked at by no collector, so that it stays shared
        process = 0
        is_answered = False

        def answered() -> Any:
            nonlocal is_answered
            with os.fdopen(reading, "rb", closefd=False) as pipe:
                data = pipe.read()
            is_answered = bool(data)
            return _outcome(data, process)

        try:
            process = _fork(lambda: _answer(aside, writing, life, held, folder))
            os.close(writing)
            other: Callable[[], Any] = answered if process else aside
            first, second = collect(lambda function: function(), (here, other))
        finally:
            if process:
                _end(process, at_once=not is_answered)
            for descriptor in (reading, life, held):
                os.close(descriptor)
            gc.unfreeze()
    return first, second


def _end(process: int, *, at_once: bool) -> None:
    """Wait for the end of the forked process; asked to end at once it has some seconds to clear up."""
    if at_once:
        os.kill(process, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if os.waitpid(process, os.WNOHANG)[0]:
                return
            time.sleep(0.01)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _fork(other: Callable[[], NoReturn]) -> int:
    """Fork a process that does something else and ends; return its id, or 0 when there can be no more processes.

    No signal comes between the fork and knowing the id.
    """
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        process = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return 0
    if not process:
        Interruption(n for n in ENDING_SIGNALS if n == signal.SIGTERM or signal.getsignal(n) != signal.SIG_IGN)
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            other()
        finally:
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return process


def _answer(aside: Callable[[], Aside], writing: int, life: int, held: int, folder: Path) -> NoReturn:
    """Write what a function makes and end the process, running nothing that was meant for the end of the other one."""
    status = 1
    try:
        os.close(held)
        threading.Thread(target=_end_with_the_first_process, args=(life,), daemon=True).start()
        tempfile.tempdir = str(folder)
        try:
            answer: tuple[str, object] = ("made", aside())
        except IpdocsError as error:
            answer = ("findings", error.findings)
        except (OSError, MemoryError, RecursionError) as error:
            answer = ("error", error)
        except Exception as error:
            from traceback import format_exc

            answer = ("failure", (f"{type(error).__name__}: {error}", format_exc()))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        status = 0
    finally:
        remove_all()
        os._exit(status)


def _end_with_the_first_process(life: int) -> None:
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


def _outcome(data: bytes, process: int) -> Any:
    """Return what the other process made, or raise what it raised."""
    if not data:
        status = os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        if status and status.si_code in (os.CLD_KILLED, os.CLD_DUMPED):
            name = signal.Signals(status.si_status).name
            hint = "run it again; when the system is short of memory, build fewer documents at a time"
            raise IpdocsError([Finding("process-killed", f"the second process of this command was ended by {name}", None, hint)])
        raise RuntimeError("the process beside this one ended without an answer")
    kind, answer = pickle.loads(data)  # noqa: S301 - from our own process
    if kind == "findings":
        raise IpdocsError(answer)
    if kind == "error":
        raise answer
    if kind == "failure":
        message, trace = answer
        error = RuntimeError(f"{message}, in the process beside this one")
        error.add_note(trace)
        raise error
    return answer
