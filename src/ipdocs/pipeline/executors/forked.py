"""Two things done at once on two cores: one in this process, one in a forked one."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

from ipdocs.findings import IpdocsError, collect
from ipdocs.pipeline.executors import INLINE, Executor, Item, Result

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
    reading, writing = os.pipe()
    gc.freeze()  # what both have is looked at by no collector, so that it stays shared
    process = os.fork()
    if not process:
        os.close(reading)
        _answer(aside, writing)
    os.close(writing)
    data = b""

    def answered() -> Any:
        nonlocal data
        data = pipe.read()
        return _outcome(data)

    with os.fdopen(reading, "rb") as pipe:
        try:
            first, second = collect(lambda function: function(), (here, answered))
        finally:
            if not data:
                os.kill(process, 9)
            os.waitpid(process, 0)
            gc.unfreeze()
    return first, second


def _answer(aside: Callable[[], Aside], writing: int) -> NoReturn:
    """Write what a function makes and end the process, running nothing that was meant for the end of the other one."""
    status = 1
    try:
        with tempfile.TemporaryDirectory(prefix="ipdocs-") as folder:
            tempfile.tempdir = folder
            try:
                answer: tuple[str, object] = ("made", aside())
            except IpdocsError as error:
                answer = ("findings", error.findings)
            except Exception:
                from traceback import format_exc

                answer = ("failure", format_exc())
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        status = 0
    finally:
        os._exit(status)


def _outcome(data: bytes) -> Any:
    """Return what the other process made, or raise what it raised."""
    if not data:
        raise RuntimeError("the process beside this one ended without an answer")
    kind, answer = pickle.loads(data)  # noqa: S301 - from our own process
    if kind == "findings":
        raise IpdocsError(answer)
    if kind == "failure":
        raise RuntimeError(f"in the process beside this one:\n{answer}")
    return answer
