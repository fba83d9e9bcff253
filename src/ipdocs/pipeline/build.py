"""Build the files of documents from sources, and place them on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.placing import locked, place_files
from ipdocs.findings import Finding, IpdocsError, sort_findings
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.manifest import Manifest
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.results_folder import FolderPlan, plan_folder

if TYPE_CHECKING:
    from ipdocs.pipeline.produce import OutputFile
    from ipdocs.pipeline.tasks import PreparedDocument

# The readers of sources and the writers are imported where they are used, so that a process loads only what it needs.


class IncompleteBuild(IpdocsError):
    """At least one document was not built.

    Attributes:
        findings: the findings on the documents that were not built.
        outputs: the files of the other documents, which are on disk.
    """

    def __init__(self, findings: Iterable[Finding], outputs: Iterable[OutputFile]) -> None:
        super().__init__(findings)
        self.outputs = tuple(outputs)


@dataclass(frozen=True, slots=True)
class _BuiltDocument:
    """A document with its files, which are not placed if one of the findings is an error."""

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
    """Build sources into OUT/ID/ID.LANGUAGES.FORMAT, and return the files in the order of the sources.

    Either all files of a document and its manifest are placed, or none. If a document has an error, its earlier files
    stay, and the other documents are built.

    Args:
        sources: the paths of the sources.
        out: the folder for results.
        request: the editions, layout and formats; by default every language as Word and PDF.
        atomic: if true, no files are placed when any document has an error.
        executor: runs the work in one or more processes.
        on_progress: called with a description of each step.

    Raises:
        IncompleteBuild: a document was not built; the exception has its findings, and the files of the other documents.
    """
    request = request or BuildRequest()

    def finish(documents: Iterable[PreparedDocument], executor: Executor = INLINE) -> list[_BuiltDocument]:
        produced = (_produce(document, out, executor) for document in documents)
        return [document if atomic else _place([document], out)[0] for document in produced]

    if executor.workers == 1:
        from ipdocs.pipeline.prepare import prepare

        built = finish(_announce(prepare(sources, request, on_progress=on_progress), request, on_progress))
    else:
        documents = _prepare_and_preload(sources, request, executor, on_progress)
        on_progress(_writing_step(request))
        if len(documents) == 1:
            built = finish(documents, executor)
        else:
            batch_count = min(executor.workers, len(documents))
            batches = list(executor.map(finish, [documents[start::batch_count] for start in range(batch_count)]))
            built = [batches[index % batch_count][index // batch_count] for index in range(len(documents))]
    if atomic and not any(document.has_errors for document in built):
        built = _place(built, out)
    return _outputs(built, atomic=atomic)


def _writing_step(request: BuildRequest) -> str:
    return "write and verify" if request.verify else "write"


def _announce(
    documents: Iterable[PreparedDocument], request: BuildRequest, on_progress: Callable[[str], None]
) -> Iterator[PreparedDocument]:
    """Yield documents, each after a report that its files are written next."""
    for document in documents:
        on_progress(_writing_step(request))
        yield document


def _prepare_and_preload(
    sources: Sequence[Path], request: BuildRequest, executor: Executor, on_progress: Callable[[str], None]
) -> list[PreparedDocument]:
    """Prepare the documents in one worker while another worker loads the writers."""

    def preload() -> list[PreparedDocument]:
        from ipdocs.pipeline.produce import preload_writers

        preload_writers(request.formats)
        return []

    def read() -> list[PreparedDocument]:
        from ipdocs.pipeline.prepare import prepare

        return list(prepare(sources, request, on_progress=on_progress))

    return [document for documents in executor.map(lambda work: work(), [preload, read]) for document in documents]


def _produce(document: PreparedDocument, out: Path, executor: Executor) -> _BuiltDocument:
    """Return a document with its files, which have not been placed yet."""
    from ipdocs.pipeline.produce import produce

    outputs = tuple(replace(output, path=out / output.path) for output in produce(document.tasks, executor=executor))
    findings = (*document.findings, *(finding for output in outputs for finding in output.findings))
    return _BuiltDocument(document, outputs, findings)


def _place(built: Sequence[_BuiltDocument], out: Path) -> list[_BuiltDocument]:
    """Place the files of all documents that have no errors, with the manifests last, and return all documents.

    If placing fails, no file is placed, and the findings are added to every document.
    """
    valid_documents = [document for document in built if not document.has_errors]
    try:
        with ExitStack() as locks:
            for folder in sorted({out / document.document.folder for document in valid_documents}):
                locks.enter_context(locked(folder))
            folders = [_plan(document, out) for document in valid_documents]
            files = {output.path: output.data for document in valid_documents for output in document.outputs}
            manifests = {folder.path / folder.manifest.name: manifest.serialise(folder.manifest) for folder in folders}
            place_files(files | manifests, [path for folder in folders for path in folder.obsolete])
    except IpdocsError as error:
        return [replace(document, findings=(*document.findings, *error.findings)) for document in built]
    findings = {folder.manifest.id: folder.findings for folder in folders}
    return [_with_findings(document, findings.get(document.document.id, ())) for document in built]


def _plan(built: _BuiltDocument, out: Path) -> FolderPlan:
    """Plan the folder of a document; files in other languages and formats stay if they were made from the same source."""
    document = built.document
    folder = out / document.folder
    source = manifest.relative_source_path(document.source, folder)
    entries = tuple(output.entry for output in built.outputs)
    return plan_folder(folder, Manifest(document.id, "build", source, document.digest, entries), merge=True)


def _with_findings(built: _BuiltDocument, findings: tuple[Finding, ...]) -> _BuiltDocument:
    """Return a document with further findings, from placing its files."""
    document = replace(built.document, findings=(*built.document.findings, *findings))
    return replace(built, document=document, findings=(*built.findings, *findings))


def _outputs(built: Sequence[_BuiltDocument], *, atomic: bool) -> list[OutputFile]:
    """Return the placed files.

    Raises:
        IncompleteBuild: a document has an error.
    """
    failed = [document for document in built if document.has_errors]
    placed = [] if atomic and failed else [document for document in built if not document.has_errors]
    outputs = [
        replace(output, findings=(*document.document.findings, *output.findings))
        for document in placed
        for output in document.outputs
    ]
    if failed:
        raise IncompleteBuild(sort_findings(finding for document in failed for finding in document.findings), outputs)
    return outputs
