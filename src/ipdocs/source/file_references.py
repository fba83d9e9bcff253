"""Read the files that a source refers to: its house style, boilerplate sections and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.style import house_style
from ipdocs.model.document import Section
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace, resolve_in_workspace

MAX_PICTURE = 20_000_000
"""The maximum size of a picture file, in bytes."""


@dataclass(slots=True)
class References:
    """The boilerplate sections and pictures of a source, keyed by name in the source, and the findings on the references."""

    sections: dict[str, Section] = field(default_factory=dict)
    pictures: dict[str, CleanPicture] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_references(
    data: Any, source: Path, workspace: Workspace, read_section: Callable[[str], Section], pictures: Mapping[str, CleanPicture]
) -> References:
    """Read the files that a source refers to; a reference that cannot be resolved becomes a finding.

    Args:
        data: the plain values of the source.
        source: the path of the source; picture names are relative to the folder of this path.
        workspace: the workspace, which supplies the house styles and must contain the pictures.
        read_section: a function that reads a boilerplate section, given its name.
        pictures: pictures that are not on disk yet, keyed by name in the source.
    """
    references = References()
    if isinstance(style := data.get("style"), Text):
        with _collecting_findings(references, style):
            house_style(str(style), workspace)
    for kind, name in _file_names(data):
        with _collecting_findings(references, name):
            if kind == "boilerplate":
                references.sections[str(name)] = read_section(str(name))
            else:
                new_picture = pictures.get(str(name))
                references.pictures[name] = new_picture or read_picture(str(name), source.parent, workspace)
    return references


@contextmanager
def _collecting_findings(references: References, name: Text) -> Iterator[None]:
    """Collect the findings on a reference; if a finding has no location, use the location of the reference."""
    try:
        yield
    except IpdocsError as error:
        for finding in error.findings:
            references.findings.append(finding if finding.location else replace(finding, location=name.locate(0, len(name))))


def read_picture(name: str, folder: Path, workspace: Workspace) -> CleanPicture:
    """Return the picture at a path relative to a folder, fully decoded and cleaned.

    Raises:
        IpdocsError: the file is missing, outside the workspace, too large, or not usable as a picture.
    """
    path = resolve_in_workspace(folder, name, workspace.root or folder)
    try:
        return clean_picture(read_bytes(path, MAX_PICTURE))
    except BadPicture as error:
        raise IpdocsError([bad_picture_finding(name, error)]) from error
    except UnsafeFile as error:
        (problem,) = error.problems
        code = {"too-large": "picture-too-large", "missing": "no-such-file"}.get(problem.reason, "unreadable")
        message = f"the picture {name!r} cannot be used: {problem.message}"
        hint = "save it with fewer pixels, or as JPEG" if problem.reason == "too-large" else problem.hint
        raise IpdocsError([Finding(code, message, None, hint)]) from error


def bad_picture_finding(name: str, error: BadPicture, location: Location | None = None) -> Finding:
    """Return the finding for a file that cannot be used as a picture, in a source, letterhead or import."""
    return Finding("bad-picture", f"the picture {name!r} cannot be used: {error.message}", location, error.hint)


def _file_names(value: Any) -> Iterator[tuple[str, Text]]:
    """Yield the kind ("boilerplate" or "figure") and name of each boilerplate section and picture file, at any depth."""
    queue = [value]
    while queue:
        value = queue.pop()
        if isinstance(value, list):
            queue += value
        elif isinstance(value, dict):
            queue += value.values()
            if isinstance(name := value.get("boilerplate"), Text):
                yield "boilerplate", name
            if isinstance(figure := value.get("figure"), dict) and isinstance(name := figure.get("file"), Text):
                yield "figure", name
