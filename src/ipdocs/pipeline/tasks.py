"""What is handed from those who read sources to those who write files, and may cross from one process to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.request import Edition
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html
from ipdocs.verification.expectation import Stated
from ipdocs.workspace import Workspace


def _render_whole(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
    return render_html(documents, layout=edition.layout)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the documents that are made of a source.

    Attributes:
        name: what its files are called after the id of the document; empty for the document itself.
        render: what makes its HTML of the localised documents of an edition.
        formats: the formats that it has, where it has not all of those asked for.
        carries_source: whether its PDF has the source attached when that is asked for.
    """

    name: str = ""
    render: Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument] = _render_whole
    formats: tuple[str, ...] | None = None
    carries_source: bool = True


WHOLE = (Part(),)
"""The document itself, and nothing beside it."""


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """An edition of a part of a document, ready to be written: its HTML, and the facts stated in it by block.

    It holds nothing of the model, so that a process that only writes need not know it.
    """

    workspace: Workspace
    part: str
    edition: Edition
    html: HtmlDocument
    facts: Mapping[str, tuple[Stated, ...]]
    draft: bool


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
