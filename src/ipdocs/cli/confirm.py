"""ipdocs confirm: a person's word that a translation is right as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, print_lines
from ipdocs.cli.user import today, user_name


def confirm(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document.", exists=True, dir_okay=False)],
    blocks: Annotated[
        list[str] | None, typer.Argument(metavar="[BLOCK...]", help="The blocks, by id; none: all that are translated.")
    ] = None,
    lang: Annotated[str, typer.Option(help="The language that was read.")] = "tc",
    by: Annotated[str, typer.Option(help="Who read it; without it, who is logged in.")] = "",
) -> None:
    """Confirm translations: take the marks of drafts away, and remember what each was made from, by whom and when."""
    from ipdocs.translation.confirm import confirm as confirm_blocks

    with findings_reported():
        for name in confirm_blocks(source, blocks or [], lang, by=user_name(by), on=today()):
            print_lines(f"{lang}  confirmed  {name}")
