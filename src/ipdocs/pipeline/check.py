"""Checks of sources: everything that a build would refuse, and everything that the rules find."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.checks.checked_document import CheckedDocument, read_document
from ipdocs.checks.conversion_gate import CODE as WRONG_SCRIPT
from ipdocs.checks.conversion_gate import undecided_conversion_findings
from ipdocs.checks.run_rules import RuleFinding, apply_rules
from ipdocs.files.reading import open_regular
from ipdocs.files.system_errors import cannot_read
from ipdocs.findings import Finding, IpdocsError, Severity, in_order
from ipdocs.locale.catalog_review import catalog_findings
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.gates import release_findings
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.source.open import Source, inspect_source
from ipdocs.workspace import find_workspace

GAPS = ("missing-translation", "draft-text", "unused-text")
"""Codes of findings that a draft may have, and in spite of which the rules can read the other texts."""
SKIPPED_FOLDERS = {"out", "templates", "locales", "tests", "node_modules"}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check: the findings of the gates, the findings of the rules, and the documents as the rules read them."""

    release_findings: list[Finding]
    rule_findings: list[RuleFinding]
    documents: list[CheckedDocument]

    @property
    def findings(self) -> list[Finding]:
        """All findings in the order of the files; a finding of the gates is left out if a rule reports the same words."""
        by_rules = [rule_finding.finding for rule_finding in self.rule_findings]
        errors = [finding for finding in by_rules if finding.severity == "error"]
        by_gates = [finding for finding in self.release_findings if not any(_covers(error, finding) for error in errors)]
        return in_order([*by_gates, *by_rules])


def _covers(finding: Finding, other: Finding) -> bool:
    """Whether a finding marks the words of another finding that has the same code or is about the wrong script."""
    place, other_place = finding.location, other.location
    if other.code not in (finding.code, WRONG_SCRIPT) or not place or not other_place:
        return False
    is_on_one_line = (place.path, place.line) == (other_place.path, other_place.line)
    return is_on_one_line and place.column <= other_place.column < place.column + max(place.length, 1)


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
    """Return the findings of the gates for sources, and those of the rules for the sources that can be read."""
    sources, findings = open_sources(paths)
    return check_sources(sources, findings, on_progress=on_progress)


def open_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Finding]]:
    """Return the sources in files, each once, and the findings of files that cannot be opened and of catalogs."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for workspace in dict.fromkeys(map(find_workspace, paths)):
        try:
            findings += catalog_findings(workspace)
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
    """Return the findings of the gates for opened sources, added to `others`, and those of the rules."""
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
        return CheckResult(findings, apply_rules(documents), documents)
    except IpdocsError as error:
        return CheckResult([*findings, *error.findings], [], documents)


def check_source(source: Source) -> tuple[list[Finding], CheckedDocument | None]:
    """Return the findings of the gates for a source, and its document as the rules read it; None if it cannot be localised."""
    findings: list[Finding] = []
    localised: list[LocalisedDocument] = []
    languages = [edition.languages[0] for edition in plan_editions(source, BuildRequest())]
    shown = replace(source, draft=True) if source.gaps else source
    for language in languages:
        try:
            localised.append(localise(shown, language))
        except IpdocsError as error:
            findings += error.findings
    readable = all(finding.code in GAPS for finding in findings)
    findings += release_findings(source, localised)
    if not readable:
        return findings, None
    document = read_document(source)
    derived = [language for language in languages if language.code not in source.document.languages]
    return [*findings, *undecided_conversion_findings(document, derived)], document


def sources_below(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Return the sources below a folder, and findings for files that may be sources and cannot be read.

    Sources are YAML files that state a schema and a kind. Folders of templates and results are skipped, and links to folders
    are not followed.
    """
    findings: list[Finding] = []

    def report(error: OSError) -> None:
        findings.extend(cannot_read(Path(error.filename), error, "allow reading this folder; nothing in it was checked").findings)

    paths: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        paths += [Path(parent, name) for name in (*folders, *files) if name.endswith(".yaml")]
    sources: list[Path] = []
    for path in sorted(paths):
        try:
            if _is_source(path):
                sources.append(path)
        except IpdocsError as error:
            severity: Severity = "warning" if _is_special(path) else "error"
            hint = "repair this file or rename it; it was not checked"
            findings += [replace(finding, severity=severity, hint=hint) for finding in error.findings]
    return sources, findings


def _is_special(path: Path) -> bool:
    """Whether a path is a folder, pipe, socket or device, and so cannot be a source."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_source(path: Path) -> bool:
    """Whether a file states a schema and a kind.

    Raises:
        IpdocsError: it is not a regular file, or cannot be read.
    """
    with open_regular(path, sys.maxsize) as file:
        start = file.read(4096)
    return b"\nkind:" in b"\n" + start and b"schema:" in start
