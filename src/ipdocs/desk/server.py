"""The web server: uvicorn, one worker, for connections of this user only."""

from __future__ import annotations

import asyncio
import socket

from starlette.applications import Starlette
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from ipdocs.desk.events import Events
from ipdocs.desk.peers import is_own


class _OwnConnections(H11Protocol):
    """Closes connections of other users before anything is read."""

    _is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept or refuse a connection."""
        peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        self._is_refused = not peer or not is_own(peer[:2], own[:2])
        if self._is_refused:
            transport.abort()
        else:
            super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Read a request."""
        if not self._is_refused:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Clean up after a connection that was accepted."""
        if not self._is_refused:
            super().connection_lost(exc)


class DeskServer:
    """The server of a desk. It ends by a signal, or by `stop`."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._server: Server | None = None

    def run_app(self, app: Starlette, listener: socket.socket) -> None:
        """Serve an application until the server is stopped."""
        config = Config(
            app,
            http=_OwnConnections,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
        self._server = _EndingServer(config, self._events)
        self._server.run(sockets=[listener])

    def stop(self) -> None:
        """End the server, after the requests that are being answered."""
        if self._server:
            self._server.should_exit = True


class _EndingServer(Server):
    """Tells the pages that the desk stops, so that event streams end at once."""

    def __init__(self, config: Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the event streams, then everything else."""
        self._events.publish({"type": "stop"})
        self._events.end()
        await super().shutdown(sockets)
