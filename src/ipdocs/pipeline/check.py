"""Check sources: report everything that a build would refuse, and everything that the rules find."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.checks.checked_document import CheckedDocument, read_document
from ipdocs.checks.chinese_script import CODE as WRONG_SCRIPT
from ipdocs.checks.chinese_script import UndecidedConversion, undecided_conversions
from ipdocs.checks.run_rules import RuleFinding, apply_rules, one_per_cause
from ipdocs.files.reading import open_regular
from ipdocs.files.system_errors import cannot_read
from ipdocs.findings import Finding, IpdocsError, Severity, sort_findings
from ipdocs.locale.catalog_review import catalog_findings
from ipdocs.locale.glossary import old_glossary_findings
from ipdocs.locale.language import Language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.gates import release_findings
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.source.open import Source, inspect_source
from ipdocs.workspace import find_workspace

if TYPE_CHECKING:
    from ipdocs.pipeline.dictionaries import SpellingOptions

GAP_CODES = ("missing-translation", "draft-text", "unused-text")
"""The codes of findings that are allowed in a draft; in spite of them, the rules can read the other texts."""
SKIPPED_FOLDERS = {"out", "templates", "locales", "tests", "node_modules"}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check.

    Attributes:
        release_findings: the findings of the gates, and the findings on sources that cannot be opened.
        rule_findings: the findings of the rules.
        documents: the documents as the rules read them.
        conversions: the words whose conversion is undecided; `release_findings` has their findings, too.
    """

    release_findings: list[Finding]
    rule_findings: list[RuleFinding]
    documents: list[CheckedDocument]
    conversions: list[UndecidedConversion] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """All findings in the order of their locations, one for each cause.

        If a gate and a rule report the same words, only the rule's finding is kept.
        """
        by_rules = [rule_finding.finding for rule_finding in self.rule_findings]
        errors = [finding for finding in by_rules if finding.severity == "error"]
        by_gates = [finding for finding in self.release_findings if not any(_covers(error, finding) for error in errors)]
        return sort_findings([*by_gates, *one_per_cause(self.rule_findings)])


def _covers(finding: Finding, other: Finding) -> bool:
    """Whether a finding covers the words of another finding that has the same code or is about the wrong script."""
    location, other_location = finding.location, other.location
    if other.code not in (finding.code, WRONG_SCRIPT) or not location or not other_location:
        return False
    is_on_same_line = (location.path, location.line) == (other_location.path, other_location.line)
    end = location.column + max(location.length, 1)
    return is_on_same_line and location.column <= other_location.column < end


def check(
    paths: Sequence[Path], *, spelling: SpellingOptions | None = None, on_progress: Callable[[str], None] = lambda step: None
) -> list[Finding]:
    """Report everything that a build would refuse or that the rules find; no file is written.

    Args:
        paths: the paths of the sources.
        spelling: the places of dictionaries, to look up every word in them.
        on_progress: called with the name of each source.

    Returns:
        The findings in the order of files and lines, including errors in sources, which are not raised.
    """
    return run_checks(paths, spelling=spelling, on_progress=on_progress).findings


def run_checks(
    paths: Sequence[Path], *, spelling: SpellingOptions | None = None, on_progress: Callable[[str], None] = lambda step: None
) -> CheckResult:
    """Apply the gates and the rules to sources; the rules skip sources that cannot be read."""
    sources, findings = open_sources(paths)
    return check_sources(sources, findings, spelling=spelling, on_progress=on_progress)


def open_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Finding]]:
    """Open each source once; return the sources, and the findings on workspaces and on files that cannot be opened."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for workspace in dict.fromkeys(map(find_workspace, paths)):
        try:
            findings += [*catalog_findings(workspace), *old_glossary_findings(workspace)]
        except IpdocsError as error:
            findings += error.findings
    for path in dict.fromkeys(paths):
        try:
            sources.append(inspect_source(path))
        except IpdocsError as error:
            findings += error.findings
    return sources, findings


def check_sources(
    sources: Sequence[Source],
    earlier_findings: Sequence[Finding] = (),
    *,
    spelling: SpellingOptions | None = None,
    on_progress: Callable[[str], None] = lambda step: None,
) -> CheckResult:
    """Apply the gates and the rules to opened sources; the result includes `earlier_findings`, such as from opening."""
    findings = list(earlier_findings)
    dictionary_findings: dict[Finding, None] = {}
    documents: list[CheckedDocument] = []
    for source in sources:
        on_progress(source.path.name)
        try:
            source_findings, document = check_source(source)
        except IpdocsError as error:
            source_findings, document = list(error.findings), None
        findings += source_findings
        if document is None:
            continue
        if spelling is not None:
            from ipdocs.pipeline.dictionaries import find_dictionaries

            document.dictionaries, missing = find_dictionaries(source, spelling)
            dictionary_findings |= dict.fromkeys(missing)
        documents.append(document)
    findings += dictionary_findings
    try:
        conversions = [conversion for own in _undecided_conversions(documents) for conversion in own]
        findings += [conversion.finding for conversion in conversions]
        return CheckResult(findings, apply_rules(documents), documents, conversions)
    except IpdocsError as error:
        return CheckResult([*findings, *error.findings], [], documents)


def check_each(sources: Sequence[Source]) -> list[CheckResult]:
    """Return for each source what a check of it alone finds; all are converted together, which takes less time."""
    results: list[CheckResult] = []
    for source in sources:
        try:
            findings, document = check_source(source)
        except IpdocsError as error:
            findings, document = list(error.findings), None
        results.append(CheckResult(findings, [], [document] if document else []))
    readable = [(result, document) for result in results for document in result.documents]
    try:
        conversions = _undecided_conversions([document for _, document in readable])
        for (result, document), own in zip(readable, conversions, strict=True):
            result.release_findings.extend(conversion.finding for conversion in own)
            result.rule_findings.extend(apply_rules([document]))
            result.conversions.extend(own)
    except IpdocsError as error:
        for result, _ in readable:
            result.release_findings.extend(error.findings)
    return results


def _undecided_conversions(documents: Sequence[CheckedDocument]) -> list[list[UndecidedConversion]]:
    return undecided_conversions([(document, _derived_languages(document.source)) for document in documents])


def check_source(source: Source) -> tuple[list[Finding], CheckedDocument | None]:
    """Apply the gates to a source; return the findings, and the document (None if the rules cannot read it)."""
    findings: list[Finding] = []
    localised: list[LocalisedDocument] = []
    as_draft = replace(source, draft=True) if source.gaps else source
    for language in _languages(source):
        try:
            localised.append(localise(as_draft, language))
        except IpdocsError as error:
            findings += error.findings
    is_readable = all(finding.code in GAP_CODES for finding in findings)
    findings += release_findings(source, localised)
    if not is_readable:
        return findings, None
    return findings, read_document(source)


def _languages(source: Source) -> list[Language]:
    """Return the languages in which a source is built."""
    return [edition.languages[0] for edition in plan_editions(source, BuildRequest())]


def _derived_languages(source: Source) -> list[Language]:
    """Return the languages in which a source is built, but not written."""
    return [language for language in _languages(source) if language.code not in source.document.languages]


def find_sources(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Find the sources below a folder; return their paths, and findings on possible sources that cannot be read.

    A source is a YAML file with the keys `schema` and `kind`. Folders of templates and results are skipped, and links to folders
    are not followed.
    """
    findings: list[Finding] = []

    def report(error: OSError) -> None:
        findings.extend(
            cannot_read(Path(error.filename), error, "allow reading this folder; its files were not checked").findings
        )

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
    """Whether a file has the keys `schema` and `kind` near its start.

    Raises:
        IpdocsError: the file is not a regular file, or cannot be read.
    """
    with open_regular(path, sys.maxsize) as file:
        start = file.read(4096)
    return b"\nkind:" in b"\n" + start and b"schema:" in start
