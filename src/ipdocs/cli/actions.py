"""ipdocs actions: what is to be done after meetings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_data, print_lines, report
from ipdocs.findings import Finding


def actions(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="The minutes of one or several meetings.", exists=True, dir_okay=False),
    ],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day on which it is asked what is overdue; today if not given."),
    ] = None,
    lang: Annotated[str, typer.Option(help="The language of the list.")] = "en",
    csv: Annotated[bool, typer.Option("--csv", help="As CSV, for any spreadsheet.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="As an Excel workbook; it needs --out.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for tools.")] = False,
    ics: Annotated[bool, typer.Option("--ics", help="As tasks for a calendar: those that are not over.")] = False,
    public: Annotated[bool, typer.Option("--public", help="Leave out what is restricted.")] = False,
    out: Annotated[Path | None, typer.Option(help="The file to write; the terminal if not given.", dir_okay=False)] = None,
) -> None:
    """List what is to be done after meetings, by whom and until when, and what is overdue.

    What is restricted is marked, or left out of a list that is --public.
    """
    from ipdocs.files.placing import place
    from ipdocs.minutes.actions import FORMATS, follow_ups
    from ipdocs.values.types import HONG_KONG

    asked = [name for name, chosen in (("csv", csv), ("xlsx", xlsx), ("json", json), ("ics", ics)) if chosen]
    if len(asked) > 1:
        raise typer.BadParameter(f"choose one of {', '.join(f'--{name}' for name in asked)}")
    if xlsx and out is None:
        raise typer.BadParameter("a workbook is a file: add --out actions.xlsx", param_hint="--xlsx")
    left_out: list[Finding] = []
    with findings_reported(json):
        listed = follow_ups(sources, (on or datetime.now(HONG_KONG)).date(), lang, public=public, on_finding=left_out.append)
        data = FORMATS[asked[0] if asked else "text"](listed)
        report(left_out)
        if out:
            place({out: data})
            print_lines(near(out))
        else:
            print_data(data)
