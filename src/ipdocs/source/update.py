"""The one way back into a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.placing import write_atomically
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace


def put(path: Path, text: str, workspace: Workspace) -> None:
    """Write a source, unless it could not be read any more: then it stays as it was, and the findings say why."""
    check = path.with_name(f".{path.stem}.incoming.yaml")
    try:
        write_atomically(check, text.encode())
        open_source(check, workspace, draft=True)
    except IpdocsError as error:
        raise IpdocsError(list(_relocated(error.findings, check, path))) from error
    finally:
        check.unlink(missing_ok=True)
    write_atomically(path, text.encode())


def _relocated(findings: tuple[Finding, ...], here: Path, there: Path) -> Iterator[Finding]:
    from dataclasses import replace

    for one in findings:
        place = one.location
        at_home = place and place.path == here
        yield replace(one, location=Location(there, place.line, place.column, place.length)) if place and at_home else one
