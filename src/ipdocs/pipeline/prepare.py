"""Open and localise sources, apply the gates, and render each edition; the results are tasks for the writers."""

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
    """Yield a prepared document for each source; a document that cannot be written has findings and no tasks.

    A source that is given twice is prepared once. If two documents have the same id, the second is refused, because its files
    would replace the files of the first.

    Args:
        sources: the paths of the sources.
        request: the editions, layout and formats.
        parts: the documents to make from each source.
        on_progress: called with the name of each source.
    """
    paths: dict[str, Path] = {}
    real_paths = dict.fromkeys(map(realpath, sources))
    for path in (next(path for path in sources if realpath(path) == real_path) for real_path in real_paths):
        on_progress(path.name)
        try:
            source = inspect_source(path, draft=request.draft)
            name = str(source.document.id)
            if paths.setdefault(name, path) != path:
                message = f"the id '{name}' is also the id of {paths[name]}"
                location = source.document.id.locate()
                raise IpdocsError([Finding("duplicate-id", message, location, "give each document its own id")])
            yield prepare_source(source, request, parts)
        except IpdocsError as error:
            yield PreparedDocument(path, Path(), findings=error.findings)


@dataclass(frozen=True, slots=True)
class LocalisedSource:
    """A source, the editions to make from the source, and the localised documents, keyed by language."""

    source: Source
    editions: tuple[Edition, ...]
    documents: Mapping[Language, LocalisedDocument]


def localise_source(source: Source, request: BuildRequest) -> LocalisedSource:
    """Localise a source in each language of its editions; gaps are allowed here, because the gates report them later."""
    editions = plan_editions(source, request)
    languages = list(dict.fromkeys(language for edition in editions for language in edition.languages))
    as_draft = replace(source, draft=True) if source.gaps else source
    documents = collect(lambda language: localise(as_draft, language), languages)
    return LocalisedSource(source, tuple(editions), dict(zip(languages, documents, strict=True)))


def prepare_source(source: Source, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = "") -> PreparedDocument:
    """Localise and prepare a source; see `prepare_localised`."""
    return prepare_localised(localise_source(source, request), request, parts, folder)


def prepare_localised(
    localised: LocalisedSource, request: BuildRequest, parts: Sequence[Part] = WHOLE, folder: str = ""
) -> PreparedDocument:
    """Apply the gates to a localised source, and render its parts as tasks for the writers.

    Args:
        localised: the localised source.
        request: the editions, layout and formats.
        parts: the documents to make from the source.
        folder: the subfolder for the files, below the folder of the document.

    Raises:
        NotReleasable: a gate refuses the source.
        IpdocsError: a template has an error.
    """
    source = localised.source
    warnings = raise_errors(release_findings(source, localised.documents.values()), NotReleasable)
    path = Path(str(source.document.id)) / folder
    tasks = [
        WriteTask(rendered, name, path / _file_name(source, rendered, name), verify=request.verify and not request.draft)
        for rendered, formats in render_parts(localised, parts, request)
        for name in formats
    ]
    return PreparedDocument(source.path, path, str(source.document.id), source.digest, tuple(tasks), tuple(warnings))


def render_parts(
    localised: LocalisedSource, parts: Sequence[Part], request: BuildRequest
) -> list[tuple[RenderedEdition, list[str]]]:
    """Render each part in each edition; return the rendered editions, each with the formats to write.

    The findings of all parts are raised together.
    """
    source = localised.source

    def render(pair: tuple[Part, Edition]) -> tuple[RenderedEdition, list[str]]:
        part, edition = pair
        documents = [localised.documents[language] for language in edition.languages]
        html = part.render(documents, edition)
        attachment = (source.path.name, source.text.data) if request.attach_source and part.carries_source else None
        html = replace(html, letterhead=request.letterhead or html.letterhead, attachment=attachment)
        formats = [name for name in request.formats if part.formats is None or name in part.formats]
        return RenderedEdition(
            source.workspace, part.name, edition, html, facts_by_block(documents, html), request.draft, part.version
        ), formats

    return collect(render, [(part, edition) for part in parts for edition in localised.editions])


def _file_name(source: Source, rendered: RenderedEdition, format_: str) -> str:
    parts = (str(source.document.id), rendered.part, rendered.version, rendered.edition.suffix, format_)
    return ".".join(part for part in parts if part)
