"""Home: the list of documents, and what can be done with one of them."""

from __future__ import annotations

from typing import Any

from ipdocs.desk.answers import Answer
from ipdocs.desk.begin import begin_from, begin_new
from ipdocs.desk.desk import Desk
from ipdocs.desk.errors import DeskError, bad_request
from ipdocs.desk.paths import document_name, document_path
from ipdocs.files.moving import move_folder
from ipdocs.findings import Finding, Location

ARCHIVE = "archive"
"""The folder of a workspace for documents that Home does not list."""


def documents(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the rows of Home; with a query `q`, those of the documents that have its words."""
    return {"documents": desk.home.rows(str(data.get("q", ""))[:200])}


def begin(data: dict[str, Any], desk: Desk) -> Answer:
    """Begin a document: of a `kind`, or `from` another one, with a `name`, which becomes its id and folder.

    For minutes, `from` is the last meeting, unless `copy` says that it is copied as it is.
    """
    name, kind, origin = str(data.get("name", "")).strip(), data.get("kind"), data.get("from")
    if origin is None:
        path = begin_new(desk.workspace, str(kind), name)
    else:
        path = begin_from(desk.workspace, document_path(desk.workspace, str(origin)), name, is_copy=data.get("copy") is True)
    return Answer({"document": document_name(desk.workspace, path)}, 201)


def archive(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Move the folder of a document into the archive, or back out of it.

    Raises:
        DeskError: the document is not in a folder of its own.
    """
    path = document_path(desk.workspace, str(data.get("document")))
    folder = path.parent.relative_to(desk.workspace)
    others = [other for other in path.parent.rglob("*.y*ml") if other not in (path, path.with_suffix(".state.yaml"))]
    if not folder.parts or folder.parts == (ARCHIVE,) or others:
        hint = "move the files of this document with the file manager"
        finding = Finding("shared-folder", "the folder of this document has other documents, too", Location(path), hint)
        raise DeskError(422, {"findings": [finding.as_dict()]})
    is_archived = folder.parts[0] == ARCHIVE
    target = desk.workspace.joinpath(*folder.parts[1:]) if is_archived else desk.workspace / ARCHIVE / folder
    move_folder(path.parent, target)
    desk.events.publish({"type": "documents", "gone": data["document"]})
    return {"document": document_name(desk.workspace, target / path.name)}


def show(data: dict[str, Any], desk: Desk) -> None:
    """Show the source of a document in its folder, in the file manager of this computer; with `edit`, open it in an editor.

    Raises:
        DeskError: this computer has no such program.
    """
    import click

    path = document_path(desk.workspace, str(data.get("document")))
    if click.launch(str(path), locate=data.get("edit") is not True):
        raise bad_request("this computer has no program for it")
