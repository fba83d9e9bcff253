"""ipdocs import FOLDER: one source for each release in a folder, and one report at the end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report
from ipdocs.cli.user import today, user_name

if TYPE_CHECKING:
    from ipdocs.importing.folder import FolderSummary
    from ipdocs.source.open import Source
    from ipdocs.translation.memory.store import MemoryUpdate


def import_releases(folder: Path, out: Path, style: str, by: str, json: bool, *, approved: bool) -> None:
    """Import the releases of a folder, add approved translations to the memory, and print a report."""
    from ipdocs.importing.folder import import_folder
    from ipdocs.translation.memory.store import memory_folder
    from ipdocs.translation.memory.workspace_memory import add_to_memory
    from ipdocs.values.types import HONG_KONG
    from ipdocs.workspace import find_workspace

    updates: list[MemoryUpdate] = []
    with findings_reported(json), progress() as on_progress:
        approver = user_name(by) if approved else ""
        if approved:
            memory_folder(find_workspace(out / "release.yaml"))

        def add(source: Source) -> None:
            if approved:
                updates.append(add_to_memory(source, by=approver, on=today()))

        now = datetime.now(HONG_KONG)
        summary = import_folder(folder, out, now, style=style, on_source=add, on_progress=on_progress)
    remembered = sum(update.new + update.changed + update.unchanged for update in updates)
    if json:
        report(summary.findings, as_json=True, **_as_data(summary, remembered))
    else:
        report(summary.findings)
        _print_summary(summary, out, remembered, approved=approved)
    if any(finding.severity == "error" for finding in summary.findings):
        raise typer.Exit(1)


def _as_data(summary: FolderSummary, remembered: int) -> dict[str, Any]:
    """Return the summary as plain data."""
    return {
        "sources": [
            {
                "path": str(source.path),
                "blocks": source.block_count,
                "paired": source.paired_count,
                "facts": len(source.facts),
                "left_out": [
                    {"path": str(path), "line": entry.line, "text": entry.text, "reason": entry.description}
                    for path, entry in source.left_out
                ],
            }
            for source in summary.imported
        ],
        "unchanged": summary.unchanged_count,
        "failed": summary.failed_count,
        "unpaired": [str(path) for path in summary.unpaired],
        "memory_units": remembered,
    }


def _print_summary(summary: FolderSummary, out: Path, remembered: int, *, approved: bool) -> None:
    """Print one line for each new source, what was left out, and the totals."""
    for source in summary.imported:
        print_lines(f"{display_path(source.path)}: {source.block_count} blocks, {len(source.facts)} facts")
    left_out = Counter(entry.description for source in summary.imported for _, entry in source.left_out)
    for reason, count in left_out.most_common():
        print_lines(f"left out: {count} × {reason}")
    totals = [f"{len(summary.imported)} imported", f"{summary.unchanged_count} imported before"]
    totals += [f"{len(summary.unpaired)} without a counterpart", f"{summary.failed_count} with errors"]
    print_lines(f"{display_path(out)}: {', '.join(totals)}")
    if approved:
        print_lines(f"{remembered} translations are in the memory")
    elif summary.imported:
        print_lines("if these releases were issued, import them with --approved, so that the memory knows their translations")
