"""ipdocs format: add missing ids and quotation marks to sources, and move a glossary of earlier versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, print_lines, report


def format_(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE", help="Source files to change.", dir_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the changed files and the findings as JSON.")] = False,
) -> None:
    """Add missing block ids, and quotation marks around texts; change nothing else in the sources.

    A glossary of earlier versions in their workspace (locales/glossary.csv) moves to a table in locales/glossary/.
    """
    from ipdocs.findings import Finding, IpdocsError
    from ipdocs.locale.glossary import OLD_FILE
    from ipdocs.source.format import format_source
    from ipdocs.translation.terms import move_old_glossary
    from ipdocs.workspace import find_workspace, real_path

    findings: list[Finding] = []
    changed_paths: list[Path] = []
    for path in sources:
        root = find_workspace(path).root
        try:
            if pack := move_old_glossary(path):
                changed_paths.append(pack)
            if root and real_path(path) == root / OLD_FILE:
                continue
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
