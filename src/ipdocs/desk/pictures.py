"""The pictures of the pages of a document, and the places of its rows on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import asdict
from typing import Any

from ipdocs.desk import draw
from ipdocs.desk.answers import Answer
from ipdocs.desk.desk import Desk
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError, bad_request
from ipdocs.desk.message import message
from ipdocs.desk.worker import WorkerStopped
from ipdocs.locale.language import language
from ipdocs.source.open import Source
from ipdocs.templating.layout import LAYOUTS


async def page(data: dict[str, Any], document: HeldDocument, desk: Desk) -> Answer:
    """Return the picture of a page, or status 304 if it is the one that the browser has."""
    sheet, version = await _sheet(data, document)
    number, width, known = _number(data, "number", 1), _number(data, "w", 800), str(data.get("known", ""))
    key = (document.name, "picture", sheet.edition, sheet.layout, number, width, known)
    drawn = await _drawn(desk, key, draw.picture, sheet, number, width, known)
    headers = {"X-Pages": str(drawn.count), "X-Version": str(version), "X-Digest": drawn.digest}
    return Answer(drawn.data, 200 if drawn.data else 204, "image/webp", headers)


async def places(data: dict[str, Any], document: HeldDocument, desk: Desk) -> dict[str, Any]:
    """Return where the rows stand on the pages, and what the pages say."""
    sheet, version = await _sheet(data, document)
    drawn = await _drawn(desk, (document.name, "places", sheet.edition, sheet.layout), draw.pages, sheet)
    return {"version": version, "pages": drawn.count, **{key: value for key, value in asdict(drawn).items() if key != "count"}}


async def _drawn(desk: Desk, key: Hashable, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what the drawing process makes.

    Raises:
        DeskError: the process has ended or takes too long.
        IpdocsError: the document cannot be drawn.
    """
    try:
        return await asyncio.wrap_future(desk.drawing.ask(key, function, *arguments))
    except WorkerStopped as error:
        reason = message("drawing it was interrupted") if error.in_time else message("drawing it took too long")
        raise DeskError(503, {"reason": reason}) from error


async def _sheet(data: dict[str, Any], document: HeldDocument) -> tuple[draw.Sheet, int]:
    """Return what is to be drawn, and the version of the document."""

    def held() -> tuple[Source, int]:
        return document.source, document.version

    source, version = await asyncio.get_running_loop().run_in_executor(document.thread, held)
    edition, layout = str(data.get("edition", "")), str(data.get("layout") or "parallel")
    codes = edition.split("+") if edition else [str(code) for code in source.document.languages]
    for code in codes:
        language(code, source.workspace)
    if layout not in LAYOUTS:
        raise bad_request(f"there is no layout {layout!r:.40}")
    return draw.Sheet(source.path, source.text.text, source.state.text, "+".join(codes), layout), version


def _number(data: dict[str, Any], name: str, default: int) -> int:
    text = str(data.get(name, default))
    if not text.isdecimal() or len(text) > 5:
        raise bad_request(f"{name} must be a number")
    return int(text)
