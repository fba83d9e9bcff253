"""What is handed from those who read sources to those who write files, and may cross from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipdocs.pipeline.request import Edition
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.expectation import Stated
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """An edition of a document, ready to be written: its source, its id, its tree, and the facts stated in it by block.

    It holds nothing of the model, so that a process that only writes need not know it.
    """

    source: Path
    workspace: Workspace
    document: str
    edition: Edition
    tree: HtmlDocument
    facts: Mapping[str, tuple[Stated, ...]]

    @property
    def languages(self) -> tuple[str, ...]:
        """The short names of its languages, in order."""
        return tuple(language.code for language in self.edition.languages)


@dataclass(frozen=True, slots=True)
class WriteTask:
    """A file that is to be made: of which job, in which format, and the path it is for."""

    job: RenderedEdition
    format: str
    path: Path
