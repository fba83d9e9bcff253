"""ipdocs check: the findings of a source, without building."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.report import progress, report


def check(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE...]", help="The documents to check; none: all below this folder.", exists=True, dir_okay=False
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Show what a build would find, and what a careful reader would."""
    from ipdocs.pipeline.check import check as check_documents
    from ipdocs.pipeline.check import sources_below

    chosen = sources or sources_below(Path())
    if not chosen:
        raise typer.BadParameter("there is no source below this folder", param_hint="SOURCE")
    with progress() as told:
        findings = check_documents(chosen, told=told)
    report(findings, as_json=json)
    if not json and not findings:
        typer.echo(f"{len(chosen)} checked, nothing found")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
