"""ipdocs catalog: the phrases of templates and boilerplate, from extraction to conversion."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines

app = typer.Typer(help="Keep the phrases of templates and boilerplate translated.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[
    Path, typer.Argument(help="The workspace: a folder with templates/ and locales/.", exists=True, file_okay=False)
]


@app.command()
def extract(workspace: Folder = Path()) -> None:
    """Write locales/phrases.pot: what the templates and boilerplate say in English."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        print_lines(near(catalog_update.extract(Workspace(workspace.resolve()), datetime.now(UTC))))


@app.command()
def update(workspace: Folder = Path()) -> None:
    """Bring the phrases.po of every language up to date; changed phrases become fuzzy."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        _tell(catalog_update.update(Workspace(workspace.resolve()), datetime.now(UTC)))


@app.command()
def derive(workspace: Folder = Path()) -> None:
    """Write the phrases of sc and cn from those of tc; what a person wrote is left alone."""
    from ipdocs.locale import catalog_update
    from ipdocs.workspace import Workspace

    with findings_reported():
        _tell(catalog_update.derive(Workspace(workspace.resolve()), datetime.now(UTC)))


def _tell(changed: list[Path]) -> None:
    for path in changed:
        print_lines(near(path))
    if not changed:
        print_lines("nothing has changed")
