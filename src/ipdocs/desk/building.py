"""What a build process does, and what a build is asked to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ipdocs.desk.message import message
from ipdocs.desk.sentences import sentences
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.pipeline.build import IncompleteBuild, build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import Source, inspect_source
from ipdocs.source.texts import iter_texts

Json = dict[str, Any]


def build_document(path: Path, out: Path, request: BuildRequest, *, on_progress: Callable[[Json], None]) -> Json:
    """Build a document with the function of `ipdocs build`.

    Args:
        path: the path of the source.
        out: the folder for results.
        request: the editions, layout and formats.
        on_progress: called with a message about each stage.

    Returns:
        The files that were made, with what the verification counted, and the findings; a finding says where its text is.
        Without any file, the findings are the reason, and the earlier files are as they were.
    """
    stages = {
        path.name: message("Reading the document"),
        "write": message("Writing the files"),
        "write and verify": message("Writing the files and reading them again"),
    }
    try:
        outputs = build([path], out, request, on_progress=lambda step: on_progress(stages.get(step, message(step))))
    except IncompleteBuild as error:
        return {"files": [], "findings": with_places(path, error.findings)}
    files = [
        {**asdict(output.entry), "path": output.path.relative_to(out).as_posix(), "format": output.format} for output in outputs
    ]
    findings = dict.fromkeys(finding for output in outputs for finding in output.findings)
    return {"files": files, "findings": with_places(path, tuple(findings))}


def with_places(path: Path, findings: tuple[Finding, ...]) -> list[Json]:
    """Return findings as JSON, each with its everyday sentence, and with the place and language of its text if there is one."""
    try:
        source = inspect_source(path, draft=True)
    except IpdocsError:  # the findings say what is wrong with the source
        return [finding.as_dict() for finding in findings]
    known = sentences(source.workspace)
    return [{**finding.as_dict(), "sentence": known.get(finding.code), **_place_of(source, finding)} for finding in findings]


def _place_of(source: Source, finding: Finding) -> Mapping[str, str]:
    """Return the place and language of the text that a finding is about; for one that is missing, the language that lacks it."""
    address = _place(source, finding.location)
    if finding.code != "missing-translation" or not address:
        return address
    texts = next(place.texts for place in iter_texts(source.document) if place.name == address["place"])
    lacking = [str(code) for code in source.document.languages if code not in texts]
    return {**address, "lang": lacking[0]} if lacking else address


def _place(source: Source, location: Location | None) -> Mapping[str, str]:
    """Return the place and language of the last text that begins at a location or before, in the same block."""
    if location is None or location.path != source.path or not location.line:
        return {}
    begin = (location.line, location.column)
    before: tuple[tuple[int, int], Mapping[str, str]] | None = None
    after: tuple[tuple[int, int], Mapping[str, str]] | None = None
    for place in iter_texts(source.document):
        if place.keys[0] == "facts":
            continue
        for code, text in place.texts.items():
            if (own := text.locate()) is None or own.path != source.path:
                continue
            entry = ((own.line, own.column), {"place": place.name, "lang": str(code)})
            if entry[0] <= begin and (before is None or entry[0] > before[0]):
                before = entry
            if entry[0] > begin and (after is None or entry[0] < after[0]):
                after = entry
    lines = source.text.text.splitlines()[before[0][0] : location.line] if before else []
    is_same_block = before is not None and not any(line.lstrip().startswith("- id:") for line in lines)
    chosen = before if is_same_block else after or before
    return chosen[1] if chosen else {}
