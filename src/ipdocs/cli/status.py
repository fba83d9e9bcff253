"""ipdocs status: show the state of translations."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, report

if TYPE_CHECKING:
    from ipdocs.checks.translation_status import Status


def status(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the states as JSON.")] = False,
) -> None:
    """Show the state of each translated block: confirmed, current, stale, draft or missing.

    A stale translation translates an earlier version of its text; the difference is shown. The exit code is 1 if there is one.
    """
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.source.open import open_source

    with findings_reported(json):
        statuses = translation_statuses(open_source(source, draft=True))
    if json:
        report([], as_json=True, blocks=[_as_dict(status) for status in statuses])
    else:
        for status in statuses:
            print_lines(*_lines(status))
    if any(status.state == "stale" for status in statuses):
        raise typer.Exit(1)


def _lines(block: Status) -> list[str]:
    location = block.location
    place = f"  {near(location.path)}:{location.line}" if location else ""
    confirmed = f" by {block.by}, {block.on}" if block.by else ""
    line = f"{block.language}  {block.state:10}  {block.block}{confirmed}{place}"
    return [line, f"    {block.difference}"] if block.difference else [line]


def _as_dict(block: Status) -> dict[str, Any]:
    fields = asdict(block)
    place = {"path": str(block.location.path), "line": block.location.line} if block.location else {}
    return {**fields, "standing": fields.pop("state"), "location": None} | place
