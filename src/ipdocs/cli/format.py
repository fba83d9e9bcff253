"""ipdocs format: ids and quotes where a source lacks them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import near, report


def format_(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="The sources to format.", dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the files changed and the findings as JSON.")] = False,
) -> None:
    """Give blocks their ids and texts their quotes; all else stays as it is written."""
    from ipdocs.files.placing import write_atomically
    from ipdocs.findings import Finding, IpdocsError
    from ipdocs.source.file import read_text
    from ipdocs.source.format import formatted
    from ipdocs.workspace import find_workspace

    findings: list[Finding] = []
    changed: list[Path] = []
    for path in sources:
        try:
            file = read_text(path)
            text, left = formatted(file, find_workspace(path))
        except IpdocsError as error:
            findings += error.findings
            continue
        findings += left
        if text != file.text:
            write_atomically(path, text.encode())
            changed.append(path)
    if json:
        report(findings, as_json=True, changed=[str(path) for path in changed])
    else:
        for path in changed:
            typer.echo(near(path))
        report(findings)
    if findings:
        raise typer.Exit(1)
