"""ipdocs catalog: translate the phrases of templates and boilerplate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.commands import Command, Commands
from ipdocs.cli.output import display_path, findings_reported, print_lines

app = typer.Typer(
    cls=Commands, help="Translate the phrases of templates and boilerplate.", no_args_is_help=True, rich_markup_mode=None
)

WorkspaceFolder = Annotated[
    Path,
    typer.Argument(
        metavar="WORKSPACE", help="The workspace: the folder that has templates/ or locales/.", exists=True, file_okay=False
    ),
]


@app.command(cls=Command)
def extract(workspace: WorkspaceFolder = Path()) -> None:
    """Collect the English phrases of templates and boilerplate in locales/phrases.pot."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        print_lines(display_path(catalog_update.extract(Workspace(workspace.resolve()), datetime.now(UTC))))


@app.command(cls=Command)
def update(workspace: WorkspaceFolder = Path()) -> None:
    """Update phrases.po of every language; phrases whose English changed are marked as fuzzy."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        _print_changed_files(catalog_update.update(Workspace(workspace.resolve()), datetime.now(UTC)))


@app.command(cls=Command)
def derive(workspace: WorkspaceFolder = Path()) -> None:
    """Convert the phrases of tc to sc and cn; phrases that a person wrote stay as they are."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        _print_changed_files(catalog_update.derive(Workspace(workspace.resolve()), datetime.now(UTC)))


def _print_changed_files(paths: list[Path]) -> None:
    for path in paths:
        print_lines(display_path(path))
    if not paths:
        print_lines("nothing has changed")
