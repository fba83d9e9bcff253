"""ipdocs new: a source or a workspace to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.report import findings_reported, near


def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="press-release, or workspace for a folder of your own templates.")],
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The document's id, such as my-release, or a workspace's folder.")],
    out: Annotated[Path, typer.Option(help="The folder to put a document's own folder into.", file_okay=False)] = Path(),
) -> None:
    """Write a source, or a workspace, to begin with."""
    from datetime import datetime

    from ipdocs.source.new import new_source, new_workspace
    from ipdocs.values.types import HONG_KONG
    from ipdocs.workspace import find_workspace

    with findings_reported():
        if kind == "workspace":
            for path in new_workspace(name):
                typer.echo(near(path))
        else:
            source = new_source(kind, str(name), out, datetime.now(HONG_KONG), find_workspace(out / "release.yaml"))
            typer.echo(near(source))
            typer.echo(f"build it with: ipdocs build {near(source)}", err=True)
