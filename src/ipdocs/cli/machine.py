"""ipdocs translate --machine: draft missing translations with the translation service of a workspace."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report
from ipdocs.cli.user import log_file

if TYPE_CHECKING:
    from ipdocs.translation.machine_drafts import RequestRecord


def machine(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="Code of the target language, such as tc or en.")] = "tc",
    from_: Annotated[str, typer.Option("--from", help="Source language. Default: the first language of the document.")] = "",
) -> None:
    """Draft missing translations with a translation service; the new name is `ipdocs translate --machine`."""
    print_lines(
        "`ipdocs machine` is now `ipdocs translate --machine`; the old name will be removed in the next release", err=True
    )
    write_machine_drafts(source, to, from_, as_json=False)


def write_machine_drafts(source: Path, to: str, source_language: str, *, as_json: bool) -> None:
    """Write drafts of missing translations from the translation service of a workspace into a source.

    Only open texts are sent. The key for the service comes from the environment. The log lists the places of the texts that
    were sent, but does not contain the texts.

    Raises:
        typer.Exit: there was an error, which has been reported.
    """
    from ipdocs.translation.job import withheld_note
    from ipdocs.translation.libretranslate import KEY_VARIABLE
    from ipdocs.translation.machine_drafts import machine_drafts

    with findings_reported(as_json), progress() as on_progress:
        log_path = log_file("machine.jsonl")
        key = os.environ.get(KEY_VARIABLE, "")
        drafts = machine_drafts(
            source,
            to,
            source_language=source_language,
            key=key,
            log=lambda request: _append_to_log(log_path, request),
            on_progress=on_progress,
        )
    if as_json:
        report(
            drafts.findings,
            as_json=True,
            written=len(drafts.texts),
            held_back=[place.name for place in drafts.withheld],
            log=str(log_path),
        )
        return
    report(drafts.findings)
    if drafts.withheld:
        print_lines(withheld_note(drafts.withheld), err=True)
    print_lines(
        f"{display_path(source)}: {len(drafts.texts)} drafts written; "
        f"read each, then run `ipdocs confirm {display_path(source)} BLOCK --lang {to}`",
        f"{log_path} lists the places of the texts that were sent",
    )


def _append_to_log(path: Path, request: RequestRecord) -> None:
    """Append a record to the log: time, address of the service, document, and the places of the texts."""
    from ipdocs.files.appending import append_line

    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "address": request.address,
        "document": request.document,
        "source": str(request.path.resolve()),
        "from": request.source_language,
        "to": request.target_language,
        "count": len(request.places),
        "places": request.places,
    }
    append_line(path, json.dumps(record))
