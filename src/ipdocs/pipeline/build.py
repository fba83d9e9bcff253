"""Sources in, files in their places out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ipdocs.files.placing import locked, place
from ipdocs.findings import Finding, IpdocsError, in_order
from ipdocs.pipeline import manifest
from ipdocs.pipeline.executors import INLINE, Executor
from ipdocs.pipeline.manifest import Manifest
from ipdocs.pipeline.prepare import prepare
from ipdocs.pipeline.produce import OutputFile, preload_writers, produce
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.tasks import PreparedDocument


class IncompleteBuild(IpdocsError):
    """Some documents were not built: what was wrong with them, and the files of the others, which are in their places."""

    def __init__(self, findings: Sequence[Finding], outputs: Sequence[OutputFile]) -> None:
        super().__init__(findings)
        self.outputs = tuple(outputs)


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
        IncompleteBuild: what is wrong with those that were not built, and the files of the others.
    """
    request = request or BuildRequest()
    built: list[OutputFile] = []
    held: list[tuple[PreparedDocument, list[OutputFile]]] = []
    findings: list[Finding] = []
    documents = _prepared(sources, request, executor, on_progress)
    for document, outputs in _produced(documents, executor):
        files = [replace(output, path=out / output.path) for output in outputs]
        wrong = errors([*document.findings, *(finding for file in files for finding in file.findings)])
        if wrong:
            findings += wrong
        elif atomic:
            held.append((document, files))
        else:
            built += place_documents([(document, files)], out)
    if held and not findings:
        built += place_documents(held, out)
    if findings:
        raise IncompleteBuild(in_order(findings), built)
    return built


def errors(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings that keep a document from being placed, with its warnings; none where there is no error."""
    return list(findings) if any(finding.severity == "error" for finding in findings) else []


def place_documents(documents: Sequence[tuple[PreparedDocument, list[OutputFile]]], out: Path) -> list[OutputFile]:
    """Put the files of documents in their places, all or none, the manifests last; return the files."""
    with ExitStack() as locks:
        folders = {out / document.folder: None for document, _ in documents}
        for folder in sorted(folders):
            locks.enter_context(locked(folder))
        files = {file.path: file.data for _, outputs in documents for file in outputs}
        place(
            files | {out / document.folder / manifest.NAME: _manifest(document, outputs, out) for document, outputs in documents}
        )
    return [replace(file, findings=(*document.findings, *file.findings)) for document, outputs in documents for file in outputs]


def _manifest(document: PreparedDocument, outputs: Sequence[OutputFile], out: Path) -> bytes:
    folder = out / document.folder
    source = manifest.source_name(document.source, folder)
    entries = tuple(output.entry for output in outputs)
    return manifest.written(manifest.merged(Manifest(document.id, "build", source, document.digest, entries), folder))


def _prepared(
    sources: Sequence[Path], request: BuildRequest, executor: Executor, on_progress: Callable[[str], None]
) -> Iterator[PreparedDocument]:
    """Yield the documents; with two workers one of them reads the sources while the other gets the writers ready."""

    def ready() -> list[PreparedDocument]:
        preload_writers(request.formats)
        return []

    def read() -> list[PreparedDocument]:
        return list(prepare(sources, request, on_progress=on_progress))

    if executor.workers == 1:
        yield from prepare(sources, request, on_progress=on_progress)
    else:
        for documents in executor.map(lambda work: work(), [ready, read]):
            yield from documents


def _produced(documents: Iterator[PreparedDocument], executor: Executor) -> Iterator[tuple[PreparedDocument, list[OutputFile]]]:
    """Yield each document with its files; with one worker it is done before the next is read."""
    if executor.workers == 1:
        for document in documents:
            yield document, list(produce(document.tasks))
        return
    every = list(documents)
    files = produce([task for document in every for task in document.tasks], executor=executor)
    for document in every:
        yield document, list(islice(files, len(document.tasks)))
