"""The forked executor, which works on two items at a time: one in this process, and one in a forked process."""

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

GRACE_PERIOD = 10.0
"""Seconds that the forked process has to clean up after it is asked to end."""

First = TypeVar("First")
Second = TypeVar("Second")


def can_fork() -> bool:
    """Whether forking is possible and saves time: on Linux, with two cores, before any thread has started.

    Pango starts threads when it lays out text, so a process that has loaded WeasyPrint does not fork.
    """
    has_one_thread = threading.active_count() == 1 and "weasyprint" not in sys.modules
    return has_one_thread and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class ForkedExecutor:
    """Works on the first item in this process and on the second in a forked process; call `can_fork` first."""

    workers = 2

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return the results of a function for one or two items; findings about both items are raised together.

        The result for the second item must be picklable.
        """
        if len(items) < 2:
            return [function(item) for item in items]
        first, second = items
        return list(_run_both(lambda: function(first), lambda: function(second)))


def choose_executor() -> Executor:
    """Return a forked executor if forking is possible and saves time, else the executor for one process."""
    return ForkedExecutor() if can_fork() else INLINE


def _run_both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    with temporary_folder() as folder:  # the forked process may be killed, so this process cleans up after it
        read_end, write_end = os.pipe()
        life_read_end, life_write_end = os.pipe()  # the forked process ends when no process holds this pipe open
        gc.freeze()  # the collector would touch, and so copy, the memory that both processes share
        process = 0
        is_answered = False

        def receive() -> Any:
            nonlocal is_answered
            with os.fdopen(read_end, "rb", closefd=False) as pipe:
                data = pipe.read()
            is_answered = bool(data)
            return _received_result(data, process)

        try:
            process = _fork(lambda: _send_result(second, write_end, life_read_end, life_write_end, folder))
            os.close(write_end)
            other: Callable[[], Any] = receive if process else second
            results = collect(lambda function: function(), (first, other))
        finally:
            if process:
                _end(process, terminate=not is_answered)
            for descriptor in (read_end, life_read_end, life_write_end):
                os.close(descriptor)
            gc.unfreeze()
    return results[0], results[1]


def _end(process: int, *, terminate: bool) -> None:
    """Wait until the forked process has ended; if `terminate` is true, ask it to end, and kill it after `GRACE_PERIOD`."""
    if terminate:
        os.kill(process, signal.SIGTERM)
        end = time.monotonic() + GRACE_PERIOD
        while time.monotonic() < end:
            if os.waitpid(process, os.WNOHANG)[0]:
                return
            time.sleep(0.01)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _fork(run: Callable[[], NoReturn]) -> int:
    """Fork a process that runs a function and then ends; return its id, or 0 if the system cannot start a process.

    Signals are blocked until the id is known.
    """
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        process = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return 0
    if not process:
        handled = (number for number in ENDING_SIGNALS if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM)
        Interruption(handled)
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            run()
        finally:
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return process


def _send_result(
    function: Callable[[], Second], write_end: int, life_read_end: int, life_write_end: int, folder: Path
) -> NoReturn:
    """Write the result of a function to a pipe and end the process, without the exit handlers of the first process."""
    status = 1
    try:
        os.close(life_write_end)
        threading.Thread(target=_end_with_the_first_process, args=(life_read_end,), daemon=True).start()
        tempfile.tempdir = str(folder)
        try:
            answer: tuple[str, object] = ("result", function())
        except IpdocsError as error:
            answer = ("findings", error.findings)
        except (OSError, MemoryError, RecursionError) as error:
            answer = ("error", error)
        except Exception as error:
            from traceback import format_exc

            answer = ("failure", (f"{type(error).__name__}: {error}", format_exc()))
        with os.fdopen(write_end, "wb") as pipe:
            pickle.dump(answer, pipe)
        status = 0
    finally:
        remove_all()
        os._exit(status)


def _end_with_the_first_process(life_read_end: int) -> None:
    """Wait until the first process has ended, then end this process, too."""
    os.read(life_read_end, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_PERIOD)
    os._exit(1)


def _received_result(data: bytes, process: int) -> Any:
    """Return the result of the forked process, or raise its error."""
    if not data:
        status = os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        if status and status.si_code in (os.CLD_KILLED, os.CLD_DUMPED):
            name = signal.Signals(status.si_status).name
            hint = "run the command again; if memory is short, build fewer documents at a time"
            raise IpdocsError([Finding("process-killed", f"the second process of this command was ended by {name}", None, hint)])
        raise RuntimeError("the forked process ended without a result")
    kind, answer = pickle.loads(data)  # noqa: S301 - written by our own process
    if kind == "findings":
        raise IpdocsError(answer)
    if kind == "error":
        raise answer
    if kind == "failure":
        message, trace = answer
        error = RuntimeError(f"{message}, in the forked process")
        error.add_note(trace)
        raise error
    return answer
