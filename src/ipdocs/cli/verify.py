"""ipdocs verify: proof that finished files say what their source says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress, report


def verify(
    outputs: Annotated[
        list[Path], typer.Argument(metavar="OUT...", help="Files that were built, or their folders.", exists=True)
    ],
    source: Annotated[
        Path | None,
        typer.Option(help="The source, if it is not where it was when they were built.", exists=True, dir_okay=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Read finished files again and hold them against their source: every block, every fact, language, tags, fonts."""
    from functools import partial
    from shutil import which

    from ipdocs.minutes.pack import select_extracts, select_pack
    from ipdocs.pipeline.verify_output import KINDS, SelectParts, verify_files

    packs = partial(select_pack, soffice=which("soffice"))
    kinds: dict[str, SelectParts] = dict(KINDS)
    kinds |= dict.fromkeys(("pack", "public"), packs) | dict.fromkeys(("extract", "public-extract"), select_extracts)
    with findings_reported(json), progress() as told:
        told("verify")
        checked = verify_files(outputs, source, kinds)
    findings = [finding for one in checked for finding in one.findings]
    if json:
        results = [{"path": str(one.path), "lines": one.lines, "facts": one.facts, "pages": one.pages} for one in checked]
        report(findings, as_json=True, files=results)
    else:
        report(findings)
        for one in checked:
            pages = f", {_count(one.pages, 'page')}" if one.pages else ""
            said = f"{_count(one.lines or 0, 'line')}, {_count(one.facts or 0, 'fact')}"
            same = "is as it was made" if one.lines is None else f"says what its source says: {said}"
            result = "differs" if one.findings else f"{same}{pages}"
            print_lines(f"{near(one.path)}: {result}")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
