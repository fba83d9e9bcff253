"""The drawing process, and what waits for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from ipdocs.desk.worker import Worker, WorkerStopped

SECONDS = 20.0
"""The time that drawing may take."""


@dataclass(slots=True)
class _Order:
    """Something to be drawn, and those who wait for it."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    waiting: list[Future[Any]] = field(default_factory=list)


class Drawing:
    """The drawing process, and what it is asked for. The newest request is done first.

    A request replaces an earlier one with the same key that has not begun; whoever waited for the earlier one gets the newer
    result.
    """

    def __init__(self) -> None:
        self.worker = Worker()
        self._orders: OrderedDict[Hashable, _Order] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have a function called in the drawing process.

        Args:
            key: what is asked for, whatever the version of the document.
            function: the function.
            arguments: its arguments.
        """
        future: Future[Any] = Future()
        with self._changed:
            if self._closed:
                raise WorkerStopped(in_time=True)
            earlier = self._orders.pop(key, None)
            self._orders[key] = _Order(function, arguments, [*(earlier.waiting if earlier else ()), future])
            if self._thread is None:
                self._thread = threading.Thread(target=self._draw, name="draw pages", daemon=True)
                self._thread.start()
            self._changed.notify()
        return future

    def close(self) -> None:
        """End the drawing process."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self.worker.close()

    def _draw(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._orders or self._closed)
                if self._closed:
                    for order in self._orders.values():
                        _settle(order, None, WorkerStopped(in_time=True))
                    return
                _, order = self._orders.popitem()
            try:
                result = self.worker.run(order.function, *order.arguments, seconds=SECONDS)
            except Exception as error:
                _settle(order, None, error)
            else:
                _settle(order, result, None)


def _settle(order: _Order, result: Any, error: Exception | None) -> None:
    for future in order.waiting:
        if not future.set_running_or_notify_cancel():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
