"""A source's texts out to translators, and what comes back into the source: checked first, spliced in, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.values import differences
from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import xml
from ipdocs.findings import Finding, IpdocsError, collect, in_order, nearest
from ipdocs.locale.language import Language, language, languages, written_language
from ipdocs.locale.style import house_style
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.basis import basis_of
from ipdocs.source.draft_marks import MARK
from ipdocs.source.file import read_text
from ipdocs.source.open import Source, open_source
from ipdocs.source.replacement import put_texts
from ipdocs.source.segment import Code, Segment, written
from ipdocs.source.state import keep_bases
from ipdocs.source.texts import blocks, texts
from ipdocs.source.update import put
from ipdocs.translation.formats import docx, po, tmx, xliff1, xliff2, xlsx
from ipdocs.translation.job import Returned, default_source_language, translation_job
from ipdocs.translation.returned_file import Compared, Differ, compare
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came back into a source: the texts that changed, those that are drafts no longer, and what was found on the way."""

    changed: tuple[str, ...]
    settled: tuple[str, ...]
    findings: tuple[Finding, ...]


def import_translations(
    path: Path, files: Sequence[Path], *, to: str = "", source: str = "", accept: bool = False
) -> ImportResult:
    """Put what came back from translators into a source; nothing is written while a finding says that something is wrong.

    All files are checked before the first is taken. With accept what the findings doubt is taken all the same, but for
    what a source cannot hold. Where nothing was changed the source stays byte for byte as it is.
    """
    first, *_ = collect(lambda file: _checked(path, file, to, source, accept), files)
    taken: list[Compared] = []
    for index, file in enumerate(files):
        document, found, target = _checked(path, file, to, source, accept) if index else first
        _write(path, document, found, target.code, find_workspace(path))
        taken.append(found)
    return ImportResult(
        tuple(name for one in taken for name in one.changes),
        tuple(name for one in taken for name in one.settled),
        tuple(in_order(finding for one in taken for finding in one.findings)),
    )


def _checked(path: Path, file: Path, to: str, source: str, accept: bool) -> tuple[Document, Compared, Language]:
    """Return what a file changes in a source, and its language; what keeps it from being taken is raised."""
    workspace = find_workspace(path)
    back, first, target = _read(path, file, to, source, workspace)
    sent = translation_job(path, target.code, source=first.code)
    opened = open_source(path, workspace, draft=True)
    found = compare(sent, back, file, _differ(opened, first, target))
    errors = [one for one in found.findings if one.severity == "error"]
    if errors and (not accept or any(one.code in ("wrong-document", "wrong-language") for one in errors)):
        raise IpdocsError(in_order(found.findings))
    return opened.document, found, target


def _read(path: Path, file: Path, to: str, source: str, workspace: Workspace) -> tuple[Returned, Language, Language]:
    """Return what a file says, with the languages it is from and in."""
    document = open_source(path, workspace, draft=True).document
    ending = file.suffix.lower()
    if ending == ".tmx":
        target = written_language(to or _other(document, workspace), workspace)
        first = language(source, workspace) if source else default_source_language(document, target, workspace)
        return tmx.read(file, workspace, first.code, target.code), first, target
    readers: dict[str, Callable[[Path], Returned]] = {
        ".xlf": _xliff,
        ".xliff": _xliff,
        ".po": po.read,
        ".docx": docx.read,
        ".xlsx": xlsx.read,
    }
    if ending not in readers:
        close = nearest(ending, [*readers, ".tmx"])
        hint = f"did you mean {close}?" if close else f"there are {', '.join([*readers, '.tmx'])}"
        raise unsafe_file("unknown-format", f"'{ending[:20]}' is no format of exchange", file, hint)
    back = readers[ending](file)
    tags = {one.tag.lower(): one for one in languages(workspace).values()}
    named = tags.get(back.target.lower())
    if named is None and not to:
        raise unsafe_file(
            "unknown-language", f"this file does not say in which language it is: {back.target!r:.40}", file, "say --to"
        )
    target = written_language(to or (named.code if named else back.target), workspace)
    first = language(source, workspace) if source else default_source_language(document, target, workspace)
    return back, first, target


def _xliff(file: Path) -> Returned:
    root = xml(read_bytes(file), file)
    return xliff1.read(file) if str(root.tag) == f"{{{xliff1.CORE}}}xliff" else xliff2.read(file)


def _other(document: Document, workspace: Workspace) -> str:
    """Return the second language of a document, into which it is translated unless another is named."""
    written = [name for name in document.languages if not language(name, workspace).made_from]
    return str(written[1] if len(written) > 1 else written[0])


def _differ(source: Source, first: Language, target: Language) -> Differ:
    document, workspace = source.document, source.workspace

    def passage(parts: Segment, spoken: Language) -> Passage:
        setting = Setting(spoken, house_style(document.style, workspace), language_context(source, spoken).setting.issued)
        made = Passage("paragraph", setting, Text(""), workspace)
        for part in parts:
            start = len(made.plain)
            made.plain += part if isinstance(part, str) else part.shown if part.kind == "fact" else ""
            if isinstance(part, Code) and part.kind == "fact":
                made.expressions.append(Span(start, len(made.plain), part.name))
        return made

    def told(original: Segment, translation: Segment) -> list[str]:
        found = differences(passage(original, first), passage(translation, target))
        return [
            f"{first.code} says {one.source.surface if one.source else 'nothing of it'}, "
            f"{target.code} says {one.target.surface if one.target else 'nothing of it'}"
            for one in found
        ]

    return told


def _write(path: Path, document: Document, found: Compared, to: str, workspace: Workspace) -> None:
    """Put texts into a source, and note that their blocks' translations were made from what stands there now."""
    placed = {one.name: one for one in texts(document)}
    new = {(placed[name].keys, to): written(parts) for name, parts in found.changes.items()}
    for name in found.settled:
        text = placed[name].texts[Text(to)]
        mark = MARK.match(text)
        new[placed[name].keys, to] = text[mark.end() :] if mark else text
    if not new:
        return
    put(path, put_texts(read_text(path), new), workspace)
    touched = {placed[name].block for name in (*found.changes, *found.settled)}
    after = blocks(open_source(path, workspace, draft=True).document)
    keep_bases(path, {(block, to): basis_of(after[block], to, workspace) for block in sorted(touched) if block in after})
