"""The web application of the desk: its pages, and the table of routes below /api."""

from __future__ import annotations

import asyncio
import inspect
import logging
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route as StarletteRoute

from ipdocs.desk import guard
from ipdocs.desk.answers import Answer
from ipdocs.desk.desk import Desk
from ipdocs.desk.errors import DeskError
from ipdocs.desk.requests import request_data
from ipdocs.desk.routes import ROUTES, Route
from ipdocs.desk.sentences import with_sentences
from ipdocs.desk.tickets import redeem
from ipdocs.findings import Finding, IpdocsError
from ipdocs.workspace import find_workspace

STATIC = Path(__file__).parent / "static"
"""The folder of the pages, which esbuild makes from frontend/."""
MEDIA_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}
PAGES = ("/", "/d/{document}", "/d/{document}/{page}", "/import", "/terms", "/actions", "/desk")
"""Addresses of pages: all are the same file, whose script draws the page of the address."""
STATUS_OF_CODE = {"cannot-write": 507, "no-such-file": 404, "file-exists": 409}
"""Status codes of findings; 422 is that of all others."""
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_LOG = logging.getLogger("ipdocs.desk")
Endpoint = Callable[[Request], Awaitable[Response]]


def make_app(desk: Desk) -> Starlette:
    """Return the web application."""
    routes = [StarletteRoute(path, _guarded(desk, _page, secret=False), methods=["GET"]) for path in PAGES]
    routes.append(StarletteRoute("/static/{name}", _guarded(desk, _static, secret=False), methods=["GET"]))
    routes.append(StarletteRoute("/api/enter", _guarded(desk, partial(_enter, desk), secret=False), methods=["POST"]))
    routes.append(StarletteRoute("/api/hello", _guarded(desk, partial(_hello, desk), secret=False), methods=["GET"]))
    routes.append(StarletteRoute("/api/get/{ticket}", _guarded(desk, partial(_download, desk), secret=False), methods=["GET"]))
    routes.append(StarletteRoute("/api/events", _guarded(desk, partial(_events, desk)), methods=["GET"]))
    for route in ROUTES:
        endpoint = _guarded(desk, partial(_handle, desk, route))
        routes.append(StarletteRoute(f"/api{route.path}", endpoint, methods=[route.method]))
    routes.append(StarletteRoute("/{rest:path}", _guarded(desk, _missing, secret=False), methods=_METHODS))
    return Starlette(routes=routes)


def _guarded(desk: Desk, endpoint: Endpoint, *, secret: bool = True) -> Endpoint:
    """Return an endpoint that answers only to the pages of the desk, with findings for every error."""

    async def answer(request: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        request.state.nonce = nonce
        try:
            guard.check_headers(request.headers.keys())
            desk.guard.check_address(request.method, request.headers)
            if secret:
                desk.guard.check_secret(request.headers)
            response = await endpoint(request)
        except DeskError as error:
            response = _refused(desk, error.body, error.status)
        except IpdocsError as error:
            status = next((STATUS_OF_CODE[item.code] for item in error.findings if item.code in STATUS_OF_CODE), 422)
            response = _refused(desk, {"findings": [finding.as_dict() for finding in error.findings]}, status)
        except Exception as error:
            response = _refused(desk, {"findings": [fault(error).as_dict()]}, 500)
        response.headers.update(guard.HEADERS)
        response.headers["Content-Security-Policy"] = guard.CONTENT_SECURITY_POLICY.format(nonce=nonce)
        return response

    return answer


def _refused(desk: Desk, body: dict[str, Any], status: int) -> JSONResponse:
    """Return an answer that is not a success, with the everyday sentences of its findings."""
    if "findings" in body:
        body = {**body, "findings": with_sentences(body["findings"], find_workspace(desk.workspace / "source"))}
    return JSONResponse(body, status)


async def _handle(desk: Desk, route: Route, request: Request) -> Response:
    data = {**request.query_params, **await request_data(request, takes_files=route.takes_files), **request.path_params}
    arguments: list[Any] = [desk]
    if name := data.pop("document", None) if "{document}" in route.path else None:
        document = await run_in_threadpool(desk.documents.hold, name)
        arguments = [document, desk] if route.with_desk else [document]
    if inspect.iscoroutinefunction(route.handler):
        return _response(await route.handler(data, *arguments))
    if name:
        run = partial(route.handler, data, *arguments)
        return _response(await asyncio.get_running_loop().run_in_executor(document.thread, run))
    return _response(await run_in_threadpool(route.handler, data, *arguments))


def _response(result: Any) -> Response:
    if result is None:
        return Response(status_code=204)
    answer = result if isinstance(result, Answer) else Answer(result)
    if isinstance(answer.body, bytes):
        return Response(answer.body, answer.status, dict(answer.headers), answer.media_type)
    return JSONResponse(answer.body, answer.status, dict(answer.headers))


async def _page(request: Request) -> Response:
    page = (STATIC / "index.html").read_text("utf-8").replace("{nonce}", request.state.nonce)
    return Response(page, media_type="text/html")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in {path.name for path in STATIC.iterdir()}:
        return await _missing(request)
    path = STATIC / name
    return Response(path.read_bytes(), media_type=MEDIA_TYPES[path.suffix])


async def _enter(desk: Desk, request: Request) -> Response:
    data = await request_data(request)
    if "code" in data:
        return JSONResponse(desk.guard.enter_with_code(str(data["code"])))
    if "proof" in data:
        return JSONResponse(desk.guard.enter_with_proof(str(data.get("nonce")), str(data["proof"])))
    desk.guard.check_secret(request.headers)
    return JSONResponse(desk.guard.secrets())


async def _hello(desk: Desk, request: Request) -> Response:
    return JSONResponse({**desk.guard.hello(request.query_params.get("n", "")), "version": version("ipdocs")})


async def _download(desk: Desk, request: Request) -> Response:
    return _response(await run_in_threadpool(redeem, desk, request.path_params["ticket"]))


async def _events(desk: Desk, request: Request) -> Response:
    return StreamingResponse(desk.events.stream(request.headers.get("last-event-id", "")), media_type="text/event-stream")


async def _missing(request: Request) -> Response:
    is_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if is_page and not request.url.path.startswith(("/api/", "/static/")):
        page = await _page(request)  # its script says that there is no such page
        page.status_code = 404
        return page
    finding = Finding("no-such-file", "there is no such address on the desk", None, "go back to the list of documents")
    return JSONResponse({"findings": [finding.as_dict()]}, 404)


def fault(error: Exception) -> Finding:
    """Return the finding for an error of the desk itself; where it happened goes into the log."""
    _LOG.error("the desk made an error", exc_info=error)
    hint = "load the page again; if it happens again, report what `ipdocs desk` has printed to the maintainers"
    return Finding("desk-fault", f"the desk made an error: {type(error).__name__}", None, hint)
