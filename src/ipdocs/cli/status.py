"""ipdocs status: whether translations still say what they were made from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, report

if TYPE_CHECKING:
    from ipdocs.checks.translation_status import Status


def status(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document.", exists=True, dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the blocks as JSON.")] = False,
) -> None:
    """Show how each block stands in each language: confirmed, current, stale with what changed, a draft, missing."""
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.source.open import open_source

    with findings_reported(json):
        found = translation_statuses(open_source(source, draft=True))
    if json:
        report([], as_json=True, blocks=[_as_dict(one) for one in found])
    else:
        for one in found:
            print_lines(*_lines(one))
    if any(one.state == "stale" for one in found):
        raise typer.Exit(1)


def _lines(one: Status) -> list[str]:
    place = f"  {near(one.location.path)}:{one.location.line}" if one.location else ""
    who = f" by {one.by}, {one.on}" if one.by else ""
    line = f"{one.language}  {one.state:10}  {one.block}{who}{place}"
    return [line, f"    {one.difference}"] if one.difference else [line]


def _as_dict(one: Status) -> dict[str, Any]:
    place = one.location
    fields = asdict(one)
    where = {"path": str(place.path), "line": place.line} if place else {}
    return {**fields, "standing": fields.pop("state"), "location": None} | where
