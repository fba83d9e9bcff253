"""From sources to tasks: each document is opened, localised, checked by the gates and rendered in each edition."""

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
    """Yield a prepared document for each source; one that cannot be written has findings and no tasks.

    A source that is named twice is prepared once. The second of two documents with one id is refused, since it would replace
    the files of the first.

    Args:
        sources: the files of the sources.
        request: the editions, layout and formats.
        parts: the documents to make from each source.
        on_progress: called with the name of each source.
    """
    paths: dict[str, Path] = {}
    files = dict.fromkeys(map(realpath, sources))
    for path in (next(path for path in sources if realpath(path) == file) for file in files):
        on_progress(path.name)
        try:
            source = inspect_source(path, draft=request.draft)
            name = str(source.document.id)
            if paths.setdefault(name, path) != path:
                message = f"the id '{name}' is also the id of {paths[name]}"
                place = source.document.id.locate()
                raise IpdocsError([Finding("duplicate-id", message, place, "give each document its own id")])
            yield prepare_source(source, request, parts)
        except IpdocsError as error:
            yield PreparedDocument(path, Path(), findings=error.findings)


@dataclass(frozen=True, slots=True)
class LocalisedSource:
    """A source with the editions to make from it, and the document in each of their languages."""

    source: Source
    editions: tuple[Edition, ...]
    documents: Mapping[Language, LocalisedDocument]


def localise_source(source: Source, request: BuildRequest) -> LocalisedSource:
    """Return a source localised in each language of its editions; gaps are shown, and the gates refuse them later."""
    editions = plan_editions(source, request)
    languages = list(dict.fromkeys(language for edition in editions for language in edition.languages))
    shown = replace(source, draft=True) if source.gaps else source
    documents = collect(lambda language: localise(shown, language), languages)
    return LocalisedSource(source, tuple(editions), dict(zip(languages, documents, strict=True)))


def prepare_source(source: Source, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = "") -> PreparedDocument:
    """Return a source as a prepared document; see `prepare_localised`."""
    return prepare_localised(localise_source(source, request), request, parts, folder)


def prepare_localised(
    localised: LocalisedSource, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = ""
) -> PreparedDocument:
    """Return a localised source as a prepared document.

    Args:
        localised: the source in its editions.
        request: the editions, layout and formats.
        parts: the documents to make from the source.
        folder: a folder below the folder of the document.

    Raises:
        NotReleasable: a gate refuses the source.
        IpdocsError: a template has an error.
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
    """Return each part in each edition, with the formats to write; the findings of all parts are raised together."""
    source = localised.source

    def render(pair: tuple[Part, Edition]) -> tuple[RenderedEdition, list[str]]:
        part, edition = pair
        chosen = [localised.documents[language] for language in edition.languages]
        html = part.render(chosen, edition)
        attachment = (source.path.name, source.text.data) if request.attach_source and part.carries_source else None
        html = replace(html, letterhead=request.letterhead or html.letterhead, attachment=attachment)
        formats = [name for name in request.formats if part.formats is None or name in part.formats]
        return RenderedEdition(
            source.workspace, part.name, edition, html, facts_by_block(chosen, html), request.draft, part.version
        ), formats

    return collect(render, [(part, edition) for part in parts for edition in localised.editions])


def _file_name(source: Source, rendered: RenderedEdition, form: str) -> str:
    parts = (str(source.document.id), rendered.part, rendered.version, rendered.edition.suffix, form)
    return ".".join(part for part in parts if part)
