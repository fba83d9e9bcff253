"""The event stream: what has happened is told to every open page, and kept for those that were away for a moment."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any

KEPT = 1000
"""The number of events that are kept for pages that come back."""
HEARTBEAT = 15.0
"""Seconds after which something is sent even if nothing has happened."""


class Events:
    """The events of a desk. Any thread may publish one."""

    def __init__(self) -> None:
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._last = 0
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._ended = False

    def publish(self, event: Mapping[str, Any]) -> None:
        """Send an event, such as {"type": "saved", "document": …, "version": …}, to every page."""
        with self._lock:
            self._last += 1
            data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
            self._kept.append((self._last, f"id: {self._last}\ndata: {data}\n\n".encode()))
            waiting = list(self._waiting)
        for loop, happened in waiting:
            loop.call_soon_threadsafe(happened.set)

    def end(self) -> None:
        """End all streams, when the desk stops."""
        self._ended = True
        for loop, happened in list(self._waiting):
            loop.call_soon_threadsafe(happened.set)

    async def stream(self, after: int | None, heartbeat: float = HEARTBEAT) -> AsyncIterator[bytes]:
        """Yield the events after the one with a number, and then every new one, in the format of server-sent events.

        Args:
            after: the number of the last event that the page has; None for new ones only. If it is no longer kept,
                an event of type "lost" tells the page to load again.
            heartbeat: seconds after which an empty comment is sent.
        """
        happened = asyncio.Event()
        entry = (asyncio.get_running_loop(), happened)
        with self._lock:
            self._waiting.add(entry)
            last = self._last if after is None else after
        try:
            yield f"id: {last}\nretry: 1000\n\n".encode()
            while True:
                happened.clear()
                with self._lock:
                    first = self._kept[0][0] if self._kept else self._last + 1
                    lost = last > self._last or last + 1 < first
                    events = [] if lost else [(number, data) for number, data in self._kept if number > last]
                    if lost:
                        last = self._last
                if lost:
                    yield f'id: {last}\ndata: {{"type":"lost"}}\n\n'.encode()
                for number, data in events:
                    yield data
                    last = number
                if events:
                    continue
                if self._ended:
                    return
                else:
                    try:
                        await asyncio.wait_for(happened.wait(), heartbeat)
                    except TimeoutError:
                        yield b": still here\n\n"
        finally:
            with self._lock:
                self._waiting.discard(entry)
