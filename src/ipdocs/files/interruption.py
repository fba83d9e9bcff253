"""Signals that end a process early: they come as an exception, so that temporary files and child processes go on the way up."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable
from typing import Any

ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends a process early, and can be answered."""

_MOMENT = 0.01


class Interrupted(BaseException):
    """The process was sent a signal that ends it."""


class Interruption:
    """Raises Interrupted in the main thread at the first signal, wherever that comes; later ones do nothing.

    Python drops an exception that a finaliser or a callback of a C library raises: then it is raised again a moment later.
    """

    def __init__(self, numbers: Iterable[signal.Signals]) -> None:
        """Answer these signals from now on."""
        self.number = 0
        """The signal that came; 0 before that."""
        self._is_over = False
        self._hook = sys.unraisablehook
        sys.unraisablehook = self._dropped
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._again)
        for number in numbers:
            signal.signal(number, self._come)

    def end(self) -> None:
        """Let no signal do anything any more."""
        self._is_over = True

    def _come(self, number: int, frame: object) -> None:
        if not self.number and not self._is_over:
            self.number = number
            raise Interrupted

    def _again(self, number: int, frame: object) -> None:
        if not self._is_over:
            raise Interrupted

    def _dropped(self, unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, Interrupted):
            self._hook(unraisable)
        elif hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _MOMENT)
