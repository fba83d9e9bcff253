"""ipdocs actions: list the action items of meetings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_data, print_lines, report
from ipdocs.findings import Finding


def actions(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE", help="Source files of minutes.", exists=True, dir_okay=False),
    ],
    on: Annotated[
        datetime | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="Date of the list; unfinished actions due before it are overdue. Default: today.",
        ),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the list.")] = "en",
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV, for any spreadsheet program.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write an Excel workbook; needs --out.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, for other programs.")] = False,
    ics: Annotated[bool, typer.Option("--ics", help="Write calendar tasks (iCalendar) for unfinished actions.")] = False,
    public: Annotated[bool, typer.Option("--public", help="Leave out restricted actions and texts.")] = False,
    out: Annotated[Path | None, typer.Option(help="File to write. Default: print to the terminal.", dir_okay=False)] = None,
) -> None:
    """List the actions agreed at meetings: who does what by when, and what is overdue.

    Restricted actions are marked; --public leaves them out.
    """
    from ipdocs.files.placing import place_files
    from ipdocs.minutes.actions import FORMATS, follow_ups
    from ipdocs.values.types import HONG_KONG

    formats = [name for name, is_requested in (("csv", csv), ("xlsx", xlsx), ("json", json), ("ics", ics)) if is_requested]
    if len(formats) > 1:
        raise typer.BadParameter(f"choose only one of {', '.join(f'--{name}' for name in formats)}")
    if xlsx and out is None:
        raise typer.BadParameter("a workbook cannot be printed: add --out actions.xlsx", param_hint="--xlsx")
    findings: list[Finding] = []
    with findings_reported(json):
        rows = follow_ups(sources, (on or datetime.now(HONG_KONG)).date(), lang, public=public, on_finding=findings.append)
        data = FORMATS[formats[0] if formats else "text"](rows)
        report(findings)
        if out:
            place_files({out: data})
            print_lines(display_path(out))
        else:
            print_data(data)
