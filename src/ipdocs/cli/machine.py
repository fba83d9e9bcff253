"""ipdocs machine: what a source lacks in a language, drafted by a service that the workspace names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress, report

KEY = "IPDOCS_MACHINE_KEY"


def machine(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="The language to translate into: tc or en.")] = "tc",
    from_: Annotated[str, typer.Option("--from", help="The language to translate from; without it the document's first.")] = "",
) -> None:
    """Draft what is missing through your own translation service.

    Only what is open is sent, and nothing unless locales/machine.yaml of the workspace says where. A key is read from
    IPDOCS_MACHINE_KEY.
    """
    from ipdocs.translation.job import held_back_note
    from ipdocs.translation.machine_drafts import machine_drafts

    with findings_reported(), progress() as on_progress:
        key = os.environ.get(KEY, "")
        drafts = machine_drafts(source, to, source_language=from_, key=key, on_progress=on_progress)
    report(drafts.findings)
    if drafts.held_back:
        print_lines(held_back_note(drafts.held_back), err=True)
    print_lines(
        f"{near(source)}: {len(drafts.texts)} drafts written; read each, then `ipdocs confirm {near(source)} BLOCK --lang {to}`"
    )
