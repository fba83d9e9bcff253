"""ipdocs new: begin a source or a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines


def new(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="press-release, minutes, or workspace (a folder for your own templates).")
    ],
    name: Annotated[
        Path, typer.Argument(metavar="NAME", help="Id of the document, such as my-release, or the folder of a workspace.")
    ],
    out: Annotated[Path, typer.Option(help="Folder in which to make the folder of the document.", file_okay=False)] = Path(),
    after: Annotated[
        Path | None,
        typer.Option(
            help="Source of the last minutes, whose standing items and open actions the new minutes take over.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Begin a press release, minutes, or a workspace."""
    from datetime import datetime

    from ipdocs.minutes.next_minutes import next_minutes_source
    from ipdocs.source.scaffold import new_source, new_workspace, write_new_source
    from ipdocs.values.types import HONG_KONG
    from ipdocs.workspace import find_workspace

    if after and kind != "minutes":
        raise typer.BadParameter("--after is for minutes only", param_hint="--after")
    with findings_reported():
        if kind == "workspace":
            for path in new_workspace(name):
                print_lines(display_path(path))
        else:
            if after:
                source = write_new_source(kind, str(name), out, next_minutes_source(after, str(name)))
            else:
                source = new_source(kind, str(name), out, datetime.now(HONG_KONG), find_workspace(out / "release.yaml"))
            print_lines(display_path(source))
            print_lines(f"build it with: ipdocs {'pack' if kind == 'minutes' else 'build'} {display_path(source)}", err=True)
