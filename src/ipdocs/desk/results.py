"""The Files page of a document: what can be built, what was built, and what to do with the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import combinations
from typing import Any

from ipdocs.desk.answers import Answer
from ipdocs.desk.desk import Desk
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError, bad_request
from ipdocs.desk.message import message
from ipdocs.desk.paths import no_such_document, path_inside
from ipdocs.desk.tickets import OUT
from ipdocs.findings import IpdocsError
from ipdocs.pipeline.manifest import find_manifest, read_manifest
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.source.open import Source
from ipdocs.templating.layout import LAYOUTS

Json = dict[str, Any]
FORMATS = ("docx", "pdf", "html", "txt")


def files(data: Json, document: HeldDocument, desk: Desk) -> Json:
    """Return what can be built from a document, the choice of the last build, its files, and the build that is running."""
    source = document.source
    running = desk.jobs.running(document.name)
    return {
        "editions": _editions(source),
        "formats": list(FORMATS),
        "layouts": list(LAYOUTS),
        "letterheads": _letterheads(desk),
        "choice": {**_usual_choice(source), **_valid(desk.jobs.choice(document.name), source)},
        "built_before": bool(desk.jobs.choice(document.name)),
        "folder": f"{OUT}/{source.document.id}",
        "files": list(_built_files(source, desk)),
        "job": running.as_dict() if running else None,
    }


def build(data: Json, document: HeldDocument, desk: Desk) -> Answer:
    """Start a build, with the choice of the request or else that of the last build."""
    document.refresh()
    if document.problem is not None:
        raise IpdocsError(document.problem.findings)
    source = document.source
    names = ("editions", "formats", "layout", "letterhead", "draft")
    choice = {**_usual_choice(source), **_valid(desk.jobs.choice(document.name), source)}
    choice |= {name: data[name] for name in names if name in data}
    request = _request(choice, source, desk)
    desk.jobs.remember(document.name, choice)
    job = desk.jobs.start(document.name, source.path, desk.workspace / OUT, request)
    return Answer(job.as_dict(), 202)


def job(data: Json, desk: Desk) -> Json:
    """Return how far a build is."""
    job = desk.jobs.find(str(data["job"]))
    if job is None:
        raise DeskError(404, {"reason": message("this build is forgotten")})
    return job.as_dict()


def stop(data: Json, desk: Desk) -> Json:
    """Stop a build; the files of the last one stay."""
    job = desk.jobs.find(str(data["job"]))
    if job is None:
        raise DeskError(404, {"reason": message("this build is forgotten")})
    desk.jobs.stop(job)
    return job.as_dict()


def open_file(data: Json, desk: Desk) -> None:
    """Open a result with the program of this computer, or show it in its folder."""
    import click

    name = str(data.get("path", ""))
    path = path_inside(desk.workspace, name)
    if path.relative_to(desk.workspace).parts[0] != OUT or not path.exists():
        raise no_such_document(name)
    if click.launch(str(path), locate=data.get("folder") is True):
        raise DeskError(422, {"reason": message("no program of this computer opens it: {path}", path=str(path))})


def _request(choice: Json, source: Source, desk: Desk) -> BuildRequest:
    """Return the request of a choice.

    Raises:
        DeskError: the choice has a value that no page sends.
        IpdocsError: a language does not exist.
    """
    editions, formats, letterhead = choice["editions"], choice["formats"], choice["letterhead"]
    for values in (editions, formats):
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise bad_request("editions and formats are lists of names")
    if not isinstance(letterhead, str):
        raise bad_request("the letterhead is the name of a file")
    try:
        request = BuildRequest(
            editions=tuple(editions),
            layout=choice["layout"],
            formats=tuple(formats),
            draft=choice["draft"] is True,
            letterhead=path_inside(desk.workspace, letterhead) if letterhead and "docx" in formats else None,
        )
    except ValueError as error:
        raise bad_request(str(error)) from error
    plan_editions(source, request)
    return request


def _editions(source: Source) -> list[str]:
    """Return the editions that can be chosen: each language, and each pair and all of the languages that are written."""
    single = [edition.suffix for edition in plan_editions(source, BuildRequest())]
    pairs = ["+".join(pair) for pair in combinations(single, 2)]
    written = [str(code) for code in source.document.languages]
    several = [pair for pair in pairs if any(code in written for code in pair.split("+"))]
    return [*single, *several, *(["+".join(single)] if len(single) > 2 else [])]


def _usual_choice(source: Source) -> Json:
    """Return the choice for a document that was never built: what `ipdocs build` makes without options."""
    single = [edition.suffix for edition in plan_editions(source, BuildRequest())]
    return {"editions": single, "formats": ["docx", "pdf"], "layout": "parallel", "letterhead": "", "draft": False}


def _valid(choice: Json, source: Source) -> Json:
    """Return what of a remembered choice still fits the document."""
    editions = [edition for edition in choice.get("editions", ()) if edition in _editions(source)]
    kept: Json = {name: choice[name] for name in ("formats", "layout", "letterhead", "draft") if name in choice}
    return {**kept, **({"editions": editions} if editions else {})}


def _letterheads(desk: Desk) -> list[str]:
    """Return the Word files of the workspace whose letterhead can be used, as paths from the workspace."""
    return sorted(path.relative_to(desk.workspace).as_posix() for path in (desk.workspace / "templates").rglob("*.docx"))


def _built_files(source: Source, desk: Desk) -> Iterator[Json]:
    """Yield the files of the last builds as they are listed beside them, and whether the document has changed since."""
    folder = desk.workspace / OUT / str(source.document.id)
    path = find_manifest(folder)
    if path is None:
        return
    try:
        manifest = read_manifest(path)
    except IpdocsError:
        return
    for entry in manifest.files:
        file = folder / entry.file
        if file.is_file():
            yield {
                **asdict(entry),
                "path": f"{source.document.id}/{entry.file}",
                "format": file.suffix.removeprefix("."),
                "made": datetime.fromtimestamp(file.stat().st_mtime).astimezone().isoformat(timespec="seconds"),
                "current": manifest.source_sha256 == source.digest,
            }
