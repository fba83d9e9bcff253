"""ipdocs new: a source or a workspace to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines


def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="press-release, minutes, or workspace: your own templates.")],
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The document's id, such as my-release, or a workspace's folder.")],
    out: Annotated[Path, typer.Option(help="The folder to put a document's own folder into.", file_okay=False)] = Path(),
    after: Annotated[Path | None, typer.Option(help="The last minutes, for the next.", exists=True, dir_okay=False)] = None,
) -> None:
    """Write a source, or a workspace, to begin with."""
    from datetime import datetime

    from ipdocs.minutes.next_minutes import next_minutes_source
    from ipdocs.source.scaffold import new_source, new_workspace, write_source
    from ipdocs.values.types import HONG_KONG
    from ipdocs.workspace import find_workspace

    if after and kind != "minutes":
        raise typer.BadParameter("only minutes follow minutes", param_hint="--after")
    with findings_reported():
        if kind == "workspace":
            for path in new_workspace(name):
                print_lines(near(path))
        else:
            if after:
                source = write_source(kind, str(name), out, next_minutes_source(after, str(name)))
            else:
                source = new_source(kind, str(name), out, datetime.now(HONG_KONG), find_workspace(out / "release.yaml"))
            print_lines(near(source))
            print_lines(f"build it with: ipdocs {'pack' if kind == 'minutes' else 'build'} {near(source)}", err=True)
