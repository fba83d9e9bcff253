"""What a source names and must be there: its house style, boilerplate sections, pictures."""

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
"""The size of a picture's file in bytes."""


@dataclass(slots=True)
class References:
    """The files that a source names: its boilerplate sections and its pictures by the names it gives, and what is wrong."""

    sections: dict[str, Section] = field(default_factory=dict)
    pictures: dict[str, CleanPicture] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_references(
    data: Any, source: Path, workspace: Workspace, section: Callable[[str], Section], pictures: Mapping[str, CleanPicture]
) -> References:
    """Return what a source's plain values name; a name that leads nowhere is among its findings.

    Args:
        data: the plain values of a source.
        source: the file of the source, from whose folder the names of pictures are seen.
        workspace: where house styles are, and what pictures may not lie outside of.
        section: reads a boilerplate section by its name.
        pictures: pictures that are not in their places yet, by the names that the source gives.
    """
    references = References()
    if isinstance(style := data.get("style"), Text):
        with _collected(references, style):
            house_style(str(style), workspace)
    for key, name in _named(data):
        with _collected(references, name):
            if key == "boilerplate":
                references.sections[str(name)] = section(str(name))
            else:
                given = pictures.get(str(name))
                references.pictures[name] = given or read_picture(str(name), source.parent, workspace)
    return references


@contextmanager
def _collected(references: References, name: Text) -> Iterator[None]:
    """Collect what reading a named thing finds; what has no place of its own stands where it is named."""
    try:
        yield
    except IpdocsError as error:
        for finding in error.findings:
            references.findings.append(finding if finding.location else replace(finding, location=name.locate(0, len(name))))


def read_picture(name: str, folder: Path, workspace: Workspace) -> CleanPicture:
    """Return a picture by its name, seen from a folder, decoded whole and cleaned.

    Raises:
        IpdocsError: it is not there, lies outside the workspace, is too large, or cannot be used as a picture.
    """
    path = resolve_in_workspace(folder, name, workspace.root or folder)
    try:
        return clean_picture(read_bytes(path, MAX_PICTURE))
    except BadPicture as error:
        raise IpdocsError([bad_picture(name, error)]) from error
    except UnsafeFile as error:
        (problem,) = error.problems
        code = {"too-large": "picture-too-large", "missing": "no-such-file"}.get(problem.reason, "unreadable")
        message = f"the picture {name!r} cannot be used: {problem.message}"
        raise IpdocsError([Finding(code, message, None, problem.hint)]) from error


def bad_picture(name: str, error: BadPicture, location: Location | None = None) -> Finding:
    """Return the finding that a file cannot be used as a picture, in the words of every place where one is named."""
    return Finding("bad-picture", f"the picture {name!r} cannot be used: {error.message}", location, error.hint)


def _named(value: Any) -> Iterator[tuple[str, Text]]:
    """Yield the boilerplate sections and picture files that a source names, at any depth."""
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += value
        elif isinstance(value, dict):
            todo += value.values()
            if isinstance(name := value.get("boilerplate"), Text):
                yield "boilerplate", name
            if isinstance(figure := value.get("figure"), dict) and isinstance(name := figure.get("file"), Text):
                yield "figure", name
