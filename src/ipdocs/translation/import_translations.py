"""Check returned translations and import them into a source; texts with errors are left as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.translation_status import stale_texts
from ipdocs.checks.values import differences
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import parse_xml
from ipdocs.findings import Finding, IpdocsError, Location, collect, nearest, sort_findings
from ipdocs.locale.language import Language, language, languages, written_language
from ipdocs.locale.stated_language import is_taiwan_tag, stated_language
from ipdocs.locale.style import house_style
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Document
from ipdocs.model.inline import ScriptPosition
from ipdocs.model.script_forms import with_script_characters
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.draft_marks import DRAFT_MARK, mark_draft
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import Code, Segment, to_source_text
from ipdocs.source.texts import Keys, iter_texts
from ipdocs.source.update import write_changes
from ipdocs.translation.formats import docx, po, tmx, xliff1, xliff2_reader, xlsx
from ipdocs.translation.job import ReturnedFile, default_source_language, selected_names, translation_job, with_remarks
from ipdocs.translation.refused_texts import Remarks
from ipdocs.translation.returned_file import CompareValues, ImportedChanges, check_returned_file
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

XLIFF_ENDINGS = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
"""The endings of XLIFF files; the last three are those of Trados, memoQ and Phrase."""

_SAVED_AS = {".xls": ".xlsx", ".ods": ".xlsx", ".csv": ".xlsx", ".tsv": ".xlsx"} | dict.fromkeys(
    (".doc", ".odt", ".rtf"), ".docx"
)
"""The ending of a format that is read, keyed by the ending of a format in which office programs save copies."""

_TRADITIONAL = "zh-Hant"
_WRONG_FILE = {"wrong-document", "wrong-language"}
"""The codes of findings about a file that belongs to another document or language."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import.

    Attributes:
        changed: the dotted names of the texts that were changed.
        finished_drafts: the dotted names of the unchanged drafts and stale texts that the translator marked as finished.
        drafts: the dotted names of the texts that are drafts now: changed texts, and translations that were rejected.
        imported: the dotted names of the texts that were imported or marked as finished, keyed by target language.
        refused: remarks for the translator about the texts that were not imported, keyed by target language and the dotted name
            of the text.
        findings: the findings about the returned files.
    """

    changed: tuple[str, ...]
    finished_drafts: tuple[str, ...]
    drafts: tuple[str, ...]
    imported: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, Mapping[str, tuple[str, ...]]]
    findings: tuple[Finding, ...]


def import_translations(
    path: Path,
    files: Sequence[Path],
    *,
    to: str = "",
    source_language: str = "",
    accept: bool = False,
    only: Sequence[str] = (),
) -> ImportResult:
    """Import translations from the files that translators returned, write them into a source, and return the result.

    Texts with an error are not imported unless `accept` is true; all other texts are. If no translation has changed, the source
    stays byte for byte the same.

    Args:
        path: the path of the source file.
        files: the returned files, in any exchange format.
        to: the code of the target language, for files that do not state their language.
        source_language: the code of the language to translate from; by default the first language of the document.
        accept: whether changes reported as doubtful are imported, too.
        only: the names of texts or the ids of blocks to import; by default all.

    Raises:
        SourceChangedOnDisk: another program has changed the source or its state file in the meantime.
        IpdocsError: a file cannot be read or belongs to another document; or the source is invalid or cannot be written.
    """
    source = open_source(path, draft=True)
    changes, result = translation_changes(source, files, to=to, source_language=source_language, accept=accept, only=only)
    write_changes(source, changes)
    return result


def translation_changes(
    source: Source,
    files: Sequence[Path],
    *,
    to: str = "",
    source_language: str = "",
    accept: bool = False,
    only: Sequence[str] = (),
    remarks: Mapping[str, Remarks] | None = None,
) -> tuple[SourceChanges, ImportResult]:
    """Return the changes to a source that returned files make together, and the result to report.

    Args:
        source: the source that was exported.
        files: the returned files.
        to: the code of the target language, for files that do not state their language.
        source_language: the code of the language to translate from; by default the first language of the document.
        accept: whether changes reported as doubtful are included; invalid texts are never included.
        only: the names of texts or the ids of blocks to read; by default all.
        remarks: the remarks that an export added to the notes of texts, keyed by target language.

    Raises:
        IpdocsError: a file cannot be read, two files change a text differently, or there is no text with a name in `only`.
    """
    names = selected_names(source, only)

    def check_file(file: Path) -> tuple[ImportedChanges, Language]:
        returned, original, target = _read(source, file, to, source_language)
        job = with_remarks(
            translation_job(source, target.code, source_language=original.code), (remarks or {}).get(target.code, {})
        )
        compare = _value_comparison(source, original, target)
        imported = check_returned_file(job, returned, file, compare, accept=accept, only=names)
        if any(finding.code in _WRONG_FILE and finding.severity == "error" for finding in imported.findings):
            raise IpdocsError(sort_findings(imported.findings))
        return imported, target

    checked = collect(check_file, files)
    changes = [_source_changes(source, imported, target.code) for imported, target in checked]
    conflicts = conflict_findings(source, changes)
    findings = sort_findings([*conflicts, *(finding for imported, _ in checked for finding in imported.findings)])
    if conflicts and not accept:
        raise IpdocsError(findings)
    imported_names: dict[str, tuple[str, ...]] = {}
    refused: dict[str, dict[str, tuple[str, ...]]] = {}
    for imported, target in checked:
        names_before = imported_names.get(target.code, ())
        imported_names[target.code] = _unique((*names_before, *imported.texts, *imported.finished_drafts))
        refused.setdefault(target.code, {}).update({name: tuple(texts) for name, texts in imported.refused.items()})
    for code, done in imported_names.items():  # another file may have a text without errors
        refused[code] = {name: texts for name, texts in refused[code].items() if name not in done}
    result = ImportResult(
        changed=_unique(name for imported, _ in checked for name in imported.texts),
        finished_drafts=_unique(name for imported, _ in checked for name in imported.finished_drafts),
        drafts=_unique(name for imported, _ in checked for name in (*imported.drafts, *imported.rejected)),
        imported=imported_names,
        refused={language: texts for language, texts in refused.items() if texts},
        findings=tuple(findings),
    )
    return combine_changes(changes), result


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _read(source: Source, file: Path, to: str, source_language: str) -> tuple[ReturnedFile, Language, Language]:
    """Return the content of a file, its source language and its target language."""
    document, workspace = source.document, source.workspace

    def original_language(target: Language) -> Language:
        return language(source_language, workspace) if source_language else default_source_language(document, target, workspace)

    ending = file.suffix.lower()
    if ending == ".tmx":
        target = written_language(to or _default_target(document, workspace), workspace)
        original = original_language(target)
        returned = tmx.read(file, workspace, original.code, target.code)
        findings = (*returned.findings, *_variant_findings(returned.target_tag, target, file))
        return replace(returned, target_tag=target.tag, findings=findings), original, target
    readers: dict[str, Callable[[Path], ReturnedFile]] = {
        **dict.fromkeys(XLIFF_ENDINGS, lambda path: _read_xliff(path, workspace)),
        ".po": po.read,
        ".docx": docx.read,
        ".xlsx": xlsx.read,
    }
    if ending not in readers:
        endings = [*readers, ".tmx"]
        close = "" if ending in _SAVED_AS else nearest(ending, endings)
        hint = f"did you mean {close}?" if close else f"use a file with one of these endings: {', '.join(endings)}"
        hint = f"save it as {_SAVED_AS[ending]}" if ending in _SAVED_AS else hint
        raise unusable_file("unknown-format", f"'{ending[:20]}' is not an exchange format", file, hint)
    returned = readers[ending](file)
    stated = _stated_language(returned, workspace)
    if stated is None and not to:
        known_tags = ", ".join(known.tag for known in languages(workspace).values() if not known.converted_from)
        message = f"the target language of this file is unknown: {returned.target_tag!r:.40}"
        raise unusable_file("unknown-language", message, file, f"give the target language with --to; ipdocs has {known_tags}")
    if stated is not None:
        findings = (*returned.findings, *_variant_findings(returned.target_tag, stated, file))
        returned = replace(returned, target_tag=stated.tag, findings=findings)
    target = written_language(to or (stated.code if stated else returned.target_tag), workspace)
    return returned, original_language(target), target


def _stated_language(returned: ReturnedFile, workspace: Workspace) -> Language | None:
    """Return the language that the tag of a file means; Chinese of Taiwan counts as Traditional Chinese."""
    tag = _TRADITIONAL if is_taiwan_tag(returned.target_tag) else returned.target_tag
    words = "".join(part for unit in returned.units for part in unit.target or () if isinstance(part, str))
    return stated_language(tag, workspace, words)


def _variant_findings(tag: str, stated: Language, file: Path) -> Iterator[Finding]:
    """Yield a warning if a file is in the language of another region, such as Chinese of Taiwan."""
    region = tag.strip().replace("_", "-").rpartition("-")[2].upper()
    regions = {known.rpartition("-")[2].upper() for known in (stated.tag, stated.word)}
    if len(region) == 2 and region.isalpha() and region not in regions and stated.tag.partition("-")[2]:
        message = f"this file is in {tag:.40}, and is imported as {stated.tag}"
        hint = f"check that the wording suits readers of {stated.tag}"
        yield Finding("language-variant", message, Location(file), hint, "warning")


def _read_xliff(file: Path, workspace: Workspace) -> ReturnedFile:
    root = parse_xml(read_bytes(file), file, allow_doctype=True)
    return xliff1.read(file, workspace) if str(root.tag) == f"{{{xliff1.CORE}}}xliff" else xliff2_reader.read(file)


def _default_target(document: Document, workspace: Workspace) -> str:
    """Return the code of the second language in which a document is written, or of the first if there is only one."""
    written_languages = [code for code in document.languages if not language(code, workspace).converted_from]
    return str(written_languages[1] if len(written_languages) > 1 else written_languages[0])


def _value_comparison(source: Source, original: Language, target: Language) -> CompareValues:
    """Return the function that describes the differences between the values of a source text and its translation."""
    document, workspace = source.document, source.workspace

    def to_passage(segment: Segment, segment_language: Language) -> Passage:
        issued = language_context(source, segment_language).value_context.issued
        value_context = ValueContext(segment_language, house_style(document.style, workspace), issued)
        passage = Passage("paragraph", value_context, Text(""), workspace)
        position: ScriptPosition | None = None
        for part in segment:
            start = len(passage.plain)
            if isinstance(part, str):
                passage.plain += with_script_characters(part, position) if position else part
            elif part.kind == "superscript" or part.kind == "subscript":
                position = part.kind if part.role == "open" else None
            elif part.kind == "fact":
                passage.plain += part.display
            if isinstance(part, Code) and part.kind == "fact":
                passage.expressions.append(Span(start, len(passage.plain), part.name))
        return passage

    def compare(source_text: Segment, translation: Segment) -> list[str]:
        return [
            f"{original.code} has {value.source.surface if value.source else 'no such value'}, "
            f"{target.code} has {value.target.surface if value.target else 'no such value'}"
            for value in differences(to_passage(source_text, original), to_passage(translation, target))
        ]

    return compare


def _source_changes(source: Source, imported: ImportedChanges, code: str) -> SourceChanges:
    """Return the changes from a file; finished translations are recorded as translations of the present source text.

    The state file records blocks, so a block in which another text is still stale is not recorded.
    """
    places = {place.name: place for place in iter_texts(source.document)}
    new_texts: dict[tuple[Keys, str], str] = {}
    for name, segment in imported.texts.items():
        text = to_source_text(segment)
        origin = imported.drafts.get(name)
        new_texts[places[name].keys, code] = mark_draft(text, origin) if origin else text
    for name in imported.finished_drafts:
        current = places[name].texts[Text(code)]
        mark = DRAFT_MARK.match(current)
        new_texts[places[name].keys, code] = str(current[mark.end() :] if mark else current)
    for name in imported.rejected:
        new_texts[places[name].keys, code] = mark_draft(places[name].texts[Text(code)], "rejected")
    finished = {*imported.texts, *imported.finished_drafts} - imported.drafts.keys()
    stale_blocks = {places[name].block for name in stale_texts(source, code) - finished}
    blocks = {places[name].block for name in finished} - stale_blocks
    return SourceChanges(new_texts, bases={(block, code): Confirmation() for block in sorted(blocks)})
