"""ipdocs convert: text in another script, and on demand what could have come out otherwise."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import findings_reported, print_data, print_lines, report

if TYPE_CHECKING:
    from ipdocs.locale.conversion.choice import Choice
    from ipdocs.locale.conversion.decisions import ConversionDecision


def convert(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file, or - for standard input.")],
    to: Annotated[str, typer.Option(help="The language to convert to: tc, sc or cn.")],
    from_: Annotated[
        str, typer.Option("--from", help="The language to convert from; without it sc for tc, and tc for the others.")
    ] = "",
    audit: Annotated[bool, typer.Option("--audit", help="Show also each span that could have become something else.")] = False,
    choose: Annotated[
        list[str] | None, typer.Option(metavar="TEXT=FORM", help="Write TEXT as FORM here from now on; kept beside FILE.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print text and decisions as JSON.")] = False,
) -> None:
    """Convert text between Traditional and Simplified Chinese, line for line."""
    from ipdocs.locale.conversion.converter import converter
    from ipdocs.source.state import SourceState, read_state
    from ipdocs.source.update import keep_choices
    from ipdocs.workspace import find_workspace

    source = from_ or ("sc" if to == "tc" else "tc")
    with findings_reported(json):
        path = _path(file)
        choices = _choices(choose or [], source, to)
        if choices and path is None:
            raise typer.BadParameter("what is chosen is kept beside a file: name one", param_hint="--choose")
        state = keep_choices(path, choices) if path and choices else read_state(path) if path else SourceState()
        workspace = find_workspace(path or Path("standard-input"))
        conversion = converter(source, to, workspace, state.choices)
        text = _read(path)
        decisions = conversion.audit(text) if audit else []
    if json:
        report([], as_json=True, text=conversion.convert(text), decisions=[asdict(decision) for decision in decisions])
        return
    print_data(conversion.convert(text).encode())
    for decision in decisions:
        print_lines(_shown(decision, text, file), err=True)


def _path(file: str) -> Path | None:
    if file == "-":
        return None
    path = Path(file)
    if not path.is_file():
        raise typer.BadParameter(f"there is no file {file!r}", param_hint="FILE")
    return path


def _read(path: Path | None) -> str:
    from ipdocs.files.reading import read_bytes
    from ipdocs.findings import Finding, IpdocsError, Location

    content = read_bytes(path) if path else sys.stdin.buffer.read()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise IpdocsError(
            [Finding("not-utf-8", f"this is no text in UTF-8: {error.reason}", Location(path or Path("-")), hint)]
        ) from error


def _choices(given: list[str], source: str, target: str) -> list[Choice]:
    from ipdocs.locale.conversion.choice import Choice

    choices = []
    for option in given:
        text, equals, form = option.partition("=")
        if not (text and equals and form):
            raise typer.BadParameter(f"{option!r} is not of the form TEXT=FORM", param_hint="--choose")
        choices.append(Choice(source, target, text, form, on=date.today().isoformat()))
    return choices


def _shown(decision: ConversionDecision, text: str, file: str) -> str:
    line = text.count("\n", 0, decision.start) + 1
    column = decision.start - text.rfind("\n", 0, decision.start)
    others = " ".join(decision.alternatives)
    sign = "" if decision.settled else " (nobody decided)"
    return (
        f"{file}:{line}:{column}: {decision.text} → {decision.chosen}, not {others}: {decision.by}{sign}; in …{decision.context}…"
    )
