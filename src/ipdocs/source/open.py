"""Sources: opened from a file with all they refer to, or parsed from text for those who have it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Finding, InvalidSource, IpdocsError, raise_errors
from ipdocs.model.blocks import Figure
from ipdocs.model.document import Document, Section
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.file_references import read_picture
from ipdocs.source.nodes import SourceNodes
from ipdocs.source.state import SourceState, read_state
from ipdocs.source.validation import validate
from ipdocs.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What a source needs beside its own text.

    Attributes:
        path: the file that it is, or will be.
        workspace: the workspace it belongs to.
        state: what tools remember about it.
        pictures: pictures that are not in their places yet, by the names that the source gives.
    """

    path: Path
    workspace: Workspace
    state: SourceState = field(default_factory=SourceState)
    pictures: Mapping[str, CleanPicture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A source with everything that is read for it: later stages open none of its files.

    Attributes:
        path: the file, which need not exist for text from memory.
        workspace: the workspace it belongs to.
        text: the characters of the file.
        nodes: the YAML nodes of the text; edits are spliced in at their positions.
        document: the document that it states.
        sections: the boilerplate sections that it takes in, by name.
        pictures: its pictures and its sections', cleaned, by their names as seen from its folder.
        state: what tools remember about it.
        gaps: what a final document may not have: missing, unused and draft texts.
        draft: whether gaps are shown instead of refused.
    """

    path: Path
    workspace: Workspace
    text: SourceText
    nodes: SourceNodes
    document: Document
    sections: Mapping[str, Section]
    pictures: Mapping[str, CleanPicture]
    state: SourceState
    gaps: tuple[Finding, ...]
    draft: bool

    @property
    def digest(self) -> str:
        """The SHA-256 of the text as it was read."""
        return sha256(self.text.data).hexdigest()


def open_source(path: Path, workspace: Workspace | None = None, *, draft: bool = False) -> Source:
    """Return the source in a file, with its state and all that it refers to.

    Args:
        path: the YAML file.
        workspace: by default the one in which the file stands.
        draft: whether texts may be missing or drafts.

    Raises:
        UnsafeFile: the file cannot be read, or is larger than a source may be.
        InvalidSource: the source, or what it refers to, has errors; the findings are in the order of the file.
    """
    source = inspect_source(path, workspace, draft=draft)
    if not draft:
        raise_errors(source.gaps, InvalidSource)
    return source


def inspect_source(path: Path, workspace: Workspace | None = None, *, draft: bool = False) -> Source:
    """Return the source in a file even if it has gaps; a caller that reports them with other findings reads `gaps`.

    Raises:
        UnsafeFile: the file cannot be read, or is larger than a source may be.
        InvalidSource: the source, or what it refers to, has errors other than gaps.
    """
    with _errors_of_a_source():
        text = read_text(path)
        return _parse(text, SourceContext(path, workspace or find_workspace(path), read_state(path)), draft=draft)


def parse_source(text: SourceText, context: SourceContext, *, draft: bool = False) -> Source:
    """Return the source that a text states: nothing of the source itself is read from disk.

    Boilerplate sections and pictures are those of the workspace.

    Raises:
        InvalidSource: the source, or what it refers to, has errors; the findings are in the order of the text.
    """
    with _errors_of_a_source():
        source = _parse(text, context, draft=draft)
    if not draft:
        raise_errors(source.gaps, InvalidSource)
    return source


@contextmanager
def _errors_of_a_source() -> Iterator[None]:
    """Raise an IpdocsError of no particular class as InvalidSource."""
    try:
        yield
    except IpdocsError as error:
        if type(error) is not IpdocsError:
            raise
        raise InvalidSource(error.findings) from error


def _parse(text: SourceText, context: SourceContext, *, draft: bool) -> Source:
    found = validate(text, context.workspace, draft=draft, pictures=context.pictures)
    return Source(
        path=context.path,
        workspace=context.workspace,
        text=text,
        nodes=found.nodes,
        document=found.record,
        sections=found.references.sections,
        pictures=found.references.pictures | _section_pictures(found.references.sections, context),
        state=context.state,
        gaps=found.gaps,
        draft=draft,
    )


def _section_pictures(sections: Mapping[str, Section], context: SourceContext) -> dict[str, CleanPicture]:
    """Return the pictures of boilerplate sections by their names as the source would give them."""
    names = (
        section_picture(block, context.path)
        for section in sections.values()
        for block in section.body
        if isinstance(block, Figure)
    )
    return {name: read_picture(name, context.path.parent, context.workspace) for name in dict.fromkeys(names)}


def section_picture(block: Figure, source: Path) -> str:
    """Return the name of a section's picture as seen from the folder of a source that takes the section in."""
    place = block.figure.file.locate()
    return relpath(place.path.parent / block.figure.file, source.parent) if place else str(block.figure.file)
