"""Processes apart from the desk: what they do slows nothing else down, can be stopped, and takes no words along if it crashes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any

from ipdocs.files.interruption import Interrupted, Interruption
from ipdocs.findings import IpdocsError

_GRACE_SECONDS = 3.0
"""The time that a process has to end by itself."""
Progress = Callable[[Any], None]


class WorkerStopped(Exception):
    """The process has ended in the middle of its work.

    Attributes:
        in_time: false if it was ended because it took too long.
    """

    def __init__(self, *, in_time: bool) -> None:
        self.in_time = in_time
        super().__init__("the process has ended" if in_time else "the process took too long")


class Worker:
    """A process that calls one function at a time. It starts when it is first needed, and again when it has ended."""

    def __init__(self) -> None:
        self._process: Any = None
        self._connection: Connection | None = None
        self._busy, self._state = threading.Lock(), threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process, or None if it does not run."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        seconds: float | None = None,
        on_progress: Progress | None = None,
    ) -> Any:
        """Call a function of a module in the process, and return its result; arguments and result must be picklable.

        Args:
            function: the function.
            arguments: its arguments.
            seconds: the time after which the process is ended; None for no limit.
            on_progress: called with what the function reports; the function then has `on_progress` as a keyword argument.

        Raises:
            WorkerStopped: the process has ended, or took too long.
            IpdocsError: the function raised it.
            RuntimeError: the function raised another exception.
        """
        with self._busy:
            connection = self._started()
            try:
                connection.send((function, arguments, on_progress is not None))
                while True:
                    if not connection.poll(seconds):
                        self.end()
                        raise WorkerStopped(in_time=False)
                    kind, content = connection.recv()
                    if kind == "progress" and on_progress:
                        on_progress(content)
                        continue
                    break
            except (EOFError, OSError) as error:
                self.end()
                raise WorkerStopped(in_time=True) from error
        if kind == "findings":
            raise IpdocsError(content)
        if kind == "fault":
            raise RuntimeError(content)
        return content

    def end(self) -> None:
        """End the process; it may still put back the files that it was about to replace."""
        with self._state:
            if self._process is not None:
                self._process.terminate()
                self._process.join(_GRACE_SECONDS)
                self._process.kill()
                self._process.join()
                self._process = None

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self.end()

    def _started(self) -> Connection:
        with self._state:
            if self._closed:
                raise WorkerStopped(in_time=True)
            if self._process is None or not self._process.is_alive() or self._connection is None:
                context = get_context("spawn")
                self._connection, theirs = context.Pipe()
                self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
                self._process.start()
                theirs.close()
            return self._connection


def _serve(connection: Connection) -> None:
    """Call the functions that are asked for, until the desk ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the desk, which ends its processes itself
    Interruption([signal.SIGTERM])
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def report(step: Any) -> None:
        connection.send(("progress", step))

    with suppress(EOFError, OSError, Interrupted):
        while True:
            function, arguments, reports = connection.recv()
            connection.send(_answer(function, arguments, report if reports else None))


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...], on_progress: Progress | None) -> tuple[str, Any]:
    import traceback

    try:
        return "result", function(*arguments, on_progress=on_progress) if on_progress else function(*arguments)
    except IpdocsError as error:
        return "findings", error.findings
    except Exception:
        return "fault", traceback.format_exc()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
