"""ipdocs format: add missing ids and quotation marks to sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, print_lines, report


def format_(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE", help="Source files to change.", dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the changed files and the findings as JSON.")] = False,
) -> None:
    """Add missing block ids, and quotation marks around texts; change nothing else."""
    from ipdocs.findings import Finding, IpdocsError
    from ipdocs.source.format import format_source

    findings: list[Finding] = []
    changed_paths: list[Path] = []
    for path in sources:
        try:
            has_changed, remaining = format_source(path)
        except IpdocsError as error:
            findings += error.findings
            continue
        findings += remaining
        changed_paths += [path] if has_changed else []
    if json:
        report(findings, as_json=True, changed=[str(path) for path in changed_paths])
    else:
        for path in changed_paths:
            print_lines(display_path(path))
        report(findings)
    if findings:
        raise typer.Exit(1)
