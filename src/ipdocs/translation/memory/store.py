"""Store a workspace's memory in TMX files under locales/memory/: one file for each document, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.findings import Finding, IpdocsError
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryState, MemoryUnit
from ipdocs.workspace import Workspace

FOLDER = "locales/memory"


@dataclass(frozen=True, slots=True)
class MemoryUpdate:
    """The result of updating a document's memory: the file, and the numbers of new, changed, unchanged and removed units."""

    path: Path
    new: int
    changed: int
    unchanged: int
    removed: int


def memory_files(workspace: Workspace) -> list[Path]:
    """Return the TMX files of a workspace, sorted by name, without the example files shipped with ipdocs."""
    return sorted((workspace.root / FOLDER).glob("*.tmx")) if workspace.root else []


def stored_units(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield all units of a workspace's memory."""
    for path in memory_files(workspace):
        yield from tmx_codec.read_units(path, workspace)


def document_file(document: str, workspace: Workspace) -> Path:
    """Return the path of the memory file for a document id; the file need not exist.

    Raises:
        IpdocsError: the source is in no workspace.
    """
    return memory_folder(workspace) / f"{document}.tmx"


def replace_document(document: str, units: Sequence[MemoryUnit], workspace: Workspace) -> MemoryUpdate:
    """Replace the units of a document in the memory; an unchanged unit keeps its date and the name of its approver."""
    path = document_file(document, workspace)
    earlier_units = {unit.place: unit for unit in tmx_codec.read_units(path, workspace)} if path.is_file() else {}
    merged_units = [_keep_approval(unit, earlier_units.get(unit.place)) for unit in units]
    new = sum(unit.place not in earlier_units for unit in merged_units)
    unchanged = sum(earlier_units.get(unit.place) == unit for unit in merged_units)
    removed = len(earlier_units.keys() - {unit.place for unit in merged_units})
    _write(path, merged_units, workspace, tmx_codec.shared_properties(merged_units))
    return MemoryUpdate(path, new, len(merged_units) - new - unchanged, unchanged, removed)


def _keep_approval(unit: MemoryUnit, earlier: MemoryUnit | None) -> MemoryUnit:
    """Return the earlier unit if only its date and approver differ, otherwise the new unit."""
    if earlier is None or replace(unit, by=earlier.by, on=earlier.on) != earlier:
        return unit
    return earlier


def import_tmx(
    source: Path, workspace: Workspace, state: MemoryState | None, assumed: Sequence[str] = ()
) -> tuple[Path, int, tmx_codec.TmxSummary]:
    """Copy a TMX file into the memory, where it replaces an earlier file with the same name.

    Args:
        source: the file to import.
        workspace: the workspace of the memory.
        state: the state of the imported units; None keeps the state of each unit.
        assumed: the codes of the languages of segments that do not state a known language, in the order of the segments.

    Returns:
        The path of the file in the memory, the number of its units, and a summary of the imported file.
    """
    path = memory_folder(workspace) / f"{source.stem}.tmx"
    summary = tmx_codec.TmxSummary()
    count = 0

    def imported_units() -> Iterator[MemoryUnit]:
        nonlocal count
        for unit in tmx_codec.read_units(source, workspace, summary, assumed=assumed):
            count += 1
            named_unit = replace(unit, document=unit.document or source.stem, place=unit.place or str(count))
            yield replace(named_unit, state=state) if state else named_unit

    _write(path, imported_units(), workspace, {})
    return path, count, summary


def export_tmx(path: Path, workspace: Workspace) -> int:
    """Write the whole memory of a workspace into one TMX file; return the number of its units."""
    count = 0

    def counted_units() -> Iterator[MemoryUnit]:
        nonlocal count
        for unit in stored_units(workspace):
            count += 1
            yield unit

    _write(path, counted_units(), workspace, {})
    return count


def _write(path: Path, units: Iterable[MemoryUnit], workspace: Workspace, shared: dict[str, str]) -> None:
    content = BytesIO()
    for line in tmx_codec.tmx_lines(units, workspace, shared):
        content.write(line.encode())
    place_files({path: content.getvalue()})


def memory_folder(workspace: Workspace) -> Path:
    """Return the folder of the memory of a workspace.

    Raises:
        IpdocsError: the workspace has no folder.
    """
    if workspace.root is None:
        hint = "create a workspace with `ipdocs new workspace DIR`, and move the source into it"
        raise IpdocsError([Finding("no-workspace", "this source is in no workspace, so it has no memory", None, hint)])
    return workspace.root / FOLDER
