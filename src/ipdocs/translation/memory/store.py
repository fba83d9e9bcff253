"""The memory of a workspace: TMX files under locales/memory/, one a document, each replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from ipdocs.files.placing import place
from ipdocs.findings import Finding, IpdocsError
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryState, MemoryUnit
from ipdocs.workspace import Workspace

FOLDER = "locales/memory"


@dataclass(frozen=True, slots=True)
class MemoryUpdate:
    """What became of a document's memory: its file, and how many units are new, changed, as they were, and gone."""

    path: Path
    new: int
    changed: int
    unchanged: int
    removed: int


def memory_files(workspace: Workspace) -> list[Path]:
    """Return the TMX files of a workspace in the order of their names; the shipped ones are an example, and none of them."""
    return sorted((workspace.root / FOLDER).glob("*.tmx")) if workspace.root else []


def stored_units(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield all units of a workspace's memory."""
    for path in memory_files(workspace):
        yield from tmx_codec.read_units(path, workspace)


def document_file(document: str, workspace: Workspace) -> Path:
    """Return the file that has the memory of a document; it need not be there."""
    return _folder(workspace) / f"{document}.tmx"


def replace_document(document: str, found: Sequence[MemoryUnit], workspace: Workspace) -> MemoryUpdate:
    """Make units the memory of a document; those that say what they said before keep their date and who answers for them."""
    path = document_file(document, workspace)
    before = {unit.place: unit for unit in tmx_codec.read_units(path, workspace)} if path.is_file() else {}
    units = [_as_before(unit, before.get(unit.place)) for unit in found]
    new = sum(unit.place not in before for unit in units)
    same = sum(before.get(unit.place) == unit for unit in units)
    _write(path, units, workspace, tmx_codec.shared_properties(units))
    return MemoryUpdate(path, new, len(units) - new - same, same, len(before.keys() - {unit.place for unit in units}))


def _as_before(unit: MemoryUnit, before: MemoryUnit | None) -> MemoryUnit:
    """Return a unit with its earlier date and name, where nothing in it but these has changed."""
    if before is None or replace(unit, by=before.by, on=before.on) != before:
        return unit
    return before


def import_tmx(source: Path, workspace: Workspace, state: MemoryState | None) -> tuple[Path, int, tmx_codec.TmxSummary]:
    """Copy a TMX file from elsewhere into the memory, its units in a state (None: each in its own); return what was left out.

    A file of the same name that was taken in before is replaced.
    """
    path = _folder(workspace) / f"{source.stem}.tmx"
    read = tmx_codec.TmxSummary()
    taken = 0

    def found() -> Iterator[MemoryUnit]:
        nonlocal taken
        for unit in tmx_codec.read_units(source, workspace, read):
            taken += 1
            named = replace(unit, document=unit.document or source.stem, place=unit.place or str(taken))
            yield replace(named, state=state) if state else named

    _write(path, found(), workspace, {})
    return path, taken, read


def export_tmx(path: Path, workspace: Workspace) -> int:
    """Write the whole memory of a workspace into one TMX file; return the number of its units."""
    count = 0

    def found() -> Iterator[MemoryUnit]:
        nonlocal count
        for unit in stored_units(workspace):
            count += 1
            yield unit

    _write(path, found(), workspace, {})
    return count


def _write(path: Path, found: Iterable[MemoryUnit], workspace: Workspace, shared: dict[str, str]) -> None:
    content = BytesIO()
    for line in tmx_codec.tmx_lines(found, workspace, shared):
        content.write(line.encode())
    place({path: content.getvalue()})


def _folder(workspace: Workspace) -> Path:
    if workspace.root is None:
        hint = "`ipdocs new workspace DIR` makes one; put the source into it"
        raise IpdocsError([Finding("no-workspace", "a memory lives in a workspace, and this source is in none", None, hint)])
    return workspace.root / FOLDER
