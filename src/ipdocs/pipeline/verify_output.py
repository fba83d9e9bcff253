"""Built files in, findings out: each file read again and held against the source that its manifest names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.pipeline import manifest
from ipdocs.source.validation import load
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html
from ipdocs.verification.expectation import Stated, expected
from ipdocs.verification.stated_facts import stated_in
from ipdocs.verification.verify_file import READERS, verified
from ipdocs.workspace import find_workspace

_Key = tuple[Path, tuple[str, ...], str]
_Source = tuple[HtmlDocument, Mapping[str, tuple[Stated, ...]]]


@dataclass(frozen=True, slots=True)
class Verified:
    """A file that was verified: how many lines and facts were looked for, its pages, and what is not as it should be."""

    path: Path
    lines: int
    facts: int
    pages: int | None
    findings: tuple[Finding, ...]


def verify(paths: Sequence[Path], source: Path | None = None) -> list[Verified]:
    """Verify files of builds, those of a folder all; without a source each is held against the one its manifest names."""
    made: dict[_Key, _Source] = {}
    return [_verified(path, source, made) for path in _files(paths)]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            folders = (
                [path] if (path / manifest.NAME).is_file() else sorted(one.parent for one in path.glob(f"*/{manifest.NAME}"))
            )
            yield from (
                folder / entry.file
                for folder in folders
                for entry in manifest.read(folder / manifest.NAME).files
                if entry.file.rpartition(".")[2] in READERS
            )
        else:
            yield path


def _verified(path: Path, source: Path | None, made: dict[_Key, _Source]) -> Verified:
    said = _manifest(path)
    entry = said.entry(path.name)
    if entry is None or path.suffix[1:] not in READERS:
        raise IpdocsError(
            [Finding("unknown-file", f"the manifest beside it does not name {path.name}", Location(path), "build it again")]
        )
    origin = source or (path.parent / said.source)
    if not origin.is_file():
        raise IpdocsError(
            [Finding("no-such-file", f"its source {said.source!r} is not there", Location(path), "name it: --source FILE")]
        )
    key = (origin.resolve(), entry.languages, entry.layout)
    if key not in made:
        made[key] = _source(*key, draft=entry.draft)
    expectation = expected(*made[key], path.suffix[1:])
    findings, pages = verified(path.read_bytes(), path, expectation)
    if manifest.sha256(origin.read_bytes()) != said.source_sha256:
        findings.insert(
            0,
            Finding("source-changed", f"{origin} has changed since this was built", Location(path), "build it again", "warning"),
        )
    if entry.pages is not None and pages != entry.pages:
        findings.append(Finding("pages-differ", f"it has {pages} pages, and {entry.pages} when it was built", Location(path)))
    return Verified(path, len(expectation.lines), expectation.stated, pages, tuple(findings))


def _manifest(path: Path) -> manifest.Manifest:
    beside = path.parent / manifest.NAME
    if not path.is_file() or not beside.is_file():
        what = f"there is no manifest beside {path.name}" if path.is_file() else f"there is no file {str(path)!r}"
        raise IpdocsError([Finding("no-such-file", what, Location(path), "build it again: a build writes one")])
    return manifest.read(beside)


def _source(source: Path, languages: tuple[str, ...], layout: str, *, draft: bool) -> _Source:
    """Return the tree of a source as a build made it, and the facts it states."""
    workspace = find_workspace(source)
    document = load(source, workspace, draft=draft)
    views = [localise(document, language(name, workspace), workspace, draft=draft) for name in languages]
    tree = render_html(views, workspace, layout=layout, folder=source.parent, draft=draft)  # type: ignore[arg-type]
    return tree, stated_in(views)
