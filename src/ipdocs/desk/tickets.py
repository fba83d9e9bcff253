"""Downloads: the browser fetches a file with a ticket, because it cannot send the session secret with a download."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from ipdocs.desk.answers import Answer
from ipdocs.desk.desk import Desk
from ipdocs.desk.errors import DeskError
from ipdocs.desk.guard import refused
from ipdocs.desk.paths import path_inside
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding

OUT = "out"
"""The folder of the workspace from which files may be fetched."""


def ticket(data: dict[str, Any], desk: Desk) -> dict[str, str]:
    """Return a ticket for a file in the folder of results: `path` from the workspace, such as out/seminar/seminar.en.pdf.

    Raises:
        DeskError: there is no such file.
    """
    name = str(data.get("path", ""))
    _result_path(desk, name)
    return {"ticket": desk.guard.tickets.give(name)}


def _result_path(desk: Desk, name: str) -> Path:
    """Return the path of a result, which no link may lead out of the workspace, by its path from there.

    Raises:
        DeskError: there is no such file.
    """
    path = path_inside(desk.workspace, name)
    if path.relative_to(desk.workspace).parts[0] != OUT or not path.is_file():
        raise _no_file()
    return path


def redeem(desk: Desk, code: str) -> Answer:
    """Return the file of a ticket, to be saved; the ticket is used up.

    Raises:
        DeskError: the ticket is wrong, used or too old.
        IpdocsError: the file cannot be read.
    """
    is_valid, value = desk.guard.tickets.take(code)
    if not is_valid:
        raise refused(
            404, "this link to a file was used already, or is too old", "go back to the page, and press the button again"
        )
    name, content = _named(value, desk)
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Answer(content, media_type="application/octet-stream", headers={"Content-Disposition": disposition})


def _named(value: object, desk: Desk) -> tuple[str, bytes]:
    """Return the name and the content of a result, or of a file that exists in memory only, such as a redline."""
    match value:
        case str(name):  # looked up again, because a link may have taken the place of the file or its folder since
            path = _result_path(desk, name)
            return path.name, read_bytes(path)
        case (str(name), bytes(content)):
            return name, content
    raise _no_file()


def _no_file() -> DeskError:
    finding = Finding("no-such-file", "there is no such file among the results", None, "build the document again")
    return DeskError(404, {"findings": [finding.as_dict()]})
