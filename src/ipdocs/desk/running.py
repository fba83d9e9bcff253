"""Run the desk of a workspace: its folder for state, its port, and the one that runs already."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Callable
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from ipdocs.files.private import lock_private, read_private, remove_private, write_private
from ipdocs.findings import Finding, IpdocsError

FIRST_PORT = 8417
_PORTS = 200
_WAIT = 5.0
"""Seconds to wait for a desk that another process is just starting."""

Opened = Callable[[str, Path], None]
"""A function that gets the address that lets a page in, and a file for the browser that leads to another such address."""


def run_desk(workspace: Path, states: Path, port: int | None, opened: Opened, *, read_only: bool = False) -> None:
    """Run the desk of a workspace until it is stopped; if it runs already, only let a page in to that one.

    Args:
        workspace: the folder with the documents, without symbolic links.
        states: the folder for the state of the desks of all workspaces.
        port: the port to listen on, 0 for any; None for the one of the last time.
        opened: called as soon as the desk listens.
        read_only: whether documents are only shown.

    Raises:
        IpdocsError: the port is taken, the pages of the desk are not built, or the desk that runs does not answer.
    """
    from ipdocs.desk.app import STATIC

    if not (STATIC / "main.js").is_file():
        hint = "install Node.js 20 or newer, and run `make pages` in the checkout"
        raise IpdocsError([Finding("pages-not-built", "the pages of the desk are not built", None, hint)])
    folder = states / sha256(str(workspace).encode()).hexdigest()[:16]
    lock = lock_private(folder / "lock")
    key = _workspace_key(folder)
    if lock is None or (lock < 0 and _answers(folder, key)):
        opened(*_of_running(folder, key))
        return
    listener = _listen(folder, port)
    number = listener.getsockname()[1]
    if port != 0:
        write_private(folder / "port", str(number).encode())
    write_private(folder / "running", str(number).encode())
    try:
        _serve(workspace, folder, key, listener, opened, read_only=read_only)
    finally:
        remove_private(folder / "running")
        listener.close()


def _serve(workspace: Path, folder: Path, key: bytes, listener: socket.socket, opened: Opened, *, read_only: bool) -> None:
    from ipdocs.desk.app import make_app
    from ipdocs.desk.desk import Desk
    from ipdocs.desk.drawing import Drawing
    from ipdocs.desk.entry import new_entry
    from ipdocs.desk.events import Events
    from ipdocs.desk.guard import Guard
    from ipdocs.desk.home_index import HomeIndex
    from ipdocs.desk.jobs import Jobs
    from ipdocs.desk.registry import Documents
    from ipdocs.desk.server import DeskServer
    from ipdocs.desk.worker import Worker

    events = Events()
    server = DeskServer(events)
    guard = Guard(key, listener.getsockname()[1])
    documents = Documents(workspace, folder, events.publish, read_only=read_only)
    drawing, jobs, importing = Drawing(), Jobs(folder, events), Worker()
    home = HomeIndex(workspace, folder, events.publish, documents.is_writing)
    desk = Desk(workspace, folder, guard, events, documents, drawing, jobs, importing, home, server.stop)
    entry = new_entry(desk)
    opened(f"{guard.address}/#c={guard.new_code()}", entry)
    try:
        server.run_app(make_app(desk), listener)
    finally:
        remove_private(entry)
        importing.close()
        home.close()
        jobs.close()
        drawing.close()
        documents.close()


def _workspace_key(folder: Path) -> bytes:
    """Return the key of the workspace; make it the first time, or when others could read it."""
    path = folder / "key"
    key = read_private(path)
    if key is None or len(key) != 32:
        key = secrets.token_bytes(32)
        write_private(path, key)
    return key


def _listen(folder: Path, port: int | None) -> socket.socket:
    """Return a socket that listens on a port, or by default on that of the last time or the next that no workspace has.

    Raises:
        IpdocsError: the port that was asked for is taken.
    """
    if port is not None:
        ports = [port]
    else:
        others = {_kept_port(path) for path in folder.parent.glob("*/port") if path.parent != folder}
        free = [number for number in range(FIRST_PORT, FIRST_PORT + _PORTS) if number not in others]
        ports = [*filter(None, [_kept_port(folder / "port")]), *free]
    for number in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR would let two programs listen
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", number))
            listener.listen(64)
        except OSError as error:
            listener.close()
            reason = error.strerror
        else:
            return listener
    hint = "choose another with --port, or leave --port out"
    raise IpdocsError([Finding("port-taken", f"the desk cannot listen on port {ports[0]}: {reason}", None, hint)])


def _kept_port(path: Path) -> int | None:
    data = read_private(path)
    return int(data) if data and data.isdigit() and 0 < int(data) < 65536 else None


def _of_running(folder: Path, key: bytes) -> tuple[str, Path]:
    """Return the address and the file that let a page in to the desk that another process runs.

    Raises:
        IpdocsError: it does not answer.
    """
    end = time.monotonic() + _WAIT
    while True:
        try:
            return _ask_running(folder, key)
        except (OSError, HTTPException, KeyError, ValueError) as error:
            if time.monotonic() > end:
                message = "the desk of this folder runs already, but does not answer"
                hint = "end that `ipdocs desk` with Ctrl+C in its window, and start it again"
                raise IpdocsError([Finding("desk-not-answering", message, None, hint)]) from error
            time.sleep(0.1)


def _answers(folder: Path, key: bytes) -> bool:
    """Whether a desk of this workspace answers, on systems where a lock does not tell."""
    try:
        _ask_running(folder, key)
    except (OSError, HTTPException, KeyError, ValueError):
        return False
    return True


def _ask_running(folder: Path, key: bytes) -> tuple[str, Path]:
    """Ask the desk that runs for a way in, after it has proved that it is the one of this workspace."""
    from ipdocs.desk.guard import proof

    port = _kept_port(folder / "running")
    if port is None:
        raise ValueError("no port")
    address = f"http://127.0.0.1:{port}"
    nonce = secrets.token_urlsafe(32)
    hello = _ask(port, "GET", f"/api/hello?n={nonce}")
    if not secrets.compare_digest(str(hello["proof"]), proof(key, "desk", nonce, address)):
        raise ValueError("another program")
    own = {"nonce": hello["nonce"], "proof": proof(key, "page", hello["nonce"], address)}
    secret = _ask(port, "POST", "/api/enter", own)["secret"]
    answer = _ask(port, "POST", "/api/desk/entry", {}, secret)
    return f"{address}/#c={answer['code']}", Path(answer["file"])


def _ask(port: int, method: str, path: str, body: Any = None, secret: str = "") -> dict[str, Any]:
    headers = {"Origin": f"http://127.0.0.1:{port}"} if body is not None else {}
    headers |= {"Authorization": f"Bearer {secret}"} if secret else {}
    headers |= {"Content-Type": "application/json"} if body is not None else {}
    connection = HTTPConnection("127.0.0.1", port, timeout=_WAIT)
    try:
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = json.loads(connection.getresponse().read(100_000))
    finally:
        connection.close()
    return dict(answer)
