"""Open a source file together with the files it refers to, or parse a source from memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Finding, InvalidSource, IpdocsError, raise_errors
from ipdocs.locale.glossary import unknown_domain_findings, workspace_domains
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
    """Everything besides the text that is needed to parse a source.

    Attributes:
        path: the path of the source, which need not exist yet.
        workspace: the workspace of the source.
        state: the content of the state file beside the source.
        pictures: pictures that are not on disk yet, keyed by name in the source.
    """

    path: Path
    workspace: Workspace
    state: SourceState = field(default_factory=SourceState)
    pictures: Mapping[str, CleanPicture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A source with the content of the files it refers to; later stages need not open these files again.

    Attributes:
        path: the path of the source, which need not exist if the text comes from memory.
        workspace: the workspace of the source.
        text: the text of the file.
        nodes: the YAML nodes of the text, with the positions that edits need.
        document: the content of the source as a record of the model.
        sections: the boilerplate sections that the document uses, keyed by name.
        pictures: the cleaned pictures of the document and its sections, keyed by path relative to the folder of the source.
        state: the content of the state file beside the source.
        gaps: findings on missing, unused and draft texts, which are allowed in a draft only.
        draft: whether the source was opened as a draft, with gaps allowed.
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
        """The SHA-256 digest of the text, in hexadecimal."""
        return sha256(self.text.data).hexdigest()

    @property
    def domains(self) -> frozenset[str]:
        """The domains of the glossary whose terms apply: those of the kind, of the workspace and of the source.

        Raises:
            IpdocsError: the source or its workspace names a domain that no term has.
        """
        listed_domains = self.document.domains
        raise_errors(
            finding
            for domain in listed_domains
            for finding in unknown_domain_findings(domain, domain.locate(0, len(domain)), self.workspace)
        )
        return frozenset({str(self.nodes.data["kind"]), *map(str, listed_domains)}) | workspace_domains(self.workspace)


def open_source(path: Path, workspace: Workspace | None = None, *, draft: bool = False) -> Source:
    """Read a source, its state file and the files that it refers to.

    Args:
        path: the path of the source.
        workspace: the workspace; by default the workspace that contains the source.
        draft: whether gaps, such as missing translations, are allowed.

    Raises:
        InvalidSource: the source or a file that it refers to is missing or has errors; the findings are in the order of lines.
        UnsafeFile: the system does not allow reading the source or its state file.
    """
    source = inspect_source(path, workspace, draft=draft)
    if not draft:
        raise_errors(source.gaps, InvalidSource)
    return source


def inspect_source(path: Path, workspace: Workspace | None = None, *, draft: bool = False) -> Source:
    """Read a source even if it has gaps, for callers that report `gaps` together with other findings.

    Raises:
        InvalidSource: the source or a file that it refers to is missing or has errors other than gaps.
        UnsafeFile: the system does not allow reading the source or its state file.
    """
    with _raising_invalid_source():
        text = read_text(path)
        return _parse(text, SourceContext(path, workspace or find_workspace(path), read_state(path)), draft=draft)


def parse_source(text: SourceText, context: SourceContext, *, draft: bool = False) -> Source:
    """Parse a source from a text in memory; only boilerplate sections and pictures are read from disk.

    Raises:
        InvalidSource: the source or a file that it refers to has errors; the findings are in the order of the text.
    """
    with _raising_invalid_source():
        source = _parse(text, context, draft=draft)
    if not draft:
        raise_errors(source.gaps, InvalidSource)
    return source


@contextmanager
def _raising_invalid_source() -> Iterator[None]:
    """Re-raise an IpdocsError as InvalidSource, but leave its subclasses unchanged."""
    try:
        yield
    except IpdocsError as error:
        if type(error) is not IpdocsError:
            raise
        raise InvalidSource(error.findings) from error


def _parse(text: SourceText, context: SourceContext, *, draft: bool) -> Source:
    validated = validate(text, context.workspace, draft=draft, pictures=context.pictures)
    return Source(
        path=context.path,
        workspace=context.workspace,
        text=text,
        nodes=validated.nodes,
        document=validated.record,
        sections=validated.references.sections,
        pictures=validated.references.pictures | _section_pictures(validated.references.sections, context),
        state=context.state,
        gaps=validated.gaps,
        draft=draft,
    )


def _section_pictures(sections: Mapping[str, Section], context: SourceContext) -> dict[str, CleanPicture]:
    """Return the pictures of boilerplate sections, keyed by path relative to the folder of the source."""
    paths = (
        section_picture_path(block, context.path)
        for section in sections.values()
        for block in section.body
        if isinstance(block, Figure)
    )
    return {path: read_picture(path, context.path.parent, context.workspace) for path in dict.fromkeys(paths)}


def section_picture_path(block: Figure, source: Path) -> str:
    """Return the path of a picture in a boilerplate section, relative to the folder of the source that uses the section."""
    location = block.figure.file.locate()
    return relpath(location.path.parent / block.figure.file, source.parent) if location else str(block.figure.file)
