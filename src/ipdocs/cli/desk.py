"""ipdocs desk: open the page in which documents are written, checked and built."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, print_lines


def desk(
    workspace: Annotated[
        Path, typer.Argument(metavar="[WORKSPACE]", help="Folder with the documents.", exists=True, file_okay=False)
    ] = Path(),
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; by default the one of the last time.", min=0, max=65535)
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Open a page on this computer in which documents are written, checked and built."""
    from importlib.util import find_spec

    from ipdocs.cli.user import state_folder
    from ipdocs.desk.running import serve
    from ipdocs.findings import Finding, IpdocsError
    from ipdocs.workspace import real_path

    with findings_reported():
        if not all(map(find_spec, ("starlette", "uvicorn", "python_multipart"))):
            hint = "run: pip install 'ipdocs[desk]'"
            raise IpdocsError([Finding("desk-not-installed", "the programs that the desk needs are not installed", None, hint)])

        def opened(address: str) -> None:
            print_lines(address)

        serve(real_path(workspace), state_folder() / "desk", port, opened)
