"""ipdocs desk: open the page in which documents are written, checked and built."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, print_lines
from ipdocs.cli.user import state_folder
from ipdocs.findings import Finding, IpdocsError
from ipdocs.workspace import real_path


def desk(
    workspace: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="Folder with the documents.", exists=True, file_okay=False)
    ] = Path(),
    port: Annotated[
        int | None,
        typer.Option(help="Port to listen on. By default the one that this folder had the last time.", min=0, max=65535),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show the documents, but let nobody change them.")] = False,
) -> None:
    """Open a page on this computer in which documents are written, checked and built."""
    with findings_reported():
        start(real_path(workspace), port, browser=browser, read_only=read_only)


def start(workspace: Path, port: int | None, *, browser: bool, read_only: bool) -> None:
    """Run the desk until it is stopped; print its address, and open the browser.

    Args:
        workspace: the folder with the documents.
        port: the port to listen on; None for the one of the last time.
        browser: whether to open the browser.
        read_only: whether documents are only shown.

    Raises:
        IpdocsError: the desk is not installed, or cannot be started.
    """
    import threading
    import webbrowser

    if not all(map(importlib.util.find_spec, ("starlette", "uvicorn", "python_multipart"))):
        hint = "run: pip install 'ipdocs[desk]'"
        raise IpdocsError([Finding("desk-not-installed", "the programs that the desk needs are not installed", None, hint)])
    from ipdocs.desk.running import run_desk

    def opened(address: str, entry: Path) -> None:
        print_lines(address)
        if browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=[entry.as_uri()], name="browser", daemon=True).start()

    run_desk(workspace, state_folder() / "desk", port, opened, read_only=read_only)


def _has_screen() -> bool:
    """Whether a browser with windows can be opened: one in a terminal would hide the address."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
