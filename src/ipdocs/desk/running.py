"""Start the desk for a workspace: its state folder, its port, and the address that lets a page in."""

from __future__ import annotations

import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError

FIRST_PORT = 8417


def serve(workspace: Path, state: Path, port: int | None, opened: Callable[[str], None]) -> None:
    """Serve a workspace until the desk is stopped.

    Args:
        workspace: the folder with the documents.
        state: the folder for the state of all desks.
        port: the port to listen on; None for the usual one.
        opened: called with the address that lets a page in, as soon as the desk listens.

    Raises:
        IpdocsError: the port is taken, or the pages of the desk are not built.
    """
    import secrets

    from uvicorn import Config, Server

    from ipdocs.desk.app import STATIC, make_app
    from ipdocs.desk.desk import Desk
    from ipdocs.desk.drawing import Drawing
    from ipdocs.desk.events import Events
    from ipdocs.desk.guard import Guard
    from ipdocs.desk.registry import Documents

    if not (STATIC / "main.js").is_file():
        hint = "install Node.js, and run `make pages` in the checkout"
        raise IpdocsError([Finding("pages-not-built", "the pages of the desk are not built", None, hint)])
    listener = _listen(port)
    guard = Guard(secrets.token_bytes(32), listener.getsockname()[1])
    events = Events()
    folder = state / sha256(str(workspace).encode()).hexdigest()[:16]
    server: Server

    def stop() -> None:
        events.end()
        server.should_exit = True

    desk = Desk(workspace, folder, guard, events, Documents(workspace, folder, events.publish), Drawing(), stop)
    config = Config(
        make_app(desk),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    server = Server(config)
    opened(f"{guard.address}/#c={guard.new_code()}")
    try:
        server.run(sockets=[listener])
    finally:
        desk.drawing.close()
        desk.documents.close()


def _listen(port: int | None) -> socket.socket:
    for number in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + 100):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
            listener.listen(64)
        except OSError:
            listener.close()
        else:
            return listener
    hint = "choose another with --port, or leave --port out"
    raise IpdocsError([Finding("port-taken", f"another program listens on port {port}", None, hint)])
