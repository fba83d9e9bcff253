"""The event stream: what has happened is told to every open page, and kept for those that were away for a moment."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

KEPT = 1000
"""The number of events that are kept for pages that come back."""
HEARTBEAT = 15.0
"""Seconds after which something is sent even if nothing has happened."""


class Events:
    """The events of a desk. Any thread may publish one."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._last = 0
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._ended = False

    def publish(self, event: Mapping[str, Any]) -> None:
        """Send an event, such as {"type": "saved", "document": …, "version": …}, to every page."""
        data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._last += 1
            self._kept.append((self._last, f"id: {self._id(self._last)}\ndata: {data}\n\n".encode()))
        self._wake()

    @property
    def last_id(self) -> str:
        """The id of the last event."""
        with self._lock:
            return self._id(self._last)

    def end(self) -> None:
        """End all streams, when the desk stops."""
        self._ended = True
        self._wake()

    async def stream(self, after: str, heartbeat: float = HEARTBEAT) -> AsyncIterator[bytes]:
        """Yield the events after the one with an id, and then every new one, in the format of server-sent events.

        Args:
            after: the id of the last event that the page has; empty for new ones only. If that is no longer kept, or of another
                run of the desk, an event of type "lost" tells the page to read everything again.
            heartbeat: seconds after which an empty comment is sent.
        """
        happened = asyncio.Event()
        entry = (asyncio.get_running_loop(), happened)
        with self._lock:
            self._waiting.add(entry)
            last, is_lost = self._position(after)
        try:
            lost = 'data: {"type":"lost"}\n' if is_lost else ""
            yield f"id: {self._id(last)}\n{lost}\n".encode()
            while True:
                happened.clear()
                with self._lock:
                    events = [(number, data) for number, data in self._kept if number > last]
                if events and events[0][0] > last + 1:
                    yield b'data: {"type":"lost"}\n\n'
                for number, data in events:
                    yield data
                    last = number
                if not events and self._ended:
                    return
                if not events:
                    try:
                        await asyncio.wait_for(happened.wait(), heartbeat)
                    except TimeoutError:
                        yield b": still here\n\n"
        finally:
            with self._lock:
                self._waiting.discard(entry)

    def _position(self, after: str) -> tuple[int, bool]:
        """Return the number of the last event that a page has, and whether it has missed some that are no longer kept."""
        run, _, digits = after.partition("-")
        number = int(digits) if digits.isdecimal() and len(digits) < 16 else -1
        first = self._kept[0][0] if self._kept else self._last + 1
        if not after:
            return self._last, False
        if run != self._run or not first - 1 <= number <= self._last:
            return self._last, True
        return number, False

    def _id(self, number: int) -> str:
        return f"{self._run}-{number}"

    def _wake(self) -> None:
        with self._lock:
            waiting = list(self._waiting)
        for loop, happened in waiting:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(happened.set)
