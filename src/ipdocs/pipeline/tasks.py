"""Tasks: what the preparing stages hand to the writers, perhaps in another process."""

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
    """An edition of a part of a document, ready to be written: its HTML, and the facts stated in it, by block.

    It holds nothing of the model, so a process that only writes need not load it. `version` is "public" for a public version,
    and stands in the name of its file.
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
    """A file to make: its edition, format, and path below the folder for results."""

    rendered: RenderedEdition
    format: str
    path: Path
    verify: bool


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that is ready to be written, or the errors that prevent it.

    Attributes:
        source: the file of its source.
        folder: the folder of its files, below the folder for results.
        id: its id; empty if its source could not be read.
        digest: the SHA-256 of its source as it was read.
        tasks: its files; empty if a finding is an error.
        findings: the errors and warnings of all stages so far.
    """

    source: Path
    folder: Path
    id: str = ""
    digest: str = ""
    tasks: tuple[WriteTask, ...] = ()
    findings: tuple[Finding, ...] = ()
