"""ipdocs machine: what a source lacks in a language, drafted by a service that the workspace names."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress, report
from ipdocs.cli.user import log_file

if TYPE_CHECKING:
    from ipdocs.translation.machine_drafts import SentTexts


def machine(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="The language to translate into: tc or en.")] = "tc",
    from_: Annotated[str, typer.Option("--from", help="The language to translate from; without it the document's first.")] = "",
) -> None:
    """Draft what is missing through your own translation service.

    Only what is open is sent, and nothing unless locales/machine.yaml of the workspace says where. A key is read from
    IPDOCS_MACHINE_KEY. What is sent is logged on this computer: the places of texts, never their words.
    """
    from ipdocs.translation.job import withheld_note
    from ipdocs.translation.libretranslate import KEY_VARIABLE
    from ipdocs.translation.machine_drafts import machine_drafts

    with findings_reported(), progress() as on_progress:
        path = log_file("machine.jsonl")
        key = os.environ.get(KEY_VARIABLE, "")
        drafts = machine_drafts(
            source, to, source_language=from_, key=key, log=lambda sent: _log(path, sent), on_progress=on_progress
        )
    report(drafts.findings)
    if drafts.withheld:
        print_lines(withheld_note(drafts.withheld), err=True)
    print_lines(
        f"{near(source)}: {len(drafts.texts)} drafts written; read each, then `ipdocs confirm {near(source)} BLOCK --lang {to}`",
        f"what was sent is listed in {path}",
    )


def _log(path: Path, sent: SentTexts) -> None:
    """Add a line of JSON to the log: when, where to, and which texts of which document, by their places."""
    from ipdocs.files.appending import append_line

    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "address": sent.address,
        "document": sent.document,
        "source": str(sent.path.resolve()),
        "from": sent.source_language,
        "to": sent.target_language,
        "count": len(sent.places),
        "places": sent.places,
    }
    append_line(path, json.dumps(record))
