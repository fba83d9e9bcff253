"""What is handed from those who read sources to those who write files, and may cross from one process to another."""

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
    """An edition of a part of a document, ready to be written: its HTML, and the facts stated in it by block.

    It holds nothing of the model, so that a process that only writes need not know it. Its version, if it is not the whole,
    stands in the name of its file.
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
    """A file that is to be made: of which edition, in which format, at which path below the folder for results."""

    rendered: RenderedEdition
    format: str
    path: Path
    verify: bool


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that can be written, or what keeps it from being written.

    Attributes:
        source: the file of its source.
        folder: the folder of its files below the folder for results.
        id: its id; empty when its source could not be read.
        digest: the SHA-256 of its source as it was read.
        tasks: its files; none when a finding is an error.
        findings: what was found on the way.
    """

    source: Path
    folder: Path
    id: str = ""
    digest: str = ""
    tasks: tuple[WriteTask, ...] = ()
    findings: tuple[Finding, ...] = ()
