"""ipdocs convert: convert text between Chinese scripts."""

from __future__ import annotations

import re
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
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Text file, or - for standard input.")],
    to: Annotated[str, typer.Option(help="Target language: tc, sc or cn.")],
    from_: Annotated[
        str, typer.Option("--from", help="Language of the text. Default: sc if the target is tc, otherwise tc.")
    ] = "",
    audit: Annotated[bool, typer.Option("--audit", help="Also list each place where a different form is possible.")] = False,
    choose: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT=FORM", help="Convert TEXT to FORM in this file, now and in future; saved beside FILE."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the text and the decisions as JSON.")] = False,
) -> None:
    """Convert text between Traditional and Simplified Chinese, line by line.

    A warning on standard error says how many places have several possible forms of which no rule decides one.
    """
    from ipdocs.locale.conversion.converter import converter
    from ipdocs.source.state import SourceState, read_state
    from ipdocs.source.update import store_choices
    from ipdocs.workspace import find_workspace

    source_language = from_ or ("sc" if to == "tc" else "tc")
    with findings_reported(json):
        path = _input_path(file)
        choices = _choices(choose or [], source_language, to)
        if choices and path is None:
            raise typer.BadParameter(
                "a choice is saved beside its file, but standard input is not a file: name a file", param_hint="--choose"
            )
        state = store_choices(path, choices) if path and choices else read_state(path) if path else SourceState()
        workspace = find_workspace(path or Path("standard-input"))
        conversion = converter(source_language, to, workspace, state.choices)
        text = _read_text(path)
        decisions = conversion.audit(text) if audit else []
    if json:
        report([], as_json=True, text=conversion.convert(text), decisions=[asdict(decision) for decision in decisions])
        return
    print_data(conversion.convert(text).encode())
    if not audit:
        with findings_reported(as_json=False):
            count = conversion.undecided_count(text)
        if count:
            places = "1 place has" if count == 1 else f"{count} places have"
            print_lines(f"warning: {places} several possible forms: list with --audit, decide with --choose", err=True)
    for decision in decisions:
        print_lines(_decision_line(decision, text, file), err=True)


def _input_path(file: str) -> Path | None:
    if file == "-":
        return None
    path = Path(file)
    if not path.is_file():
        raise typer.BadParameter(f"file {file!r} does not exist", param_hint="FILE")
    return path


def _read_text(path: Path | None) -> str:
    from ipdocs.files.reading import read_bytes
    from ipdocs.findings import Finding, IpdocsError, Location

    content = read_bytes(path) if path else sys.stdin.buffer.read()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise IpdocsError([Finding("not-utf-8", "this is not UTF-8 text", Location(path or Path("-")), hint)]) from error


def _choices(options: list[str], source_language: str, target_language: str) -> list[Choice]:
    from ipdocs.locale.conversion.choice import Choice

    choices = []
    for option in options:
        text, equals, form = option.partition("=")
        if not (text and equals and form):
            raise typer.BadParameter(f"{option!r} is not of the form TEXT=FORM", param_hint="--choose")
        if re.search("[\ud800-\udfff]", option):  # bytes of the command line that are not UTF-8
            raise typer.BadParameter(f"{option!r} is not UTF-8 text", param_hint="--choose")
        choices.append(Choice(source_language, target_language, text, form, on=date.today().isoformat()))
    return choices


def _decision_line(decision: ConversionDecision, text: str, file: str) -> str:
    line = text.count("\n", 0, decision.start) + 1
    column = decision.start - text.rfind("\n", 0, decision.start)
    alternatives = " ".join(decision.alternatives)
    note = "" if decision.settled else " (not confirmed)"
    result = f"{decision.text} → {decision.chosen}, not {alternatives}: {decision.by}{note}"
    return f"{file}:{line}:{column}: {result}; in …{decision.context}…"
