"""Check a returned file against the present texts of its document."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.source.code_ids import resolve_references
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import (
    Code,
    Ref,
    ReturnedSegment,
    Segment,
    copy_display,
    is_balanced,
    join_words,
    tidy,
    to_display_text,
    to_source_text,
)
from ipdocs.translation.edited_codes import edited_code_findings, lost_code_findings
from ipdocs.translation.file_match import other_document_findings, unknown_text_finding, wrong_file_findings
from ipdocs.translation.job import STALE_NOTE, ReturnedFile, ReturnedUnit, TranslationJob, TranslationUnit
from ipdocs.translation.misplaced import misplaced_finding, misplaced_texts
from ipdocs.translation.source_sentences import mark_source_sentences

MAX_TEXT = 20_000
MAX_FINDINGS = 200
MAX_REMARK = 2_000
# Texts with these findings are not valid in a source, so they are not imported even with --accept.
_NEVER_IMPORTED = {"bad-text", "unbalanced-codes", "empty-text", "too-large"}
CompareValues = Callable[[Segment, Segment], list[str]]
"""A function that describes each difference between the values of two texts, such as "en has 14, tc has 十五"."""


@dataclass(slots=True)
class ImportedChanges:
    """The changes that a returned file makes, and its findings.

    Attributes:
        texts: the changed translations, keyed by the dotted name of the text.
        drafts: why a changed translation is a draft, such as "unfinished", keyed by the name of the text.
        finished_drafts: the names of drafts and stale texts that the translator marked as finished without changing them.
        rejected: the names of the unchanged translations that a reviewer marked as unfinished.
        refused: remarks about the texts that are not imported, keyed by the name of the text.
        findings: the findings about the file.
    """

    texts: dict[str, Segment] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    finished_drafts: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def check_returned_file(
    job: TranslationJob,
    returned: ReturnedFile,
    path: Path,
    compare: CompareValues,
    *,
    accept: bool = False,
    only: Collection[str] = (),
) -> ImportedChanges:
    """Return the changes that a returned file makes, and its findings.

    A text with an error is not changed; the changes of all other texts are returned.

    Args:
        job: the texts of the document as they are now.
        returned: the content of the file.
        path: the path of the file, for the findings.
        compare: the function that compares the values in source and target.
        accept: whether doubtful changes are included, too.
        only: the names of the texts to read; all texts if it is empty.
    """
    changes = ImportedChanges()
    changes.findings += wrong_file_findings(job, returned, path)
    if changes.findings:
        return changes
    units = {unit.name: unit for unit in job.units if not only or unit.name in only}
    _add_file_findings(returned, changes, only)
    misplaced = {} if accept else misplaced_texts(units, returned.units)
    changes.findings += (_note_finding("this file", note.text, Location(path, note.line)) for note in returned.notes)
    seen: dict[str, ReturnedUnit] = {}
    changes.findings += other_document_findings(job, returned, path)
    for returned_unit in returned.units:
        if returned_unit.document not in ("", job.document):
            continue
        name = returned_unit.name
        location = Location(path, returned_unit.line)
        unit = units.get(name)
        if only and name not in only:
            continue
        if unit is None:
            changes.findings.append(unknown_text_finding(name, list(units), location))
        elif name in misplaced:
            seen[name] = returned_unit
            words = units[misplaced[name]].target or ()
            changes.findings.append(misplaced_finding(name, misplaced[name], words, location))
            _refuse(returned_unit, changes.findings[-1:], changes)
        elif name in seen:
            _check_repetition(seen[name], returned_unit, location, changes, accept=accept)
        else:
            seen[name] = returned_unit
            _check_unit(unit, returned_unit, location, changes, compare, accept=accept)
    if missing := [name for name in units if name not in seen and name not in returned.unreadable]:
        name_list = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        message = f"{len(missing)} of {len(units)} texts are not in this file and stay as they are: {name_list}"
        hint = "check that the translator returned every text"
        changes.findings.append(Finding("text-not-returned", message, Location(path), hint, "warning"))
    if len(changes.findings) > MAX_FINDINGS:
        message = f"there are more than {MAX_FINDINGS} findings; the rest are not listed"
        changes.findings[MAX_FINDINGS:] = [Finding("too-many-findings", message, Location(path), "fix these first")]
    return changes


def _add_file_findings(returned: ReturnedFile, changes: ImportedChanges, only: Collection[str]) -> None:
    """Add the findings of the reader, and refuse the texts that it could not read; texts outside `only` are passed over."""
    for name in dict.fromkeys(("", *returned.unreadable)):
        if name and only and name not in only:
            continue
        findings = [finding for finding in returned.findings if _unreadable_name(finding, returned) == name]
        changes.findings += findings
        if name:
            changes.refused[name] = [finding.message for finding in findings if finding.severity == "error"]


def _unreadable_name(finding: Finding, returned: ReturnedFile) -> str:
    """Return the name of the unreadable text that a finding is about, or "" if it is about something else."""
    return next((name for name in returned.unreadable if f"'{name}'" in finding.message), "")


def _check_repetition(
    first: ReturnedUnit, repeated: ReturnedUnit, location: Location, changes: ImportedChanges, *, accept: bool
) -> None:
    """Report a text that the file has twice; unless doubtful changes are accepted, neither translation is imported."""
    if (first.target, first.state) == (repeated.target, repeated.state):
        return
    name = first.name
    hint = "delete all but one of these texts; with --accept, the first counts"
    changes.findings.append(Finding("repeated-text", f"'{name:.80}' has two translations in this file", location, hint))
    if not accept:
        changes.texts.pop(name, None)
        changes.drafts.pop(name, None)
        for names in (changes.finished_drafts, changes.rejected):
            names[:] = [other for other in names if other != name]
        _refuse(repeated, [changes.findings[-1]], changes)


def _refuse(returned: ReturnedUnit, findings: Sequence[Finding], changes: ImportedChanges) -> None:
    """Record that a text is not imported, with remarks for the translator: its errors, and the translation."""
    remarks = changes.refused.setdefault(returned.name, [])
    remarks += [finding.message for finding in findings if finding.severity == "error"]
    if words := "".join(part for part in returned.target or () if isinstance(part, str)).strip():
        remarks.append(f"The translation was: {words:.{MAX_REMARK}}")


def _check_unit(
    unit: TranslationUnit,
    returned: ReturnedUnit,
    location: Location,
    changes: ImportedChanges,
    compare: CompareValues,
    *,
    accept: bool,
) -> None:
    """Add the change that a returned text makes, and its findings, to `changes`."""
    name = unit.name
    changes.findings += _note_findings(unit, returned, location)
    if _is_empty(returned.target, unit):
        _check_empty(unit, returned, location, changes, accept=accept)
        return
    target, unknown_codes = resolve_references(returned.target or (), unit.source, unit.target)
    changes.findings += edited_code_findings(unit, returned, location)
    source_findings = list(_source_findings(unit, returned, location))
    if unit.target is not None and not unknown_codes and tidy(target) == tidy(unit.target):
        changes.findings += source_findings
        if source_findings and not accept:
            _refuse(returned, source_findings, changes)
        else:
            _check_state(unit, returned, location, changes)
        return
    if not accept and tidy(target) == tidy(unit.source) and _has_words(unit.source):
        changes.findings.append(_untranslated_finding(unit, location))
        changes.findings += map(_typed_source_finding, source_findings)
        if unit.target is not None:
            _refuse(returned, changes.findings[-1:], changes)
        return
    target = copy_display(tidy(target), (*unit.source, *(unit.target or ())))
    target, returned = mark_source_sentences(unit.source, target, returned)
    findings = [
        *source_findings,
        *(_unknown_code_finding(name, code.id, location) for code in unknown_codes),
        *_target_findings(unit, target, location, compare),
    ]
    draft = _draft_reason(returned)
    if draft:
        findings = [_draft_finding(finding) for finding in findings]
    if returned.missing_count:
        findings.append(_missing_segments_finding(unit, returned, location))
    changes.findings += findings
    never_imported = any(finding.code in _NEVER_IMPORTED for finding in findings)
    if never_imported or (not accept and any(finding.severity == "error" for finding in findings)):
        _refuse(returned, findings, changes)
        return
    changes.texts[name] = target
    if draft:
        changes.drafts[name] = draft


def _check_empty(
    unit: TranslationUnit, returned: ReturnedUnit, location: Location, changes: ImportedChanges, *, accept: bool
) -> None:
    """Report a translation that a file has lost, or words in the place of the source of a text without a translation."""
    if unit.target is None:
        changes.findings += map(_typed_source_finding, _source_findings(unit, returned, location))
    elif tidy(unit.target) != tidy(unit.source):
        message = f"the translation of '{unit.name}' is missing in this file: “{to_display_text(unit.target):.60}”"
        hint = "write the translation again; with --accept, the source keeps its present translation"
        changes.findings.append(Finding("text-lost", message, location, hint))
        if not accept:
            _refuse(returned, changes.findings[-1:], changes)


def _is_empty(target: ReturnedSegment | None, unit: TranslationUnit) -> bool:
    """Whether a returned translation is what a tool writes for a text that is not translated."""
    return not target or target == ("",) or (unit.target is None and not any(_is_visible(part) for part in target))


def _is_visible(part: str | Code | Ref) -> bool:
    return not isinstance(part, str) or bool(part.strip())


def _has_words(text: Segment) -> bool:
    """Whether a text has several words or Chinese characters, and so differs in another language; a name may not."""
    words = "".join(part for part in text if isinstance(part, str))
    return len(re.findall(r"[^\W\d_]{2,}", words)) > 1 or re.search(r"[\u3400-\u9fff]{2}", words) is not None


def _untranslated_finding(unit: TranslationUnit, location: Location) -> Finding:
    message = f"'{unit.name}' has the source text in place of a translation: “{to_display_text(unit.source):.60}”"
    hint = "translate the text, or import with --accept if it is the same in both languages"
    return Finding("not-translated", message, location, hint, "warning" if unit.target is None else "error")


def _draft_reason(returned: ReturnedUnit) -> str:
    """Return why a changed translation is a draft, or an empty string if it is finished."""
    if returned.missing_count:
        return "in part"
    return "unfinished" if returned.state in ("unfinished", "unconfirmed") else ""


def _draft_finding(finding: Finding) -> Finding:
    """Return a finding about a draft: a doubtful draft is imported, since it must be finished and confirmed anyway."""
    if finding.code in _NEVER_IMPORTED:
        return finding
    hint = "the text is imported as a draft; correct it before you confirm it"
    return replace(finding, severity="warning", hint=hint)


def _missing_segments_finding(unit: TranslationUnit, returned: ReturnedUnit, location: Location) -> Finding:
    count, missing = returned.segment_count, returned.missing_count
    message = f"{missing} of {count} segments of '{unit.name}' {'has' if missing == 1 else 'have'} no translation"
    if unit.target is None or unit.state == "draft":
        hint = "the text is imported as a draft; translate the words between ⟦ and ⟧"
        return Finding("segments-not-translated", message, location, hint, "warning")
    hint = "translate them; with --accept, the text is imported as a draft in place of its present translation"
    return Finding("segments-not-translated", message, location, hint)


def _check_state(unit: TranslationUnit, returned: ReturnedUnit, location: Location, changes: ImportedChanges) -> None:
    """Add what the state of an unchanged translation means to `changes`."""
    if returned.state == "finished" and unit.state in ("draft", "stale"):
        changes.finished_drafts.append(unit.name)
    elif returned.state == "unfinished" and unit.state in ("translated", "reviewed"):
        changes.rejected.append(unit.name)
        message = f"the translation of '{unit.name}' was rejected: “{to_display_text(unit.target or ()):.60}”"
        hint = "correct the text, which is a draft now; or confirm it if it is right"
        changes.findings.append(Finding("translation-rejected", message, location, hint, "warning"))


def _note_findings(unit: TranslationUnit, returned: ReturnedUnit, location: Location) -> Iterator[Finding]:
    own_notes = {" ".join(note.split()) for note in (STALE_NOTE, *unit.notes)}
    for note in returned.notes:
        if note.strip() and " ".join(note.split()) not in own_notes:
            yield _note_finding(f"'{unit.name}'", note, location)


def _note_finding(place: str, note: str, location: Location) -> Finding:
    message = f"a note on {place}: {' '.join(note.split()):.300}"
    return Finding("note-from-translator", message, location, "answer it, and change the text if needed", "warning")


def _without_spaces(text: Segment) -> Segment:
    """Return a text without white space: tools that split a text may lose the spaces between its segments."""
    return join_words(tuple("".join(part.split()) if isinstance(part, str) else part for part in text))


def _source_findings(unit: TranslationUnit, returned: ReturnedUnit, location: Location) -> Iterator[Finding]:
    if returned.source is None:
        return
    returned_source = resolve_references(returned.source, unit.source, None)[0]
    if _without_spaces(returned_source) != _without_spaces(unit.source):
        earlier, now = to_display_text(returned_source), to_display_text(unit.source)
        message = f"the source of '{unit.name}' has changed since the export: “{earlier:.60}…” is now “{now:.60}…”"
        hint = "export the source again, or import with --accept if the translation fits the new text"
        yield Finding("source-differs", message, location, hint)


def _typed_source_finding(finding: Finding) -> Finding:
    """Return the finding about another source text for a text without a translation, which may stand in its place."""
    hint = "export the source again; or move the words to the place of the translation, if they are one"
    return replace(finding, severity="warning", hint=hint)


def _unknown_code_finding(name: str, code: str, location: Location) -> Finding:
    message = f"'{name}' has a code {code!r:.20} that was not exported"
    return Finding("changed-code", message, location, "remove the code; codes can be moved, but not added")


def _target_findings(unit: TranslationUnit, target: Segment, location: Location, compare: CompareValues) -> Iterator[Finding]:
    if not is_balanced(target):
        message = f"codes in '{unit.name}' are not closed, or they overlap"
        yield Finding("unbalanced-codes", message, location, "put the opening and closing codes back in pairs")
        return
    text = to_source_text(target)
    if not text.strip():
        yield Finding("empty-text", f"the translation of '{unit.name}' is empty", location, "write the translation")
        return
    if len(text) > MAX_TEXT:
        message = f"'{unit.name}' has {len(text):,} characters, more than the limit of {MAX_TEXT:,}"
        yield Finding("too-large", message, location, "shorten the text")
        return
    for problem in parse_with_findings(Text(text))[1]:
        yield Finding("bad-text", f"'{unit.name}': {problem.message}", location, problem.hint)
    yield from lost_code_findings(unit, target, location)
    value_differences = compare(unit.source, target)
    if value_differences and (unit.target is None or value_differences != compare(unit.source, unit.target)):
        message = f"the values of '{unit.name}' do not agree: {'; '.join(value_differences)}"
        hint = "correct the translation, or import with --accept if it is right"
        yield Finding("value-differs", message, location, hint)
