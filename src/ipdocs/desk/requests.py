"""What a request brings: JSON or a form with files, within limits."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from ipdocs.desk.answers import Upload
from ipdocs.desk.errors import DeskError
from ipdocs.desk.guard import refused

MAX_BODY = 2_000_000
"""Bytes of a body of JSON."""
MAX_FILE = 25_000_000
"""Bytes of a file."""
MAX_FILES = 100_000_000
"""Bytes of all files of a request."""
_MAX_DRAINED = 2 * MAX_FILES
"""Bytes of a body that is too large, but still read, so that the page gets the answer and not a broken connection."""


async def request_data(request: Request, *, takes_files: bool = False) -> dict[str, Any]:
    """Return the data of the body of a request.

    Args:
        request: the request.
        takes_files: whether the body may be a form with files; they come as "files", which is empty for any other body.

    Raises:
        DeskError: the body is too large, of another type, or malformed.
    """
    if request.method in ("GET", "HEAD"):
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if takes_files and media_type == "multipart/form-data":
        return await _form(request)
    value = _json(await _limited(request, MAX_BODY).body(), media_type)
    return {**value, "files": []} if takes_files else value


def _json(body: bytes, media_type: str) -> dict[str, Any]:
    if not body:
        return {}
    if media_type != "application/json":
        raise refused(415, "the body of the request is not marked as JSON", "load the page again")
    try:
        value = json.loads(body.decode("utf-8"))
        if b"\\ud" in body.lower():
            json.dumps(value, ensure_ascii=False).encode()  # half a character, which no answer could repeat, is no text
    except (ValueError, RecursionError) as error:
        raise refused(400, "the body of the request is not JSON", "load the page again") from error
    if not isinstance(value, dict):
        raise refused(400, "the body of the request is not a JSON object", "load the page again")
    return value


async def _form(request: Request) -> dict[str, Any]:
    """Return the fields of a form, and its files.

    Raises:
        DeskError: a file, or all of them, are too large, or the form is malformed.
    """
    limited = _limited(request, MAX_FILES)
    try:
        form = await limited.form(max_files=100, max_fields=100, max_part_size=MAX_BODY)
    except (MultiPartException, HTTPException, FormParserError) as error:
        raise refused(400, "the form with the files is malformed", "drop the files again") from error
    data: dict[str, Any] = {}
    files = []
    try:
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                data[name] = value
                continue
            if (value.size or 0) > MAX_FILE:
                raise too_large(MAX_FILE, "the file")
            files.append(Upload(_plain_name(value.filename or ""), await value.read()))
    finally:
        await form.close()
    return {**data, "files": files}


def _plain_name(name: str) -> str:
    """Return the name of a file without folders and control characters."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(character for character in last if character.isprintable()).lstrip(".") or "file"


def _limited(request: Request, limit: int) -> Request:
    """Return a request whose body raises an error when it is longer than a limit."""
    announced = request.headers.get("content-length", "0")
    receive = request.receive
    read = 0

    async def receive_within_limit() -> MutableMapping[str, Any]:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit or (announced.isdecimal() and int(announced) > limit):
            while message.get("more_body") and read <= _MAX_DRAINED:
                message = await receive()
                read += len(message.get("body", b""))
            raise too_large(limit, "what was sent")
        return message

    return Request(request.scope, receive_within_limit)


def too_large(limit: int, what: str) -> DeskError:
    """Return the error for something that is larger than a limit."""
    return refused(413, f"{what} is larger than {limit // 1_000_000} MB", "send a smaller file")
