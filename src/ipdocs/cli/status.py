"""ipdocs status: show the state of translations."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, report

if TYPE_CHECKING:
    from ipdocs.checks.translation_status import Status


def status(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the states as JSON.")] = False,
) -> None:
    """Show the state of each translated block: confirmed, current, stale, draft or missing.

    A stale translation was made from an earlier version of the text; the difference is shown. The exit code is 1 if any
    translation is stale.
    """
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.source.open import open_source

    with findings_reported(json):
        statuses = translation_statuses(open_source(source, draft=True))
    if json:
        report([], as_json=True, blocks=[_as_dict(status) for status in statuses])
    else:
        for status in statuses:
            print_lines(*_status_lines(status))
    if any(status.state == "stale" for status in statuses):
        raise typer.Exit(1)


def _status_lines(status: Status) -> list[str]:
    location = status.location
    position = f"  {display_path(location.path)}:{location.line}" if location else ""
    confirmation = f" by {status.by}, {status.on}" if status.by else ""
    line = f"{status.language}  {status.state:10}  {status.block}{confirmation}{position}"
    return [line, f"    {status.difference}"] if status.difference else [line]


def _as_dict(status: Status) -> dict[str, Any]:
    location = status.location
    position = {"path": str(location.path), "line": location.line} if location else {}
    return {**asdict(status), "standing": status.state, "location": None, **position}
