"""ipdocs import: what comes back from translators and reviewers, into a source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.report import findings_reported, near, report
from ipdocs.findings import Finding


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to read.", exists=True, dir_okay=False)],
    into: Annotated[
        Path | None, typer.Option(metavar="SOURCE", help="The source (or glossary) they belong to.", exists=True, dir_okay=False)
    ] = None,
    to: Annotated[str, typer.Option(help="The language a file is in, where it does not say so.")] = "",
    from_: Annotated[
        str, typer.Option("--from", help="The language it was translated from; without it the document's first.")
    ] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Take also what the findings doubt.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what changed and the findings as JSON.")] = False,
) -> None:
    """Take what translators and reviewers sent back into a source.

    What comes back is checked before anything is written.
    """
    if into is None:
        raise typer.BadParameter("name the source they belong to", param_hint="--into")
    from ipdocs.pipeline.exchange import take_in
    from ipdocs.pipeline.terms import take_terms

    changed: list[str] = []
    findings: list[Finding] = []
    with findings_reported(json):
        for file in files:
            if file.suffix.lower() == ".tbx":
                terms = take_terms(into, file, accept=accept)
                changed += [*terms.new, *terms.changed]
                continue
            taken = take_in(into, file, to=to, source=from_, accept=accept)
            changed += [*taken.changed, *taken.settled]
            findings += taken.findings
    if json:
        report(findings, as_json=True, changed=changed)
        return
    report(findings)
    for name in changed:
        typer.echo(f"{near(into)}: {name}")
    typer.echo(
        f"{len(changed)} texts changed; look at them, then `ipdocs confirm {near(into)}`" if changed else "nothing has changed"
    )
