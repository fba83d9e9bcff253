"""Turn signals that end the process into an exception, so that temporary files and child processes are cleaned up."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable
from importlib.machinery import ExtensionFileLoader
from types import FrameType
from typing import Any

ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a process to end, as far as they exist on this system."""

_RETRY_SECONDS = 0.01


class Interrupted(BaseException):
    """Raised when the process receives a signal that ends it."""


class Interruption:
    """A signal handler that raises Interrupted in the main thread at the first signal and ignores later signals.

    Python drops an exception that is raised in a finaliser or in a callback from a C library. If that happens to
    Interrupted, it is raised again shortly afterwards. If the signal arrives while a C extension is being initialised,
    Interrupted is raised afterwards, because some extensions end the process when their initialisation fails.
    """

    def __init__(self, signals: Iterable[signal.Signals]) -> None:
        """Install the handler for the given signals."""
        self.signal_number = 0
        """The number of the signal received; 0 until a signal is received."""
        self._is_over = False
        self._default_hook = sys.unraisablehook
        sys.unraisablehook = self._retry_dropped
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._raise_again)
        for number in signals:
            signal.signal(number, self._handle)

    def end(self) -> None:
        """Ignore all signals from now on."""
        self._is_over = True

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if not self.signal_number and not self._is_over:
            self.signal_number = number
            self._raise(frame)

    def _raise_again(self, number: int, frame: FrameType | None) -> None:
        if not self._is_over:
            self._raise(frame)

    def _raise(self, frame: FrameType | None) -> None:
        if _is_initialising_an_extension(frame) and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _RETRY_SECONDS)
        else:
            raise Interrupted

    def _retry_dropped(self, unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, Interrupted):
            self._default_hook(unraisable)
        elif hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _RETRY_SECONDS)


def _is_initialising_an_extension(frame: FrameType | None) -> bool:
    while frame:
        if isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
            return True
        frame = frame.f_back
    return False
