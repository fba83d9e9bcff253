"""ipdocs confirm: record that a person has approved translations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, print_lines
from ipdocs.cli.user import today, user_name


def confirm(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    blocks: Annotated[
        list[str] | None,
        typer.Argument(metavar="BLOCK", help="Ids of the blocks to confirm. Default: all translated blocks."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the translations.")] = "tc",
    by: Annotated[str, typer.Option(help="Name of the person who approves. Default: your user name.")] = "",
) -> None:
    """Confirm translations that you have read: remove their draft marks, and record who confirmed them and when."""
    from ipdocs.translation.confirm import confirm as confirm_blocks

    with findings_reported():
        for name in confirm_blocks(source, blocks or [], lang, by=user_name(by), on=today()):
            print_lines(f"{lang}  confirmed  {name}")
