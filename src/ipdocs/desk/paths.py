"""Names of documents in addresses, and the paths of their files: nothing outside the workspace is ever reached."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from ipdocs.desk.errors import DeskError
from ipdocs.findings import Finding
from ipdocs.workspace import real_path


def document_name(workspace: Path, path: Path) -> str:
    """Return the name of a document in addresses: its path from the workspace with ":" for "/"."""
    return path.relative_to(workspace).as_posix().replace("/", ":")


def document_path(workspace: Path, name: str) -> Path:
    """Return the path of the source that a name in an address stands for.

    Raises:
        DeskError: there is no such document in the workspace.
    """
    path = path_inside(workspace, name.replace(":", "/"))
    if path.suffix not in (".yaml", ".yml") or document_name(workspace, path) != name or not _is_file(path):
        raise no_such_document(name)
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long, or a folder is closed
        return False


def path_inside(workspace: Path, name: str) -> Path:
    """Return the path of a file in the workspace by its name with "/", which no symbolic link may lead out of.

    Raises:
        DeskError: the name has a part such as "..", a hidden part, a character that no file name can have, or leads out.
    """
    parts = PurePosixPath(name).parts
    if not parts or any(part.startswith((".", "/")) or "\\" in part for part in parts) or not name.isprintable():
        raise no_such_document(name)
    path = workspace.joinpath(*parts)
    root = real_path(workspace)
    if not real_path(path).is_relative_to(root):
        raise no_such_document(name)
    return path


def no_such_document(name: str) -> DeskError:
    """Return the error for a document that is not in the workspace."""
    hint = "go back to the list of documents; the file may have been moved or renamed"
    finding = Finding("no-such-file", f"there is no document {name!r:.200} in this folder", None, hint)
    return DeskError(404, {"findings": [finding.as_dict()]})
