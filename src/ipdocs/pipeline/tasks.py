"""Data that the preparing stages pass to the writers, which may run in another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.pipeline.request import Edition
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.expectation import ExpectedFact
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """One edition (languages and layout) of a document or one of its parts, rendered and ready to be written.

    A rendered edition contains no objects of the model, so a process that only writes need not import the model.

    Attributes:
        workspace: the workspace of the source.
        part: the name of the part; empty for the document itself.
        edition: the languages and layout.
        html: the rendered document.
        facts: the facts that each block states, keyed by block, such as "tc:lead".
        draft: whether the document is built as a draft.
        version: "public" for a public version, else empty; it is added to the file name.
    """

    workspace: Workspace
    part: str
    edition: Edition
    html: HtmlDocument
    facts: Mapping[str, tuple[ExpectedFact, ...]]
    draft: bool
    version: str = ""


@dataclass(frozen=True, slots=True)
class WriteTask:
    """A file to make from a rendered edition.

    Attributes:
        rendered: the rendered edition.
        format: the format, such as "pdf".
        path: the path of the file below the folder for results.
        verify: whether to read the finished file again and compare it with the source.
    """

    rendered: RenderedEdition
    format: str
    path: Path
    verify: bool


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that is ready to be written, or whose errors prevent that.

    Attributes:
        source: the path of the source.
        folder: the folder for the files of the document, below the folder for results.
        id: the id of the document; empty if the source could not be read.
        digest: the SHA-256 digest of the source as it was read.
        tasks: the files to write; empty if a finding is an error.
        findings: the errors and warnings of all stages so far.
    """

    source: Path
    folder: Path
    id: str = ""
    digest: str = ""
    tasks: tuple[WriteTask, ...] = ()
    findings: tuple[Finding, ...] = ()
