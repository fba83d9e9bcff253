"""Sources in, findings out: what a build would refuse, and what a careful reader would see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, in_order
from ipdocs.pipeline.plan import editions
from ipdocs.source.load import load
from ipdocs.view import localise
from ipdocs.workspace import find_workspace

LEFT_OUT = {"out", "templates", "locales", "node_modules"}


def check(sources: Sequence[Path], *, told: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Return the findings of sources in the order of their places; no file is written."""
    return in_order(finding for source in sources for finding in _of(source, told))


def _of(source: Path, told: Callable[[str], None]) -> Iterator[Finding]:
    told(source.name)
    workspace = find_workspace(source)
    try:
        document = load(source, workspace)
        for edition in editions(document, workspace):
            localise(document, edition.languages[0], workspace)
    except IpdocsError as error:
        yield from error.findings


def sources_below(folder: Path) -> list[Path]:
    """Return the sources below a folder: YAML files that state a schema and a kind, but for templates and results."""
    return [path for path in sorted(folder.rglob("*.yaml")) if not LEFT_OUT & set(path.relative_to(folder).parts) and _is_source(path)]


def _is_source(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4096)
    return b"\nkind:" in b"\n" + start and b"schema:" in start
