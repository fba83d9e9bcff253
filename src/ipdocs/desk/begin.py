"""Begin a document: from the starter of a kind, from the last meeting, or from an earlier document."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.minutes.next_minutes import next_minutes_source
from ipdocs.source.edits import Edit, splice
from ipdocs.source.inherited import inherit_facts
from ipdocs.source.open import Source, open_source
from ipdocs.source.scaffold import check_new_source, new_source, write_new_source
from ipdocs.source.state import state_path, without_approvals
from ipdocs.source.update import apply_changes
from ipdocs.source.yaml import Mapping, Scalar
from ipdocs.values.types import HONG_KONG
from ipdocs.workspace import find_workspace


def begin_new(workspace: Path, kind: str, name: str) -> Path:
    """Write a new document of a kind, issued now, into a folder of its own.

    Raises:
        IpdocsError: the kind is unknown, the name is not an id, or there is such a document.
    """
    return new_source(kind, name, workspace, _now(), find_workspace(workspace / "source.yaml"))


def begin_from(workspace: Path, origin: Path, name: str, *, is_copy: bool = False) -> Path:
    """Write a document that begins from another one.

    Minutes become those of the next meeting. A release keeps its words and its confirmed translations; it is issued now, and each
    of its facts is marked as taken over until its value is changed or kept.

    Args:
        workspace: the folder in which to make the folder of the document.
        origin: the source to begin from.
        name: the id of the new document.
        is_copy: whether the document is only copied, with its time of issue, and without marks on facts.

    Raises:
        IpdocsError: the source cannot be read, the name is not an id, or there is such a document.
    """
    source = open_source(origin, draft=True)
    kind = str(source.nodes.data["kind"])
    if kind == "minutes" and not is_copy:
        return write_new_source(kind, name, workspace, next_minutes_source(origin, name))
    path = check_new_source(kind, name, workspace)
    text = splice(source.text, _edits(source, name, None if is_copy else _now()))
    pictures = {path.parent / picture: (origin.parent / picture).read_bytes() for picture in _own_pictures(source)}
    state = without_approvals(source.state, state_path(path))
    place_files({**pictures, **({state_path(path): state.text.encode()} if state.text else {}), path: text.encode()})
    if not is_copy:
        begun = open_source(path, draft=True)
        changed = apply_changes(begun, inherit_facts(begun))
        place_files({state_path(path): changed.state.text.encode()} if changed.state.text else {})
    return path


def _edits(source: Source, name: str, now: datetime | None) -> list[Edit]:
    """Return the edits that set the id, and the time of issue in each language."""
    root = source.nodes.root
    edits = []
    if isinstance(root, Mapping):
        identity, issued = root.get("id"), root.get("issued")
        if isinstance(identity, Scalar):
            edits.append(Edit(identity.start, identity.end, name))
        if now and issued is not None:
            edits += [Edit(node.start, node.end, now.isoformat(timespec="minutes")) for node in _scalars(issued)]
    return edits


def _scalars(node: object) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [scalar for _, value in node.entries.values() for scalar in _scalars(value)]
    return [node] if isinstance(node, Scalar) else []


def _own_pictures(source: Source) -> list[str]:
    """Return the names of the pictures that stand in the folder of a source."""
    return [name for name in source.pictures if (source.path.parent / name).is_file() and ".." not in Path(name).parts]


def _now() -> datetime:
    return datetime.now(HONG_KONG)
