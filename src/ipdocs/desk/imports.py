"""The Import page: files are held in the state folder, and nothing is written to the workspace before the last button."""

from __future__ import annotations

import re
import shutil
import time
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from ipdocs.desk import import_work
from ipdocs.desk.answers import Answer
from ipdocs.desk.desk import Desk
from ipdocs.desk.errors import DeskError, bad_request
from ipdocs.desk.message import message
from ipdocs.desk.paths import document_name, path_inside
from ipdocs.desk.view import language_json
from ipdocs.desk.worker import WorkerStopped
from ipdocs.files.private import write_private
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import language
from ipdocs.locale.style_files import style_names
from ipdocs.model.text import ID
from ipdocs.values.types import HONG_KONG
from ipdocs.workspace import find_workspace

Json = dict[str, Any]
SECONDS = 120.0
"""The time that reading the files may take; LibreOffice reads old Word files."""
KEPT_SECONDS = 24 * 3600.0
"""How long files are held that nobody made a document of."""


def begin(data: Json, desk: Desk) -> Json:
    """Hold the files of a request, and return what they would become."""
    _forget_old(desk)
    uploads = data.get("files") or []
    if not uploads:
        raise bad_request("there is no file")
    import_id = token_hex(12)
    folder = _folder(desk, import_id)
    try:
        for number, upload in enumerate(uploads):
            write_private(folder / str(number) / upload.name, upload.data)
        return _proposal(desk, import_id, {})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def proposal(data: Json, desk: Desk) -> Json:
    """Return what held files would become, with the pairs and the style of the request."""
    return _proposal(desk, str(data["import"]), data)


def make(data: Json, desk: Desk) -> Answer:
    """Make the document of held files, with the decisions of the request."""
    import_id = str(data["import"])
    name, refused = data.get("name"), data.get("refused", [])
    if not isinstance(name, str) or not re.fullmatch(ID, name):
        raise DeskError(422, {"reason": message("the name may have small letters, figures and hyphens only")})
    if not isinstance(refused, list) or not all(isinstance(entry, str) for entry in refused):
        raise bad_request("refused is a list of names")
    target = path_inside(desk.workspace, f"{name}/release.yaml")
    if target.exists():
        raise DeskError(409, {"reason": message("there is a document {name} already: choose another name", name=name)})
    files = _files(desk, import_id)
    _run(desk, import_work.make, files, target, datetime.now(HONG_KONG), _pairs(data), refused, name, str(data.get("style", "")))
    shutil.rmtree(_folder(desk, import_id), ignore_errors=True)
    document = document_name(desk.workspace, target)
    desk.events.publish({"type": "documents", "document": document})
    return Answer({"document": document}, 201)


def forget(data: Json, desk: Desk) -> None:
    """Delete held files."""
    shutil.rmtree(_folder(desk, str(data["import"])), ignore_errors=True)


def _proposal(desk: Desk, import_id: str, data: Json) -> Json:
    target = desk.workspace / "new" / "release.yaml"
    files = _files(desk, import_id)
    style = str(data.get("style", ""))
    result = _run(desk, import_work.propose, files, target, datetime.now(HONG_KONG), _pairs(data), style)
    workspace = find_workspace(target)
    codes = list(dict.fromkeys([*result["languages"], *result["texts"]]))
    return {
        "import": import_id,
        **result,
        "id": _free_name(desk, result["id"]),
        "files": [path.name for path in files],
        "languages": [language_json(language(code, workspace)) for code in codes],
        "styles": style_names(workspace),
    }


def _run(desk: Desk, function: Any, *arguments: Any) -> Json:
    """Call a function in the process for imports.

    Raises:
        DeskError: the process has ended, takes too long, or refuses the pairs.
        IpdocsError: the files cannot be imported.
    """
    try:
        result: Json = desk.importing.run(function, *arguments, seconds=SECONDS)
    except WorkerStopped as error:
        reason = message("reading the files was interrupted") if error.in_time else message("reading the files took too long")
        raise DeskError(503, {"reason": reason}) from error
    if "error" in result:
        raise bad_request(result["error"])
    return result


def _folder(desk: Desk, import_id: str) -> Path:
    if not re.fullmatch("[0-9a-f]{24}", import_id):
        raise bad_request("this is not the name of an import")
    return desk.state / "imports" / import_id


def _files(desk: Desk, import_id: str) -> list[Path]:
    """Return the held files in the order in which they came.

    Raises:
        IpdocsError: they are no longer there.
    """
    folders = sorted(_folder(desk, import_id).glob("*"), key=lambda folder: int(folder.name))
    files = [file for folder in folders for file in folder.iterdir()]
    if not files:
        raise IpdocsError(
            [Finding("no-such-file", "the files of this import are no longer held", None, "choose the files again")]
        )
    return files


def _pairs(data: Json) -> list[dict[str, list[int]]] | None:
    pairs = data.get("pairs")
    if pairs is None:
        return None
    if not isinstance(pairs, list) or not all(
        isinstance(pair, dict)
        and all(isinstance(numbers, list) and all(type(n) is int for n in numbers) for numbers in pair.values())
        for pair in pairs
    ):
        raise bad_request("pairs is a list of mappings of languages to numbers")
    return pairs


def _free_name(desk: Desk, name: str) -> str:
    """Return a name that no document has, made of the proposed one."""
    names = (name if number == 1 else f"{name}-{number}" for number in range(1, 1000))
    return next((free for free in names if not (desk.workspace / free).exists()), name)


def _forget_old(desk: Desk) -> None:
    for folder in (desk.state / "imports").glob("*"):
        try:
            is_old = time.time() - folder.stat().st_mtime > KEPT_SECONDS
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
