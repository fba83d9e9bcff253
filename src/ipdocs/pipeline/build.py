"""Sources in, files in their places out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.placing import locked, place
from ipdocs.findings import Finding, IpdocsError, in_order
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.manifest import Manifest
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.results_folder import ResultsFolder, plan_folder

if TYPE_CHECKING:
    from ipdocs.pipeline.produce import OutputFile
    from ipdocs.pipeline.tasks import PreparedDocument

# What reads sources and what writes files are imported where they are used, each in the process that needs it first.


class IncompleteBuild(IpdocsError):
    """Some documents were not built: what was wrong with them, and the files of the others, which are in their places."""

    def __init__(self, findings: Iterable[Finding], outputs: Iterable[OutputFile]) -> None:
        super().__init__(findings)
        self.outputs = tuple(outputs)


@dataclass(frozen=True, slots=True)
class _BuiltDocument:
    """A document with its files, or with what keeps them from their places: an error is among the findings."""

    document: PreparedDocument
    outputs: tuple[OutputFile, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def build(
    sources: Sequence[Path],
    out: Path,
    request: BuildRequest | None = None,
    *,
    atomic: bool = False,
    executor: Executor = INLINE,
    on_progress: Callable[[str], None] = lambda step: None,
) -> list[OutputFile]:
    """Build sources into OUT/ID/ID.LANGUAGES.FORMAT and return the files, in the order in which they were asked for.

    Documents are made one after another. All files of one are put in their places together, with a manifest, or none of them:
    a document with an error leaves its earlier files whole, and keeps no other from being built.

    Args:
        sources: the files of the sources.
        out: the folder for results.
        request: what to make of them; by default every language as Word and PDF.
        atomic: whether the files of all documents are held back until every one of them is ready.
        executor: where the work is done.
        on_progress: told what is being done.

    Raises:
        IncompleteBuild: what is wrong with the documents that were not built, and the files of the others.
    """
    asked = request or BuildRequest()

    def finish(documents: Iterable[PreparedDocument], executor: Executor = INLINE) -> list[_BuiltDocument]:
        produced = (_produced(document, out, executor) for document in documents)
        return [document if atomic else _place([document], out)[0] for document in produced]

    if executor.workers == 1:
        from ipdocs.pipeline.prepare import prepare

        built = finish(prepare(sources, asked, on_progress=on_progress))
    else:
        documents = _prepare_beside(sources, asked, executor, on_progress)
        on_progress("write and verify" if asked.verify else "write")
        if len(documents) == 1:
            built = finish(documents, executor)
        else:
            numbers = range(min(executor.workers, len(documents)))
            batches = list(executor.map(finish, [documents[number :: len(numbers)] for number in numbers]))
            built = [batches[number % len(batches)][number // len(batches)] for number in range(len(documents))]
    if atomic and not any(document.has_errors for document in built):
        built = _place(built, out)
    return _outputs(built, atomic=atomic)


def _prepare_beside(
    sources: Sequence[Path], request: BuildRequest, executor: Executor, on_progress: Callable[[str], None]
) -> list[PreparedDocument]:
    """Return the documents: one worker reads the sources while another gets the writers ready."""

    def ready() -> list[PreparedDocument]:
        from ipdocs.pipeline.produce import preload_writers

        preload_writers(request.formats)
        return []

    def read() -> list[PreparedDocument]:
        from ipdocs.pipeline.prepare import prepare

        return list(prepare(sources, request, on_progress=on_progress))

    return [document for documents in executor.map(lambda work: work(), [ready, read]) for document in documents]


def _produced(document: PreparedDocument, out: Path, executor: Executor) -> _BuiltDocument:
    """Return a document with its files, not in their places yet."""
    from ipdocs.pipeline.produce import produce

    outputs = tuple(replace(output, path=out / output.path) for output in produce(document.tasks, executor=executor))
    findings = (*document.findings, *(finding for output in outputs for finding in output.findings))
    return _BuiltDocument(document, outputs, findings)


def _place(built: Sequence[_BuiltDocument], out: Path) -> list[_BuiltDocument]:
    """Put the files of documents without an error in their places, all or none, the manifests last; return the documents."""
    sound = [document for document in built if not document.has_errors]
    try:
        with ExitStack() as locks:
            for folder in sorted({out / document.document.folder for document in sound}):
                locks.enter_context(locked(folder))
            folders = [_plan(document, out) for document in sound]
            files = {output.path: output.data for document in sound for output in document.outputs}
            manifests = {folder.path / folder.manifest.name: manifest.written(folder.manifest) for folder in folders}
            place(files | manifests, [path for folder in folders for path in folder.stale])
    except IpdocsError as error:
        return [replace(document, findings=(*document.findings, *error.findings)) for document in built]
    told = {folder.manifest.id: folder.findings for folder in folders}
    return [_with_findings(document, told.get(document.document.id, ())) for document in built]


def _plan(built: _BuiltDocument, out: Path) -> ResultsFolder:
    """Return what becomes of the folder of a document: files of the same source, in other languages and formats, stay in it."""
    document = built.document
    folder = out / document.folder
    source = manifest.source_name(document.source, folder)
    entries = tuple(output.entry for output in built.outputs)
    return plan_folder(folder, Manifest(document.id, "build", source, document.digest, entries), merge=True)


def _with_findings(built: _BuiltDocument, findings: tuple[Finding, ...]) -> _BuiltDocument:
    """Return a document with what was found when its files were placed."""
    document = replace(built.document, findings=(*built.document.findings, *findings))
    return replace(built, document=document, findings=(*built.findings, *findings))


def _outputs(built: Sequence[_BuiltDocument], *, atomic: bool) -> list[OutputFile]:
    """Return the files that are in their places; what is wrong with documents is raised with those of the others."""
    failed = [document for document in built if document.has_errors]
    placed = [] if atomic and failed else [document for document in built if not document.has_errors]
    outputs = [
        replace(output, findings=(*document.document.findings, *output.findings))
        for document in placed
        for output in document.outputs
    ]
    if failed:
        raise IncompleteBuild(in_order(finding for document in failed for finding in document.findings), outputs)
    return outputs
