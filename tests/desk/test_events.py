"""The event stream: over a real socket, and in the windows of a browser."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from ipdocs.desk.events import KEPT, Events

Result = TypeVar("Result")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: Playwright keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def read(events: Events, after: str, count: int, heartbeat: float = 5) -> list[str]:
    stream = events.stream(after, heartbeat)
    parts = [(await anext(stream)).decode() for _ in range(count)]
    await stream.aclose()  # type: ignore[attr-defined]
    return parts


def data_of(part: str) -> Any:
    return next((json.loads(line[6:]) for line in part.splitlines() if line.startswith("data: ")), None)


def test_a_page_that_comes_back_gets_what_it_missed() -> None:
    events = Events()
    events.publish({"type": "saved", "version": 1})
    known = events.last_id
    events.publish({"type": "saved", "version": 2})
    events.publish({"type": "saved", "version": 3})
    parts = run_apart(read(events, known, 3))
    assert [data_of(part) for part in parts] == [None, {"type": "saved", "version": 2}, {"type": "saved", "version": 3}]


def test_a_new_page_gets_only_new_events() -> None:
    events = Events()
    events.publish({"type": "saved"})

    async def listen() -> list[str]:
        reading = asyncio.create_task(read(events, "", 2))
        await asyncio.sleep(0)
        await asyncio.to_thread(events.publish, {"type": "changed"})
        return await reading

    assert data_of(run_apart(listen())[1]) == {"type": "changed"}


@pytest.mark.parametrize("after", ["1234abcd-1", "x", "{run}-999999", "{run}--5", "{run}-", "{run}-0"])
def test_a_page_whose_events_are_gone_is_told(after: str) -> None:
    events = Events()
    run = events.last_id.partition("-")[0]
    for number in range(KEPT + 5):
        events.publish({"type": "saved", "version": number})
    (part,) = run_apart(read(events, after.format(run=run), 1))
    assert data_of(part) == {"type": "lost"}
    assert f"id: {events.last_id}" in part


def test_a_quiet_stream_has_a_heartbeat() -> None:
    assert run_apart(read(Events(), "", 2, heartbeat=0.01))[1].startswith(":")


@pytest.fixture
def stream(desk: Any) -> Iterator[Callable[[str], Any]]:
    connections = []

    def open_(last: str = "") -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
        connections.append(connection)
        headers = {"Authorization": f"Bearer {desk.secret}", **({"Last-Event-ID": last} if last else {})}
        connection.request("GET", "/api/events", headers=headers)
        return connection.getresponse()

    yield open_
    for connection in connections:
        connection.close()


def test_the_stream_ends_when_the_desk_stops(desk: Any, stream: Callable[[str], Any]) -> None:
    response = stream("")
    assert response.getheader("content-type").startswith("text/event-stream")
    desk.post("/desk/stop", {})
    assert data_of(response.read().decode()) == {"type": "stop"}
    assert desk.process.wait(timeout=30) == 0


@pytest.mark.slow
def test_windows_share_one_stream_and_outlive_its_owner(desk: Any, open_page: Callable[..., Any]) -> None:
    first = open_page(desk)
    streams: list[str] = []
    first.context.on("request", lambda request: "/api/events" in request.url and streams.append(request.url))
    second = first.context.new_page()
    second.goto(f"http://127.0.0.1:{desk.port}/#c={desk.post('/desk/entry', {})['code']}")
    second.wait_for_selector("main[data-ready]")
    listen = "() => { window.heard = []; new BroadcastChannel('ipdocs-events').onmessage = ({data}) => window.heard.push(data); }"
    second.evaluate(listen)
    assert streams == []  # the first window reads the stream for both
    first.close()
    second.wait_for_function("() => navigator.locks.query().then(({held}) => held.some(({name}) => name === 'ipdocs-events'))")
    second.wait_for_timeout(200)
    assert len(streams) == 1


@pytest.mark.slow
def test_an_open_window_finds_a_restarted_desk(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk)
    asked: list[tuple[str, bool]] = []
    desk.kill()
    page.on("request", lambda request: asked.append((request.url, "authorization" in request.headers)))
    page.wait_for_timeout(1500)
    desk.start()
    page.wait_for_function("() => fetch('/api/hello?n=' + 'x'.repeat(20)).then(() => true)")
    page.wait_for_timeout(2500)
    greetings = [url for url, _ in asked if "/api/hello" in url]
    assert greetings
    first_secret = next(index for index, (_, has_secret) in enumerate(asked) if has_secret)
    assert any(
        url.endswith("/api/enter") for url, _ in asked[:first_secret]
    )  # nothing is sent before both have proved themselves
    page.get_by_role("link", name="Documents").first.click()
    page.wait_for_selector("main[data-ready]")
