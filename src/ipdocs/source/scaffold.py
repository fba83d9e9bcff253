"""Create sources and workspaces from the starters in templates/_starters/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.model.text import ID
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import read_text
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence, parse_nodes
from ipdocs.workspace import Workspace, shipped_root


def new_source(kind: str, name: str, folder: Path, now: datetime, workspace: Workspace) -> Path:
    """Write a new source such as FOLDER/NAME/release.yaml from the starter for a kind of document, and return its path.

    The file is named after the last word of the kind: a press-release is written to release.yaml.

    Args:
        kind: the kind of document.
        name: the id of the document, and the name of its folder.
        folder: the parent folder.
        now: the time of issue.
        workspace: the workspace with the starters.

    Raises:
        IpdocsError: the kind is unknown, the name is not a valid id, or the file exists already.
    """
    starter = workspace.find(f"templates/_starters/{kind}.yaml")
    if starter is None:
        kinds = [*(Path(path).stem for path in workspace.files("templates/_starters/*.yaml")), "workspace"]
        similar = nearest(kind, kinds)
        hint = f"did you mean {similar}?" if similar else f"use one of the kinds {', '.join(kinds)}"
        raise IpdocsError([Finding("unknown-kind", f"there is no starter for a '{kind}'", None, hint)])
    file = read_text(starter)
    node, findings = parse_nodes(file)
    if not isinstance(node, Mapping) or findings:
        raise IpdocsError(findings)
    return write_new_source(kind, name, folder, splice(file, _edits(node, name, now)))


def write_new_source(kind: str, name: str, folder: Path, text: str) -> Path:
    """Write a source into a new folder named after its id, and return the path of the source."""
    path = check_new_source(kind, name, folder)
    place_files({path: text.encode()})
    return path


def check_new_source(kind: str, name: str, folder: Path) -> Path:
    """Return the path of a new source, in a new folder named after its id.

    Raises:
        IpdocsError: the name is not a valid id, or the file exists already.
    """
    if not re.fullmatch(ID, name):
        hint = "use lowercase letters, digits and hyphens: my-release"
        raise IpdocsError([Finding("bad-id", f"'{name}' cannot be the id of a document", None, hint)])
    path = folder / name / f"{kind.rpartition('-')[2]}.yaml"
    if path.exists():
        raise IpdocsError([_existing_file(path)])
    return path


def _edits(node: Mapping, name: str, now: datetime) -> Iterator[Edit]:
    """Yield the edits that set the id and the time of issue of a starter, and replace its date of issue in facts."""
    issued = node.get("issued")
    day = issued.text[:10] if isinstance(issued, Scalar) else ""
    for scalar in _scalars(node):
        if scalar is node.get("id"):
            yield Edit(scalar.start, scalar.end, name)
        elif scalar is issued:
            yield Edit(scalar.start, scalar.end, now.isoformat(timespec="minutes"))
        elif scalar.text == day:
            yield Edit(scalar.start, scalar.end, now.date().isoformat())


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Mapping():
            for _, value in node.entries.values():
                yield from _scalars(value)


def new_workspace(folder: Path) -> list[Path]:
    """Write an empty workspace into a folder, and return the paths of its files.

    Raises:
        IpdocsError: one of the files exists already.
    """
    starter = shipped_root() / "templates/_starters/workspace"
    files = sorted(path for path in starter.rglob("*") if path.is_file())
    targets = [folder / path.relative_to(starter) for path in files]
    if existing_paths := [path for path in targets if path.exists()]:
        raise IpdocsError(map(_existing_file, existing_paths))
    place_files({target: path.read_bytes() for path, target in zip(files, targets, strict=True)})
    return targets


def _existing_file(path: Path) -> Finding:
    return Finding("file-exists", "this file exists already and was not changed", Location(path), "choose another name")
