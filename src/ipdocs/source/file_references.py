"""What a source names and must be there: its house style, boilerplate sections, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.style import house_style
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace, inside


def reference_findings(data: Any, source: Path, workspace: Workspace, section: Callable[[str], object]) -> Iterator[Finding]:
    """Yield a finding for each name in a source's plain values that leads nowhere; section reads a boilerplate section."""
    if isinstance(style := data.get("style"), Text):
        yield from _refused(partial(house_style, str(style), workspace), style)
    folder = source.parent
    readers: dict[str, Callable[[str], object]] = {
        "boilerplate": section,
        "figure": lambda name: inside(folder, name, workspace.root or folder),
    }
    for key, name in _named(data):
        yield from _refused(partial(readers[key], str(name)), name)


def _refused(read: Callable[[], object], name: Text) -> Iterator[Finding]:
    """Yield what reading a named thing finds; what has no place of its own stands where it is named."""
    try:
        read()
    except IpdocsError as error:
        for finding in error.findings:
            yield finding if finding.location else replace(finding, location=name.locate(0, len(name)))


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
