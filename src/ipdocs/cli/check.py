"""ipdocs check: report the mistakes in sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import (
    display_path,
    findings_reported,
    left_out_as_dict,
    print_json,
    print_lines,
    print_table,
    progress,
    report,
)
from ipdocs.findings import Finding

if TYPE_CHECKING:
    from ipdocs.checks.settings import RuleSeverity
    from ipdocs.importing.check_files import CheckedFiles
    from ipdocs.pipeline.dictionaries import SpellingOptions

COLUMNS = ("code", "weight", "over", "reason", "example")
"""The headings of the table of checks, and the keys in JSON: `weight` is the severity, and `over` the scope."""


_SOURCES = (".yaml", ".yml")
"""The endings of sources; other files are read as an import reads them."""


def check(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Sources, or Word files, web pages or text files of a draft. Default: all sources below this folder.",
            exists=True,
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="First correct mistakes that have only one right correction, such as spaces and quotation marks."
        ),
    ] = False,
    spelling: Annotated[
        bool, typer.Option("--spelling", help="Also look every word up in the installed Hunspell dictionary of its language.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[
        bool, typer.Option("--sarif", help="Print the findings as SARIF 2.1, for code scanning and editors.")
    ] = False,
    github: Annotated[bool, typer.Option("--github", help="Print the findings as annotations of a GitHub workflow.")] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List all checks, with severity, reason and an example, and exit.")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="Explain a check: its reason, a wrong and a right example, and how to allow it; or any other finding.",
        ),
    ] = None,
) -> None:
    """Report everything that a build would refuse, and mistakes that a careful reader would notice.

    Two files of a draft, such as draft.docx and draft.tc.docx, are compared; findings name their paragraphs. Tracked changes
    count as accepted.

    The file checks.yaml of the workspace turns checks off or changes their severity. The exit code is 1 if there is an error,
    and 0 if there are only warnings.
    """
    if list_:
        _show_checks(json)
        return
    if explain is not None:
        _explain(explain, json)
        return
    from ipdocs.pipeline.check import find_sources, run_checks

    if sum((json, sarif, github)) > 1:
        raise typer.BadParameter("choose only one of --json, --sarif and --github", param_hint="--json")
    options = _spelling_options() if spelling else None
    paths, findings = (sources, []) if sources else find_sources(Path())
    paths, files = _split_sources(paths, fix=fix)
    if not (paths or files or findings):
        raise typer.BadParameter("there is no source file below this folder; name a source file", param_hint="SOURCE")
    with findings_reported(json), progress() as on_progress:
        if fix:
            from ipdocs.pipeline.fix import fix as fix_sources

            fixed_sources, result = fix_sources(paths, spelling=options, on_progress=on_progress)
        else:
            fixed_sources, result = [], run_checks(paths, spelling=options, on_progress=on_progress)
        checked = _check_files(files, options, on_progress)
        findings += result.findings + checked.findings
        if not sources:
            from ipdocs.translation.memory.workspace_memory import check_memory

            findings += check_memory(Path())
    for source in fixed_sources:
        counts = ", ".join(f"{count} {code}" for code, count in sorted(source.counts.items()))
        print_lines(f"{display_path(source.path)}: fixed {counts}", err=True)
    if sarif or github:
        _print_for_tools(findings, sarif)
    else:
        _print_result(findings, checked if files else None, len({*paths, *files}), json)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _print_result(findings: Sequence[Finding], checked: CheckedFiles | None, count: int, as_json: bool) -> None:
    """Print findings, and what was not checked in files that are not sources; `count` is the number of all files."""
    left_out = checked.left_out if checked else []
    if as_json:
        entries = [left_out_as_dict(place, entry) for place, entry in left_out]
        report(findings, as_json=True, **({"left_out": entries} if checked else {}))
        return
    report(findings)
    for place, entry in left_out:
        place = replace(place, path=display_path(place.path))
        print_lines(f"not checked ({entry.description}): {place}: {entry.text[:80]}")
    if not findings:
        print_lines(f"{count} checked, no findings")


def _split_sources(paths: Sequence[Path], *, fix: bool) -> tuple[list[Path], list[Path]]:
    """Return the paths of sources, and the paths of other files, which cannot be fixed."""
    if folder := next((path for path in paths if path.is_dir()), None):
        raise typer.BadParameter(f"{folder} is a folder; name its files, or run the command in it", param_hint="SOURCE")
    files = [path for path in paths if path.suffix.lower() not in _SOURCES]
    if files and fix:
        raise typer.BadParameter(f"only sources can be fixed; {files[0]} is none", param_hint="--fix")
    return [path for path in paths if path not in files], files


def _check_files(files: Sequence[Path], spelling: SpellingOptions | None, on_progress: Callable[[str], None]) -> CheckedFiles:
    """Return the result of a check of files that are not sources, such as the Word files of a draft."""
    from datetime import datetime

    from ipdocs.importing.check_files import CheckedFiles, check_files
    from ipdocs.values.types import HONG_KONG

    if not files:
        return CheckedFiles()
    return check_files(files, datetime.now(HONG_KONG), spelling=spelling, on_progress=on_progress)


def _spelling_options() -> SpellingOptions:
    from ipdocs.cli.user import cache_folder, dictionary_folders
    from ipdocs.pipeline.dictionaries import SpellingOptions

    return SpellingOptions(dictionary_folders(), cache_folder())


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


_EXPLANATION = """\
{code} ({severity})

{sentence}.

  wrong:  {wrong}
  right:  {right}
{instruction}
To allow it in one block, or in a whole document, write into the source:

  allow: {{{code}: "the reason"}}

To change it for all documents of the workspace, write into checks.yaml (error, warning or off):

  {code}: {other_severity}"""
_OTHER_EXPLANATION = """\
{code} ({severity})

Example of a message:

  {message}

{instruction}It is not one of the rules of `ipdocs check`, so it can be neither allowed nor switched off."""


def _explain(code: str, as_json: bool) -> None:
    """Print the explanation of a rule, with its severity in the workspace of the current folder, or of another finding.

    Raises:
        typer.BadParameter: there is no such rule or finding.
    """
    from ipdocs.checks.rule_table import CHECKS
    from ipdocs.cli.findings_page import example_findings
    from ipdocs.findings import nearest

    check = next((check for check in CHECKS if check.code == code), None)
    if check is None:
        examples = example_findings()
        if code not in examples:
            close = nearest(code, {*examples, *(check.code for check in CHECKS)})
            remedy = f"did you mean {close}?" if close else "`ipdocs check --list` lists the checks"
            raise typer.BadParameter(f"there is no check '{code}'; {remedy}", param_hint="--explain")
        _print_explanation(_OTHER_EXPLANATION, examples[code], as_json)
        return
    severity = _severities(as_json)[code]
    explanation = {"code": code, "severity": severity, "reason": check.reason, "wrong": check.wrong, "right": check.right}
    explanation["if_right"] = check.if_right
    _print_explanation(_EXPLANATION, explanation, as_json)


def _print_explanation(template: str, explanation: dict[str, str], as_json: bool) -> None:
    if as_json:
        report([], as_json=True, check=explanation)
        return
    reason, hint, if_right = (explanation.get(key, "") for key in ("reason", "hint", "if_right"))
    instruction = f"Its hint:\n\n  {hint}\n\n" if hint else f"\nIf the words are right:\n\n  {if_right}\n" if if_right else ""
    text = template.format(
        **explanation,
        sentence=reason[:1].upper() + reason[1:],
        instruction=instruction,
        other_severity="warning" if explanation["severity"] == "error" else "off",
    )
    print_lines(*text.split("\n"))


def _severities(as_json: bool) -> dict[str, RuleSeverity]:
    """Return the severity of each check in the workspace of the current folder, keyed by code."""
    from ipdocs.checks.run_rules import DEFAULT_SEVERITIES
    from ipdocs.checks.settings import severities
    from ipdocs.workspace import find_workspace

    with findings_reported(as_json):
        return severities(find_workspace(Path("source.yaml")), DEFAULT_SEVERITIES)


def _show_checks(as_json: bool) -> None:
    """Print the table of checks, with their severities in the workspace of the current folder."""
    from ipdocs.checks.rule_table import CHECKS

    severity_by_code = _severities(as_json)
    rows = [[check.code, severity_by_code[check.code], check.scope, check.reason, check.wrong] for check in CHECKS]
    if as_json:
        report([], as_json=True, checks=[dict(zip(COLUMNS, row, strict=True)) for row in rows])
        return
    print_table(COLUMNS, rows)
