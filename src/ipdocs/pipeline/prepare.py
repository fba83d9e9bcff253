"""Sources in, tasks out: each document opened, localised, passed by the gates and rendered in the editions asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import realpath
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, NotReleasable, collect, raise_errors
from ipdocs.locale.language import Language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.gates import release_findings
from ipdocs.pipeline.parts import WHOLE, Part
from ipdocs.pipeline.request import BuildRequest, Edition, plan_editions
from ipdocs.pipeline.tasks import PreparedDocument, RenderedEdition, WriteTask
from ipdocs.source.open import Source, inspect_source
from ipdocs.verification.stated_facts import facts_by_block


def prepare(
    sources: Sequence[Path],
    request: BuildRequest,
    parts: Sequence[Part] = WHOLE,
    *,
    on_progress: Callable[[str], None] = lambda step: None,
) -> Iterator[PreparedDocument]:
    """Yield each source as a document that can be written, or with what keeps it from being written; each file once.

    Two documents of one id would replace each other's files: the second is refused.

    Args:
        sources: the files of the sources.
        request: what to make of them.
        parts: the documents to make of each.
        on_progress: told the name of each source.
    """
    paths: dict[str, Path] = {}
    files = dict.fromkeys(map(realpath, sources))
    for path in (next(path for path in sources if realpath(path) == file) for file in files):
        on_progress(path.name)
        try:
            source = inspect_source(path, draft=request.draft)
            name = str(source.document.id)
            if paths.setdefault(name, path) != path:
                message = f"{paths[name]} has the id '{name}' too"
                place = source.document.id.locate()
                raise IpdocsError([Finding("duplicate-id", message, place, "give each document an id of its own")])
            yield prepare_source(source, request, parts)
        except IpdocsError as error:
            yield PreparedDocument(path, Path(), findings=error.findings)


@dataclass(frozen=True, slots=True)
class LocalisedSource:
    """A source in the editions that are to be made of it, each language localised once."""

    source: Source
    editions: tuple[Edition, ...]
    documents: Mapping[Language, LocalisedDocument]


def localise_source(source: Source, request: BuildRequest) -> LocalisedSource:
    """Return a source in the editions asked for; where it has gaps they show, for the gates to refuse."""
    editions = plan_editions(source, request)
    languages = list(dict.fromkeys(language for edition in editions for language in edition.languages))
    shown = replace(source, draft=True) if source.gaps else source
    documents = collect(lambda language: localise(shown, language), languages)
    return LocalisedSource(source, tuple(editions), dict(zip(languages, documents, strict=True)))


def prepare_source(source: Source, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = "") -> PreparedDocument:
    """Return a source as a document that can be written; see `prepare_localised`."""
    return prepare_localised(localise_source(source, request), request, parts, folder)


def prepare_localised(
    localised: LocalisedSource, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = ""
) -> PreparedDocument:
    """Return a localised source as a document that can be written.

    Args:
        localised: the source in its editions.
        request: what to make of it.
        parts: the documents to make of it.
        folder: a folder within that of the document.

    Raises:
        IpdocsError: what keeps it from being released, or what its templates did wrong.
    """
    source = localised.source
    warnings = raise_errors(release_findings(source, localised.documents.values()), NotReleasable)
    place = Path(str(source.document.id)) / folder
    tasks = [
        WriteTask(rendered, name, place / _file_name(source, rendered, name), verify=request.verify and not request.draft)
        for rendered, formats in render_parts(localised, parts, request)
        for name in formats
    ]
    return PreparedDocument(source.path, place, str(source.document.id), source.digest, tuple(tasks), tuple(warnings))


def render_parts(
    localised: LocalisedSource, parts: Sequence[Part], request: BuildRequest
) -> list[tuple[RenderedEdition, list[str]]]:
    """Return each part in each edition, with the formats that it is to be written in; the findings of all come together."""
    source = localised.source

    def rendered(asked: tuple[Part, Edition]) -> tuple[RenderedEdition, list[str]]:
        part, edition = asked
        chosen = [localised.documents[language] for language in edition.languages]
        html = part.render(chosen, edition)
        attachment = (source.path.name, source.text.data) if request.attach_source and part.carries_source else None
        html = replace(html, letterhead=request.letterhead or html.letterhead, attachment=attachment)
        formats = [name for name in request.formats if part.formats is None or name in part.formats]
        return RenderedEdition(
            source.workspace, part.name, edition, html, facts_by_block(chosen, html), request.draft, part.version
        ), formats

    return collect(rendered, [(part, edition) for part in parts for edition in localised.editions])


def _file_name(source: Source, rendered: RenderedEdition, form: str) -> str:
    parts = (str(source.document.id), rendered.part, rendered.version, rendered.edition.suffix, form)
    return ".".join(part for part in parts if part)
