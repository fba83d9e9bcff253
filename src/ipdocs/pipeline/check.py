"""Sources in, findings out: what a build would refuse, and what a careful reader would see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.checked_document import CheckedDocument, read
from ipdocs.checks.conversion_gate import undecided_conversion_findings, wrong_script_findings
from ipdocs.checks.run_rules import RuleFinding, examine
from ipdocs.checks.translation_status import stale_findings
from ipdocs.findings import Finding, IpdocsError, in_order
from ipdocs.locale.catalog_review import review
from ipdocs.localisation.localise import localise
from ipdocs.pipeline.request import plan_editions
from ipdocs.source.meeting_checks import quorum_findings
from ipdocs.source.state import choices
from ipdocs.source.validation import load
from ipdocs.workspace import find_workspace

# What a draft may have, and what keeps no rule from reading the rest.
GAPS = ("missing-translation", "draft-text")
LEFT_OUT = {"out", "templates", "locales", "tests", "node_modules"}


@dataclass(frozen=True, slots=True)
class Examined:
    """What keeps sources from being built, what the checks find, and the documents as rules read them."""

    findings: list[Finding]
    found: list[RuleFinding]
    readings: list[CheckedDocument]


def check(sources: Sequence[Path], *, told: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Return the findings of sources in the order of their places; no file is written."""
    result = examined(sources, told=told)
    return in_order([*result.findings, *(one.finding for one in result.found)])


def examined(sources: Sequence[Path], *, told: Callable[[str], None] = lambda step: None) -> Examined:
    """Return what keeps sources from being built, and what the checks find in those that can be read."""
    findings: list[Finding] = []
    readings: list[CheckedDocument] = []
    for workspace in dict.fromkeys(map(find_workspace, sources)):
        try:
            findings += review(workspace)
        except IpdocsError as error:
            findings += error.findings
    for source in sources:
        told(source.name)
        problems, reading = _read(source)
        findings += problems
        readings += [reading] if reading else []
    try:
        return Examined(findings, examine(readings), readings)
    except IpdocsError as error:
        return Examined([*findings, *error.findings], [], readings)


def _read(source: Path) -> tuple[list[Finding], CheckedDocument | None]:
    """Return what a build would find in a source, and the source as rules read it; gaps in its languages do not prevent that."""
    workspace = find_workspace(source)
    findings: list[Finding] = []
    try:
        document = load(source, workspace)
    except IpdocsError as error:
        findings += error.findings
        if any(finding.code not in GAPS for finding in findings):
            return findings, None
        document = load(source, workspace, draft=True)
    made = [edition.languages[0] for edition in plan_editions(document, workspace)]
    for language in made:
        try:
            localise(document, language, workspace, draft=bool(findings))
        except IpdocsError as error:
            findings += error.findings
    reading = read(document, workspace) if not findings or findings[0].code in GAPS else None
    if reading:
        derived, chosen = [language for language in made if language.code not in document.languages], choices(source)
        findings += [*wrong_script_findings(reading, derived, chosen), *undecided_conversion_findings(reading, derived, chosen)]
    return [*findings, *stale_findings(source, document, workspace), *quorum_findings(document)], reading


def sources_below(folder: Path) -> list[Path]:
    """Return the sources below a folder: YAML files that state a schema and a kind, but for templates and results."""
    return [
        path for path in sorted(folder.rglob("*.yaml")) if not LEFT_OUT & set(path.relative_to(folder).parts) and _is_source(path)
    ]


def _is_source(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4096)
    return b"\nkind:" in b"\n" + start and b"schema:" in start
