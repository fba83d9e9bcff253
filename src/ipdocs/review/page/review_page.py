"""The review page of a source: an HTML page that shows each text in all languages, with facts, terms and findings."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ipdocs.checks.violation import Violation
from ipdocs.findings import IpdocsError, Location
from ipdocs.pipeline.check import CheckResult, run_checks
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.review.page.facts import stated_facts
from ipdocs.review.page.rows import NumberedFinding, ReviewContext, language_contexts, read_texts, rows
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace

_PAGE, _STYLE, _SCRIPT = "page.html", "page.css", "page.js"


def render_review_page(path: Path, against: Path | None = None) -> str:
    """Return the review page of a source as HTML, with missing and draft translations marked.

    Args:
        path: the path of the source file.
        against: the path of the last approved version, to mark the changes since then; None marks no changes.

    Raises:
        IpdocsError: a source cannot be opened.
    """
    result = run_checks([path])
    if not result.documents:
        raise IpdocsError(result.release_findings)
    (document,) = result.documents
    source = document.source
    languages = [language for edition in plan_editions(source, BuildRequest()) for language in edition.languages]
    findings, by_passage, general_findings = _number_findings(result)
    before = read_texts(open_source(against, source.workspace, draft=True), languages) if against else None
    page_rows = list(rows(ReviewContext(document, languages, source.state.bases, before, by_passage)))
    return _render(
        source.workspace,
        document=source.document,
        source=path.name,
        against=against.name if against else "",
        languages=languages,
        rows=page_rows,
        facts=stated_facts(document, language_contexts(source, languages)),
        findings=findings,
        general_findings=general_findings,
        codes=sorted({numbered.finding.code for numbered in findings}),
        changes=sum(row.changed for row in page_rows),
        restricted=sum(bool(row.restriction) for row in page_rows),
    )


def _number_findings(
    result: CheckResult,
) -> tuple[list[NumberedFinding], dict[int, list[tuple[NumberedFinding, Violation]]], list[NumberedFinding]]:
    """Number the findings in the order of their locations.

    Returns:
        All findings, the findings in each passage keyed by Python's `id()`, and the findings that are in no passage.
    """
    no_location = Location(Path())
    violations = [(finding, Violation(finding.message)) for finding in result.release_findings]
    violations += [(rule_finding.finding, rule_finding.violation) for rule_finding in result.rule_findings]
    violations.sort(key=lambda pair: (pair[0].location or no_location, pair[0].code))
    findings: list[NumberedFinding] = []
    general_findings: list[NumberedFinding] = []
    by_passage: dict[int, list[tuple[NumberedFinding, Violation]]] = defaultdict(list)
    for number, (finding, violation) in enumerate(violations, 1):
        findings.append(NumberedFinding(number, finding))
        passages = {id(highlight.passage) for highlight in violation.highlights}
        general_findings += [] if passages else [findings[-1]]
        for passage in passages:
            by_passage[passage].append((findings[-1], violation))
    return findings, by_passage, general_findings


def _render(workspace: Workspace, **variables: Any) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([root / "templates/review" for root in workspace.roots])
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    assets = {name: Markup(loader.get_source(environment, file)[0]) for name, file in (("css", _STYLE), ("js", _SCRIPT))}  # noqa: S704 - templates are trusted
    return environment.get_template(_PAGE).render(**variables, **assets)
