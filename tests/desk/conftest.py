"""What the tests of the desk share: a running desk on a copy of a workspace, and a page in Chromium that is let in."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.placing import locked

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "src/ipdocs/desk/static/main.js"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class RunningDesk:
    """A desk that runs as a process of its own, and a client that is let in."""

    workspace: Path
    state: Path
    environment: dict[str, str]
    process: subprocess.Popen[str] | None = None
    entry: str = ""
    port: int | None = 0
    """None: the one of the last time."""
    secret: str = ""
    log: list[str] = field(default_factory=list)

    def start(self, *options: str) -> None:
        """Start the process; after a stop, on the same port and without letting the client in."""
        port = [] if self.port is None else ["--port", str(self.port)]
        command = [sys.executable, "-m", "ipdocs", "desk", str(self.workspace), "--no-browser", *port, *options]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True, env=self.environment)
        assert self.process.stdout
        line = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)/#c=([\w-]+)", line)
        assert match, line + self.process.stdout.read()
        self.entry, self.port = match[0], int(match[1])

    def enter(self) -> None:
        """Let the client in, with the code of the address."""
        answer = self.call("POST", "/enter", {"code": self.entry.partition("#c=")[2]})
        self.secret = answer[1]["secret"]

    def kill(self) -> None:
        """End the process at once, as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process as a shutdown of the computer does; a job in the background ignores Ctrl+C."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self.process:
            if self.process.poll() is None:
                self.process.send_signal(number)
            self.log.append(self.process.communicate(timeout=30)[0])
            self.process = None

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Send a request below /api; return the status and the JSON."""
        status, _, data = self.request(method, f"/api{path}", body, headers)
        return status, json.loads(data) if data else None

    def get(self, path: str) -> Any:
        """Return the JSON of an address below /api that must answer with 200."""
        status, answer = self.call("GET", path)
        assert status == 200, answer
        return answer

    def post(self, path: str, body: Any) -> Any:
        """Send JSON to an address below /api that must answer with success; return its JSON."""
        status, answer = self.call("POST", path, body)
        assert status in (200, 201, 202, 204), answer
        return answer

    def request(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request; return the status, the headers and the body. A header of "" is left out."""
        address = f"http://127.0.0.1:{self.port}"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Host": address.removeprefix("http://"), **({"Content-Type": "application/json"} if data is not None else {})}
        sent |= {} if method == "GET" else {"Origin": address}
        sent |= {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        sent |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if data is not None and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need Chromium, and those that start a desk."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if {"desk", "open_desk", "shared_desk"} & {*fixtures}:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _pages_are_built() -> None:
    """Make the pages again if what they are made from has changed; they must have been made once, by `make pages`."""
    folder = ROOT / "src/ipdocs/desk/frontend"
    assert (folder / "node_modules").is_dir(), "run: make pages"
    with locked(folder):
        made = PAGES.stat().st_mtime if PAGES.is_file() else 0
        sources = [*folder.glob("*.*"), *(folder / "src").glob("*.ts")]
        if any(path.stat().st_mtime > made for path in sources):
            subprocess.run(["npm", "run", "--silent", "build"], cwd=folder, check=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the example sources."""
    folder = tmp_path / "press-office"
    shutil.copytree(ROOT / "fixtures", folder)
    return folder


@contextmanager
def desks(folder: Path) -> Iterator[Callable[..., RunningDesk]]:
    """Start desks for workspaces, which share a folder for their state; end them afterwards."""
    running: list[RunningDesk] = []

    def start(workspace: Path, *options: str, port: int | None = 0, **environment: str) -> RunningDesk:
        state = folder / "state"
        home = {"XDG_STATE_HOME": str(state), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUNBUFFERED": "1"}
        desk = RunningDesk(workspace, state, {**os.environ, **home, **environment}, port=port)
        running.append(desk)
        desk.start(*options)
        desk.enter()
        return desk

    yield start
    for desk in running:
        desk.stop()


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., RunningDesk]]:
    """Start desks for workspaces; they are ended after the test."""
    with desks(tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk on a copy of the example sources, for all tests of a module that change nothing."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(ROOT / "fixtures", folder / "press-office")
    with desks(folder) as start:
        yield start(folder / "press-office")


@pytest.fixture
def desk(open_desk: Callable[..., RunningDesk], workspace: Path) -> RunningDesk:
    """A desk on a copy of the example sources, with a client that is let in."""
    return open_desk(workspace)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open pages of a desk: `page = open_page(desk, "/d/…")`. Errors and requests to elsewhere come into `page.problems`."""
    contexts = []

    def open_(desk: RunningDesk, path: str = "/", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        address = f"http://127.0.0.1:{desk.port}"
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        page.on(
            "request", lambda request: request.url.startswith((address, "blob:", "data:")) or page.problems.append(request.url)
        )
        code = desk.post("/desk/entry", {})["code"]
        page.goto(f"{address}{path}#c={code}")
        page.wait_for_selector("main[data-ready]")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    """Home of the desk in Chromium, let in."""
    return open_page(desk)
