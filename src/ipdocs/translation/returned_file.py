"""Check a returned file against the present texts of its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.findings import Finding, Location, nearest
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import (
    Code,
    Segment,
    copy_display,
    count_codes,
    is_balanced,
    resolve_codes,
    tidy,
    to_display_text,
    to_source_text,
)
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob, TranslationUnit

MAX_TEXT = 20_000
MAX_FINDINGS = 200
# Texts with these findings are not valid in a source, so they are not imported even with --accept.
_NEVER_IMPORTED = {"bad-text", "unbalanced-codes", "empty-text", "too-large"}
CompareValues = Callable[[Segment, Segment], list[str]]
"""A function that describes each difference between the values of two texts, such as "en has 14, tc has 十五"."""


@dataclass(slots=True)
class ImportedChanges:
    """The changes that a returned file makes, and its findings.

    Attributes:
        texts: the changed translations, keyed by the dotted name of the text.
        finished_drafts: the names of the drafts that the translator marked as finished without changing them.
        findings: the findings about the file.
    """

    texts: dict[str, Segment] = field(default_factory=dict)
    finished_drafts: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def check_returned_file(job: TranslationJob, returned: ReturnedFile, path: Path, compare: CompareValues) -> ImportedChanges:
    """Return the changes that a returned file makes, and its findings.

    Args:
        job: the texts of the document as they are now.
        returned: the content of the file.
        path: the path of the file, for the findings.
        compare: the function that compares the values in source and target.
    """
    changes = ImportedChanges()
    changes.findings += _wrong_file_findings(job, returned, path)
    if changes.findings:
        return changes
    changes.findings += returned.findings
    units = {unit.name: unit for unit in job.units}
    seen_names: set[str] = set()
    for returned_unit in returned.units:
        name = returned_unit.name
        location = Location(path, returned_unit.line)
        unit = units.get(name)
        if unit is None:
            changes.findings.append(_unknown_text_finding(name, list(units), location))
        elif name in seen_names:
            hint = "delete all but one of these texts"
            changes.findings.append(Finding("repeated-text", f"'{name:.80}' appears more than once in this file", location, hint))
        else:
            seen_names.add(name)
            _check_unit(unit, returned_unit, location, changes, compare)
    if missing := [name for name in units if name not in seen_names and name not in returned.unreadable]:
        name_list = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        message = f"{len(missing)} of {len(units)} texts are not in this file and stay as they are: {name_list}"
        hint = "check that the translator returned every text"
        changes.findings.append(Finding("text-not-returned", message, Location(path), hint, "warning"))
    if len(changes.findings) > MAX_FINDINGS:
        message = f"there are more than {MAX_FINDINGS} findings; the rest are not name_list"
        changes.findings[MAX_FINDINGS:] = [Finding("too-many-findings", message, Location(path), "fix these first")]
    return changes


def _wrong_file_findings(job: TranslationJob, returned: ReturnedFile, path: Path) -> Iterator[Finding]:
    if returned.document and returned.document != job.document:
        message = f"this file belongs to '{returned.document:.80}', not to '{job.document}'"
        yield Finding("wrong-document", message, Location(path), f"give the source of '{returned.document:.80}' after --into")
    if returned.target_tag and returned.target_tag != job.target_tag:
        message = f"the target language of this file is {returned.target_tag:.40}, not {job.target_tag}"
        yield Finding("wrong-language", message, Location(path), "give the target language of the file with --to")


def _unknown_text_finding(name: str, known_names: list[str], location: Location) -> Finding:
    close = nearest(name, known_names)
    hint = f"did you mean {close}?" if close else "export the source again, as the ids of its blocks may have changed"
    return Finding("unknown-text", f"the source has no text '{name:.80}'", location, hint)


def _check_unit(
    unit: TranslationUnit, returned: ReturnedUnit, location: Location, changes: ImportedChanges, compare: CompareValues
) -> None:
    """Add the change that a returned text makes, and its findings, to `changes`."""
    changes.findings += _note_findings(unit, returned, location)
    if returned.source is not None:
        changes.findings += _source_findings(unit, resolve_codes(returned.source, unit.source, None)[0], location)
    if returned.target is None:
        if unit.target is not None:
            message = f"the translation of '{unit.name}' is missing in this file: “{to_display_text(unit.target):.60}”"
            hint = "write the translation again; with --accept, the source keeps its present translation"
            changes.findings.append(Finding("text-lost", message, location, hint))
        return
    target, unknown_codes = resolve_codes(returned.target, unit.source, unit.target)
    if unit.target is not None and not unknown_codes and tidy(target) == tidy(unit.target):
        if unit.state == "draft" and returned.state == "finished":
            changes.finished_drafts.append(unit.name)
        return
    target = copy_display(tidy(target), (*unit.source, *(unit.target or ())))
    findings = [
        *(_unknown_code_finding(unit.name, code.id, location) for code in unknown_codes),
        *_target_findings(unit, target, location, compare),
    ]
    changes.findings += findings
    if not any(finding.code in _NEVER_IMPORTED for finding in findings):
        changes.texts[unit.name] = target


def _note_findings(unit: TranslationUnit, returned: ReturnedUnit, location: Location) -> Iterator[Finding]:
    for note in returned.notes:
        if note not in unit.notes and note.strip():
            message = f"a note on '{unit.name}': {' '.join(note.split()):.300}"
            yield Finding("note-from-translator", message, location, "answer it, and change the text if needed", "warning")


def _source_findings(unit: TranslationUnit, returned_source: Segment, location: Location) -> Iterator[Finding]:
    if tidy(returned_source) != tidy(unit.source):
        earlier, now = to_display_text(returned_source), to_display_text(unit.source)
        message = f"the source of '{unit.name}' has changed since the export: “{earlier:.60}…” is now “{now:.60}…”"
        hint = "export the source again, or import with --accept if the translation fits the new text"
        yield Finding("source-differs", message, location, hint)


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
    yield from _code_findings(unit, target, location)
    value_differences = compare(unit.source, target)
    if value_differences and (unit.target is None or value_differences != compare(unit.source, unit.target)):
        message = f"the values of '{unit.name}' do not agree: {'; '.join(value_differences)}"
        hint = "correct the translation, or import with --accept if it is right"
        yield Finding("value-differs", message, location, hint)


def _code_findings(unit: TranslationUnit, target: Segment, location: Location) -> Iterator[Finding]:
    """Yield a finding for each code lost from a translation or added to it.

    Differences that the present translation already has are not reported.
    """
    source_counts, target_counts = count_codes(unit.source), count_codes(target)
    if target_counts == source_counts or (unit.target is not None and target_counts == count_codes(unit.target)):
        return
    for change, codes, hint in (
        ("lost", source_counts - target_counts, "insert the code again, and delete its words if they were typed instead"),
        ("gained", target_counts - source_counts, "remove the code"),
    ):
        for kind, role, name in codes:
            if role != "close":
                description = _describe_code(kind, name, (*(unit.target or ()), *unit.source, *target))
                yield Finding("changed-code", f"'{unit.name}' has {change} {description}", location, hint)


def _describe_code(kind: str, name: str, segment: Segment) -> str:
    code = next((part for part in segment if isinstance(part, Code) and (part.kind, part.name) == (kind, name)), None)
    noun = {"fact": "the fact", "link": "the link to", "note": "the reference to the note", "break": "a line"}.get(kind, "the")
    display = f" (“{code.display}”)" if code and code.display and kind == "fact" else ""
    return f"{noun} {name}{display}"
