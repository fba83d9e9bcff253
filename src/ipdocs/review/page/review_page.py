"""A source in, one HTML page out: every text in all languages side by side, with facts, terms, findings and origins."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ipdocs.checks.violation import Violation
from ipdocs.findings import IpdocsError, Location
from ipdocs.pipeline.check import CheckResult, run_checks
from ipdocs.pipeline.request import BuildRequest, plan_editions
from ipdocs.review.page.facts import stated
from ipdocs.review.page.rows import Context, Note, language_contexts, read_texts, rows
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace

PAGE, STYLE, SCRIPT = "page.html", "page.css", "page.js"


def review(path: Path, against: Path | None = None) -> str:
    """Return the review page of a source; gaps and drafts are shown as such.

    Args:
        path: the file of the source.
        against: the version that was approved last; what has changed since is marked.
    """
    result = run_checks([path])
    if not result.documents:
        raise IpdocsError(result.release_findings)
    (document,) = result.documents
    source = document.source
    languages = [language for edition in plan_editions(source, BuildRequest()) for language in edition.languages]
    notes, by_passage, loose = _numbered(result)
    before = read_texts(open_source(against, source.workspace, draft=True), languages) if against else None
    made = list(rows(Context(document, languages, source.state.bases, before, by_passage)))
    return _rendered(
        source.workspace,
        document=source.document,
        source=path.name,
        against=against.name if against else "",
        languages=languages,
        rows=made,
        facts=stated(document, language_contexts(source, languages)),
        notes=notes,
        loose=loose,
        codes=sorted({note.finding.code for note in notes}),
        changes=sum(row.changed for row in made),
        restricted=sum(bool(row.restricted) for row in made),
    )


def _numbered(result: CheckResult) -> tuple[list[Note], dict[int, list[tuple[Note, Violation]]], list[Note]]:
    """Return findings with their numbers in the order of their places, those of each passage, and those of none."""
    nowhere = Location(Path())
    told = [(finding, Violation(finding.message)) for finding in result.release_findings]
    told += [(one.finding, one.fault) for one in result.rule_findings]
    told.sort(key=lambda pair: (pair[0].location or nowhere, pair[0].code))
    notes: list[Note] = []
    loose: list[Note] = []
    by_passage: dict[int, list[tuple[Note, Violation]]] = defaultdict(list)
    for number, (finding, fault) in enumerate(told, 1):
        notes.append(Note(number, finding))
        passages = {id(mark.passage) for mark in fault.marks}
        loose += [] if passages else [notes[-1]]
        for passage in passages:
            by_passage[passage].append((notes[-1], fault))
    return notes, by_passage, loose


def _rendered(workspace: Workspace, **given: Any) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([root / "templates/review" for root in workspace.roots])
    page = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    inside = {name: Markup(loader.get_source(page, file)[0]) for name, file in (("css", STYLE), ("js", SCRIPT))}  # noqa: S704 - templates are trusted
    return page.get_template(PAGE).render(**given, **inside)
