"""What the process for imports does: files become a proposal, and a proposal with an editor's decisions a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ipdocs.files.placing import place_files
from ipdocs.files.reading import unusable_file
from ipdocs.findings import Finding, IpdocsError
from ipdocs.importing.import_release import ImportDecisions, compose_release
from ipdocs.importing.proposal import propose_release
from ipdocs.workspace import find_workspace

Json = dict[str, Any]
Pairs = Sequence[Mapping[str, Sequence[int]]]


def propose(files: Sequence[Path], target: Path, now: datetime, pairs: Pairs | None, style: str) -> Json:
    """Return what an import would make of files, as JSON.

    Args:
        files: the files.
        target: the path of a source in the workspace, which need not exist.
        now: the current time.
        pairs: the pairs that the editor has decided, or None.
        style: the house style that the editor has chosen, or "".

    Raises:
        IpdocsError: the files cannot be imported.
    """
    try:
        proposal = propose_release(files, target, now, find_workspace(target), pairs=pairs, style=style)
    except ValueError as error:
        return {"error": str(error)}
    except IpdocsError as error:
        raise IpdocsError(_with_plain_name(finding, files) for finding in error.findings) from error
    findings = [_with_plain_name(finding, files).as_dict() for finding in proposal.findings]
    return {**asdict(replace(proposal, findings=())), "findings": findings}


def make(
    files: Sequence[Path], target: Path, now: datetime, pairs: Pairs | None, refused: Sequence[str], name: str, style: str
) -> Json:
    """Write the source of an import with its pictures.

    Args:
        files: the files.
        target: the path of the new source.
        now: the current time.
        pairs: the pairs that the editor has decided, or None.
        refused: the names of the proposed facts whose values stay words.
        name: the id of the new document.
        style: the house style.

    Raises:
        IpdocsError: the files cannot be imported, or the source exists already or cannot be written.
    """
    if target.exists():
        raise unusable_file("file-exists", "this file exists already", target, "choose another name")
    try:
        decisions = ImportDecisions(pairs, refused)
        release = compose_release(files, target, now, name=name, style=style, decisions=decisions)
    except ValueError as error:
        return {"error": str(error)}
    except IpdocsError as error:
        raise IpdocsError(_with_plain_name(finding, files) for finding in error.findings) from error
    place_files(release.files())
    return {"blocks": release.summary.block_count}


def _with_plain_name(finding: Finding, files: Sequence[Path]) -> Finding:
    """Return a finding that names its file as the editor knows it, without the folder in which the desk holds it."""
    location = finding.location
    if location is None or location.path not in files:
        return finding
    return replace(finding, location=replace(location, path=Path(location.path.name)))
