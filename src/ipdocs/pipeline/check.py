"""Sources in, findings out: what a build would refuse, and what a careful reader would see."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.checks.checked_document import CheckedDocument, read
from ipdocs.checks.conversion_gate import CODE as WRONG_SCRIPT
from ipdocs.checks.conversion_gate import undecided_conversion_findings
from ipdocs.checks.run_rules import RuleFinding, examine
from ipdocs.files.reading import open_regular
from ipdocs.files.system_errors import cannot_read
from ipdocs.findings import Finding, IpdocsError, Severity, in_order
from ipdocs.locale.catalog_review import review
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.gates import release_findings
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.source.open import Source, inspect_source
from ipdocs.workspace import find_workspace

# What a draft may have, and what keeps no rule from reading the rest.
GAPS = ("missing-translation", "draft-text", "unused-text")
LEFT_OUT = {"out", "templates", "locales", "tests", "node_modules"}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What keeps sources from being released, what the rules find, and the documents as rules read them."""

    release_findings: list[Finding]
    rule_findings: list[RuleFinding]
    documents: list[CheckedDocument]

    @property
    def findings(self) -> list[Finding]:
        """All findings in the order of their places; what a rule tells of the same words is not told again."""
        told = [found.finding for found in self.rule_findings]
        errors = [finding for finding in told if finding.severity == "error"]
        kept = [finding for finding in self.release_findings if not any(_covers(error, finding) for error in errors)]
        return in_order([*kept, *told])


def _covers(finding: Finding, other: Finding) -> bool:
    """Whether a finding stands on the words of another one with its code, or on a character of the other script."""
    here, there = finding.location, other.location
    if (
        other.code not in (finding.code, WRONG_SCRIPT)
        or not here
        or not there
        or (here.path, here.line) != (there.path, there.line)
    ):
        return False
    return here.column <= there.column < here.column + max(here.length, 1)


def check(paths: Sequence[Path], *, on_progress: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Return everything that a build would refuse and that the rules find; no file is written.

    Args:
        paths: the files of the sources.
        on_progress: called with the name of each source.

    Returns:
        The findings in the order of files and lines; errors in sources are among them and are not raised.
    """
    return run_checks(paths, on_progress=on_progress).findings


def run_checks(paths: Sequence[Path], *, on_progress: Callable[[str], None] = lambda step: None) -> CheckResult:
    """Return what keeps sources from being released, and what the rules find in those that can be read."""
    sources, findings = open_sources(paths)
    return check_sources(sources, findings, on_progress=on_progress)


def open_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Finding]]:
    """Return the sources in files, those named twice once, and what is wrong with the others and with their catalogs."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for workspace in dict.fromkeys(map(find_workspace, paths)):
        try:
            findings += review(workspace)
        except IpdocsError as error:
            findings += error.findings
    for path in dict.fromkeys(paths):
        try:
            sources.append(inspect_source(path))
        except IpdocsError as error:
            findings += error.findings
    return sources, findings


def check_sources(
    sources: Sequence[Source], others: Sequence[Finding] = (), *, on_progress: Callable[[str], None] = lambda step: None
) -> CheckResult:
    """Return what keeps opened sources from being released, beside other findings, and what the rules find in them."""
    findings = list(others)
    documents: list[CheckedDocument] = []
    for source in sources:
        on_progress(source.path.name)
        try:
            problems, document = check_source(source)
        except IpdocsError as error:
            problems, document = list(error.findings), None
        findings += problems
        documents += [document] if document else []
    try:
        return CheckResult(findings, examine(documents), documents)
    except IpdocsError as error:
        return CheckResult([*findings, *error.findings], [], documents)


def check_source(source: Source) -> tuple[list[Finding], CheckedDocument | None]:
    """Return what keeps a source from being released, and its document as rules read it, which gaps do not prevent."""
    findings: list[Finding] = []
    localised: list[LocalisedDocument] = []
    spoken = [edition.languages[0] for edition in plan_editions(source, BuildRequest())]
    shown = replace(source, draft=True) if source.gaps else source
    for language in spoken:
        try:
            localised.append(localise(shown, language))
        except IpdocsError as error:
            findings += error.findings
    readable = all(finding.code in GAPS for finding in findings)
    findings += release_findings(source, localised)
    if not readable:
        return findings, None
    document = read(source)
    derived = [language for language in spoken if language.code not in source.document.languages]
    return [*findings, *undecided_conversion_findings(document, derived)], document


def sources_below(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Return the sources below a folder, and findings on what may be one and cannot be read.

    Sources are YAML files that state a schema and a kind, but for templates and results. Links to folders are not followed.
    """
    findings: list[Finding] = []

    def refused(error: OSError) -> None:
        findings.extend(cannot_read(Path(error.filename), error, "nothing in it was checked; allow reading it").findings)

    paths: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        paths += [Path(parent, name) for name in (*folders, *files) if name.endswith(".yaml")]
    sources: list[Path] = []
    for path in sorted(paths):
        try:
            if _is_source(path):
                sources.append(path)
        except IpdocsError as error:
            severity: Severity = "warning" if _is_special(path) else "error"
            hint = "it was left out; mend it, or give it another name"
            findings += [replace(finding, severity=severity, hint=hint) for finding in error.findings]
    return sources, findings


def _is_special(path: Path) -> bool:
    """Whether a path is surely no source: a folder, pipe, socket or device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_source(path: Path) -> bool:
    """Whether a file states a schema and a kind; what is no file, or cannot be read, is a finding."""
    with open_regular(path, sys.maxsize) as file:
        start = file.read(4096)
    return b"\nkind:" in b"\n" + start and b"schema:" in start
