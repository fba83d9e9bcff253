"""ipdocs check: what a build would find in a source, and what a careful reader would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_json, print_lines, print_table, progress, report
from ipdocs.findings import Finding

ROWS = ("code", "weight", "over", "reason", "example")


def check(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE...]", help="The documents to check; none: all below this folder.", exists=True, dir_okay=False
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend first what has one right answer: spaces, width, quotes …")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print them as SARIF 2.1, for code scanning and editors.")] = False,
    github: Annotated[bool, typer.Option("--github", help="Print them as annotations of a GitHub workflow.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Show all checks, with what each weighs and finds, and end.")] = False,
) -> None:
    """Show what a build would find, and what a careful reader would; checks.yaml says which checks are made.

    An error ends with exit code 1; warnings alone do not.
    """
    if list_:
        _show_checks(json)
        return
    from ipdocs.pipeline.check import run_checks, sources_below
    from ipdocs.pipeline.fix import fix as fix_sources
    from ipdocs.translation.memory.workspace_memory import check_memory

    if sum((json, sarif, github)) > 1:
        raise typer.BadParameter("one of --json, --sarif and --github", param_hint="--json")
    chosen, findings = (sources, []) if sources else sources_below(Path())
    if not chosen and not findings:
        raise typer.BadParameter("there is no source below this folder", param_hint="SOURCE")
    with findings_reported(json), progress() as on_progress:
        if fix:
            fixed, result = fix_sources(chosen, on_progress=on_progress)
        else:
            fixed, result = [], run_checks(chosen, on_progress=on_progress)
        findings += result.findings + ([] if sources else check_memory(Path()))
    for source in fixed:
        counts = ", ".join(f"{count} {code}" for code, count in sorted(source.counts.items()))
        print_lines(f"{near(source.path)}: mended {counts}", err=True)
    if sarif or github:
        _print_for_tools(findings, sarif)
    else:
        report(findings, as_json=json)
        if not json and not findings:
            print_lines(f"{len(chosen)} checked, nothing found")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _print_for_tools(findings: Sequence[Finding], as_sarif: bool) -> None:
    from importlib.metadata import version

    from ipdocs.checks.rule_table import CHECKS
    from ipdocs.cli.annotations import annotation
    from ipdocs.cli.sarif import sarif

    root = Path().resolve()
    if as_sarif:
        print_json(sarif(findings, {check.code: check.reason for check in CHECKS}, version("ipdocs"), root))
        return
    for finding in findings:
        print_lines(annotation(finding, root))


def _show_checks(as_json: bool) -> None:
    """Print the table of checks as the workspace of this folder weighs them."""
    from ipdocs.checks.rule_table import CHECKS
    from ipdocs.checks.run_rules import DEFAULT_SEVERITIES
    from ipdocs.checks.settings import severities
    from ipdocs.workspace import find_workspace

    with findings_reported(as_json):
        weighed = severities(find_workspace(Path("source.yaml")), DEFAULT_SEVERITIES)
    rows = [[check.code, weighed[check.code], check.over, check.reason, check.example] for check in CHECKS]
    if as_json:
        report([], as_json=True, checks=[dict(zip(ROWS, row, strict=True)) for row in rows])
        return
    print_table(ROWS, rows)
