"""ipdocs doctor: report the fonts, libraries, programs and dictionaries that are missing on this computer."""

from __future__ import annotations

from pathlib import Path
from shutil import which
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, print_lines, report


def doctor(
    workspace: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="Workspace whose languages are checked.", exists=True, file_okay=False)
    ] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Report which fonts, libraries, programs and dictionaries are installed, and how to install missing ones."""
    from ipdocs.cli.user import cache_folder, dictionary_folders
    from ipdocs.pipeline.dictionaries import SpellingOptions, dictionary_requirements
    from ipdocs.workspace import Workspace
    from ipdocs.writers.requirements import diagnose

    if not workspace.is_dir():
        raise typer.BadParameter(f"{str(workspace)!r} is not a folder", param_hint="WORKSPACE")
    with findings_reported(json):
        checked = Workspace(workspace.resolve())
        requirements = diagnose(checked, which("soffice"))
        requirements += dictionary_requirements(checked, SpellingOptions(dictionary_folders(), cache_folder()))
    findings = list(dict.fromkeys(finding for requirement in requirements for finding in requirement.missing))
    if json:
        report(findings, as_json=True, found={requirement.name: requirement.installed for requirement in requirements})
    else:
        width = max(len(requirement.name) for requirement in requirements)
        for requirement in requirements:
            print_lines(f"{requirement.name:{width}}  {requirement.installed or '-'}")
        report(findings)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
