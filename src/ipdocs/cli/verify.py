"""ipdocs verify: compare finished files with their source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report

if TYPE_CHECKING:
    from ipdocs.pipeline.verify_output import VerifiedFile


def verify(
    outputs: Annotated[
        list[Path], typer.Argument(metavar="OUT", help="Finished files, or folders of finished files.", exists=True)
    ],
    source: Annotated[
        Path | None,
        typer.Option(help="Source file, if it has moved since the files were made.", exists=True, dir_okay=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Read finished files again and compare every word, fact and picture with the source."""
    from shutil import which

    from ipdocs.minutes.verify import verify_files

    with findings_reported(json), progress() as on_progress:
        on_progress("verify")
        files = verify_files(outputs, source, soffice=which("soffice"))
    findings = [finding for file in files for finding in file.findings]
    if json:
        results = [{"path": str(file.path), "lines": file.lines, "facts": file.facts, "pages": file.pages} for file in files]
        report(findings, as_json=True, files=results)
    else:
        report(findings)
        print_lines(*(f"{display_path(file.path)}: {_description(file)}" for file in files))
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _description(file: VerifiedFile) -> str:
    if file.findings:
        return "differs"
    pages = f", {_count(file.pages, 'page')}" if file.pages else ""
    if file.lines is None:
        return f"unchanged since it was made{pages}"
    return f"agrees with its source: {_count(file.lines, 'line')}, {_count(file.facts or 0, 'fact')}{pages}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
