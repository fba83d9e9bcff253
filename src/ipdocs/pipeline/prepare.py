"""Sources in, jobs out: each document loaded, localised and rendered in the editions that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.checks.checked_document import read
from ipdocs.checks.conversion_gate import wrong_script_findings
from ipdocs.checks.translation_status import stale_findings
from ipdocs.findings import Finding, IpdocsError, collect, in_order, raise_errors
from ipdocs.locale.language import Language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.model.document import Document
from ipdocs.pipeline.request import Edition, plan_editions
from ipdocs.pipeline.tasks import RenderedEdition
from ipdocs.source.state import choices
from ipdocs.source.validation import load
from ipdocs.templating.layout import Layout
from ipdocs.templating.render_html import render_html
from ipdocs.verification.stated_facts import stated_in
from ipdocs.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class _Source:
    """A document, where it came from, and what is to be made of it."""

    path: Path
    workspace: Workspace
    document: Document
    editions: tuple[Edition, ...]

    @property
    def languages(self) -> list[Language]:
        """Every language of its editions, once."""
        return list(dict.fromkeys(language for edition in self.editions for language in edition.languages))


def prepare(
    sources: Sequence[Path],
    *,
    alone: Sequence[str],
    together: Sequence[str],
    layout: Layout,
    draft: bool,
    letterhead: Path | None,
    attach_source: bool,
    told: Callable[[str], None],
) -> list[RenderedEdition]:
    """Return the jobs of some sources, theirs in turn.

    Each stage is done for all documents before the next begins, so that all
    findings of a stage come at once.
    """

    def loaded(path: Path) -> _Source:
        workspace = find_workspace(path)
        document = load(path, workspace, draft=draft)
        if not draft:
            raise_errors(stale_findings(path, document, workspace))
        planned = plan_editions(document, workspace, alone=alone, together=together, layout=layout)
        return _Source(path, workspace, document, tuple(planned))

    def localised(source: _Source) -> dict[str, LocalisedDocument]:
        views = collect(lambda language: localise(source.document, language, source.workspace, draft=draft), source.languages)
        if not draft:
            raise_errors(wrong_script_findings(read(source.document, source.workspace), source.languages, choices(source.path)))
        return {view.language.code: view for view in views}

    def rendered(job: tuple[_Source, dict[str, LocalisedDocument], Edition]) -> RenderedEdition:
        source, views, edition = job
        chosen = [views[language.code] for language in edition.languages]
        tree = render_html(chosen, source.workspace, layout=edition.layout, folder=source.path.parent, draft=draft)
        attachment = (source.path.name, source.path.read_bytes()) if attach_source else None
        tree = replace(tree, letterhead=letterhead or tree.letterhead, attachment=attachment)
        return RenderedEdition(source.path, source.workspace, str(source.document.id), edition, tree, stated_in(chosen))

    told("load")
    found = collect(loaded, dict.fromkeys(sources))
    _refuse_collisions(found)
    told("localise")
    views = collect(localised, found)
    told("render")
    return collect(
        rendered, [(one, views_of, edition) for one, views_of in zip(found, views, strict=True) for edition in one.editions]
    )


def _refuse_collisions(sources: Sequence[_Source]) -> None:
    """Refuse two sources of one id: their files would replace each other."""
    by_id: dict[str, Path] = {}
    findings: list[Finding] = []
    for source in sources:
        name = source.document.id
        if name in by_id and by_id[name] != source.path:
            message = f"{by_id[name]} has the id '{name}' too"
            findings.append(Finding("duplicate-id", message, source.document.id.locate(), "give each document an id of its own"))
        by_id.setdefault(name, source.path)
    if findings:
        raise IpdocsError(in_order(findings))
