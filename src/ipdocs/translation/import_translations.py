"""What comes back from translators into a source: checked first, then taken as one change, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.values import differences
from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import parse_xml
from ipdocs.findings import Finding, IpdocsError, collect, in_order, nearest
from ipdocs.locale.language import Language, language, languages, written_language
from ipdocs.locale.style import house_style
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.draft_marks import MARK
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import Code, Segment, to_source_text
from ipdocs.source.texts import texts
from ipdocs.source.update import write_changes
from ipdocs.translation.formats import docx, po, tmx, xliff1, xliff2, xlsx
from ipdocs.translation.job import ReturnedFile, default_source_language, translation_job
from ipdocs.translation.returned_file import CompareValues, Comparison, compare
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came back into a source: the texts that changed, those that are drafts no longer, and what was found on the way."""

    changed: tuple[str, ...]
    finished_drafts: tuple[str, ...]
    findings: tuple[Finding, ...]


def import_translations(
    path: Path, files: Sequence[Path], *, to: str = "", source_language: str = "", accept: bool = False
) -> ImportResult:
    """Write translations that were returned by translators into a source; see `translation_changes`.

    Nothing is written if a finding is an error. If no translation has changed, the source keeps all its bytes.

    Args:
        path: the file of the source.
        files: the returned files, in any exchange format.
        to: the code of the target language, for files that do not state it.
        source_language: the code of the language translated from; by default the first language of the document.
        accept: whether changes that were reported as doubtful are imported, too.

    Raises:
        IpdocsError: a file cannot be read, belongs to another document, or has translations that cannot be imported.
    """
    source = open_source(path, draft=True)
    changes, result = translation_changes(source, files, to=to, source_language=source_language, accept=accept)
    write_changes(source, changes)
    return result


def translation_changes(
    source: Source, files: Sequence[Path], *, to: str = "", source_language: str = "", accept: bool = False
) -> tuple[SourceChanges, ImportResult]:
    """Return what files that came back from translators change in a source, all of them together.

    Args:
        source: the source that was sent out.
        files: what came back.
        to: the language of files that do not say in which they are.
        source_language: the language that was translated; by default the first in which the source is written.
        accept: whether doubtful changes are taken, too, but for what a source cannot hold.

    Raises:
        IpdocsError: what is wrong with a file, or what two of them disagree on.
    """
    checked = collect(lambda file: _checked(source, file, to, source_language, accept), files)
    changes = [_changes(source, compared, target.code) for compared, target in checked]
    conflicts = conflict_findings(source, changes)
    findings = in_order([*conflicts, *(finding for compared, _ in checked for finding in compared.findings)])
    if conflicts and not accept:
        raise IpdocsError(findings)
    changed = dict.fromkeys(name for compared, _ in checked for name in compared.changes)
    settled = dict.fromkeys(name for compared, _ in checked for name in compared.finished_drafts)
    return combine_changes(changes), ImportResult(tuple(changed), tuple(settled), tuple(findings))


def _checked(source: Source, file: Path, to: str, source_language: str, accept: bool) -> tuple[Comparison, Language]:
    """Return what a file changes in a source, and its language; what keeps it from being taken is raised."""
    back, first, target = _read(source, file, to, source_language)
    job = translation_job(source, target.code, source_language=first.code)
    compared = compare(job, back, file, _differ(source, first, target))
    errors = [finding for finding in compared.findings if finding.severity == "error"]
    if errors and (not accept or any(finding.code in ("wrong-document", "wrong-language") for finding in errors)):
        raise IpdocsError(in_order(compared.findings))
    return compared, target


def _read(source: Source, file: Path, to: str, source_language: str) -> tuple[ReturnedFile, Language, Language]:
    """Return what a file says, with the languages it is from and in."""
    document, workspace = source.document, source.workspace

    def original(target: Language) -> Language:
        return language(source_language, workspace) if source_language else default_source_language(document, target, workspace)

    ending = file.suffix.lower()
    if ending == ".tmx":
        target = written_language(to or _other(document, workspace), workspace)
        first = original(target)
        return tmx.read(file, workspace, first.code, target.code), first, target
    readers: dict[str, Callable[[Path], ReturnedFile]] = {
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
    named = tags.get(back.target_tag.lower())
    if named is None and not to:
        raise unsafe_file(
            "unknown-language", f"this file does not say in which language it is: {back.target_tag!r:.40}", file, "say --to"
        )
    target = written_language(to or (named.code if named else back.target_tag), workspace)
    return back, original(target), target


def _xliff(file: Path) -> ReturnedFile:
    root = parse_xml(read_bytes(file), file)
    return xliff1.read(file) if str(root.tag) == f"{{{xliff1.CORE}}}xliff" else xliff2.read(file)


def _other(document: Document, workspace: Workspace) -> str:
    """Return the second language of a document, into which it is translated unless another is named."""
    written_in = [name for name in document.languages if not language(name, workspace).made_from]
    return str(written_in[1] if len(written_in) > 1 else written_in[0])


def _differ(source: Source, first: Language, target: Language) -> CompareValues:
    document, workspace = source.document, source.workspace

    def passage(parts: Segment, spoken: Language) -> Passage:
        setting = Setting(spoken, house_style(document.style, workspace), language_context(source, spoken).setting.issued)
        result = Passage("paragraph", setting, Text(""), workspace)
        for part in parts:
            start = len(result.plain)
            result.plain += part if isinstance(part, str) else part.display if part.kind == "fact" else ""
            if isinstance(part, Code) and part.kind == "fact":
                result.expressions.append(Span(start, len(result.plain), part.name))
        return result

    def differ(original: Segment, translation: Segment) -> list[str]:
        return [
            f"{first.code} says {value.source.surface if value.source else 'nothing of it'}, "
            f"{target.code} says {value.target.surface if value.target else 'nothing of it'}"
            for value in differences(passage(original, first), passage(translation, target))
        ]

    return differ


def _changes(source: Source, compared: Comparison, code: str) -> SourceChanges:
    """Return what a file changes; translations that it touches are made from what stands there now."""
    places = {place.name: place for place in texts(source.document)}
    new = {(places[name].keys, code): to_source_text(parts) for name, parts in compared.changes.items()}
    for name in compared.finished_drafts:
        text = places[name].texts[Text(code)]
        mark = MARK.match(text)
        new[places[name].keys, code] = str(text[mark.end() :] if mark else text)
    touched = (*compared.changes, *compared.finished_drafts)
    return SourceChanges(new, bases={(places[name].block, code): Confirmation() for name in touched})
