"""What came back, held against what was sent: the changes it makes, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.findings import Finding, Location, nearest
from ipdocs.model.text import Text
from ipdocs.source.inline import examine
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
CompareValues = Callable[[Segment, Segment], list[str]]
"""How the values that two texts state differ, in words: "tc says 十五, en says 14"."""


@dataclass(slots=True)
class Comparison:
    """The texts that a file changes, by their places; those that are drafts no longer; what is wrong with it."""

    changes: dict[str, Segment] = field(default_factory=dict)
    finished_drafts: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def compare(sent: TranslationJob, back: ReturnedFile, path: Path, differ: CompareValues) -> Comparison:
    """Return what a file changes in a document, and its findings; a finding's place is the line of its text in the file."""
    made = Comparison()
    made.findings += _wrong_file(sent, back, path)
    if made.findings:
        return made
    known = {unit.name: unit for unit in sent.units}
    seen: set[str] = set()
    for one in back.units:
        place = Location(path, one.line)
        unit = known.get(one.name)
        if unit is None or one.name in seen:
            made.findings.append(_strange(one.name, list(known), place, twice=unit is not None))
            continue
        seen.add(one.name)
        _take(unit, one, place, made, differ)
    if missing := [name for name in known if name not in seen]:
        listed = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        message = f"{len(missing)} of {len(known)} texts did not come back and stay as they are: {listed}"
        made.findings.append(Finding("text-not-returned", message, Location(path), severity="warning"))
    if len(made.findings) > MAX_FINDINGS:
        message = f"more than {MAX_FINDINGS} findings; not all are told"
        made.findings[MAX_FINDINGS:] = [Finding("too-many-findings", message, Location(path), "mend these first")]
    return made


def _wrong_file(sent: TranslationJob, back: ReturnedFile, path: Path) -> Iterator[Finding]:
    if back.document and back.document != sent.document:
        message = f"this file belongs to '{back.document:.80}', not to '{sent.document}'"
        yield Finding("wrong-document", message, Location(path), "name its own source after --into")
    if back.target_tag and back.target_tag != sent.target_tag:
        message = f"this file is in {back.target_tag:.40}, not in {sent.target_tag}"
        yield Finding("wrong-language", message, Location(path), "say --to with the language it is in")


def _strange(name: str, known: list[str], place: Location, *, twice: bool) -> Finding:
    if twice:
        return Finding("repeated-text", f"'{name:.80}' stands twice in this file", place, "take one of them out")
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else "export the source again: its blocks may have other ids now"
    return Finding("unknown-text", f"the source has no text '{name:.80}'", place, hint)


def _take(unit: TranslationUnit, one: ReturnedUnit, place: Location, made: Comparison, differ: CompareValues) -> None:
    """Add what one text changes, or what is wrong with it; what translators noted is told."""
    for note in one.notes:
        if note not in unit.notes and note.strip():
            message = f"a note on '{unit.name}': {' '.join(note.split()):.300}"
            made.findings.append(Finding("note-from-translator", message, place, severity="warning"))
    if one.source is not None:
        source, _ = resolve_codes(one.source, unit.source, None)
        if tidy(source) != tidy(unit.source):
            now, before = to_display_text(unit.source), to_display_text(source)
            message = f"the source of '{unit.name}' is not what it is now: “{before:.60}…”, not “{now:.60}…”"
            hint = "export the source again, or import with --accept if the translation is right for it"
            made.findings.append(Finding("source-differs", message, place, hint))
    if one.target is None:
        if unit.target is not None:
            message = f"the translation of '{unit.name}' is gone: it was “{to_display_text(unit.target):.60}”"
            made.findings.append(Finding("text-lost", message, place, "write it again; the source keeps what it has"))
        return
    target, unknown = resolve_codes(one.target, unit.source, unit.target)
    if unit.target is not None and not unknown and tidy(target) == tidy(unit.target):
        if unit.state == "draft" and one.is_final:
            made.finished_drafts.append(unit.name)
        return
    target = copy_display(tidy(target), (*unit.source, *(unit.target or ())))
    problems = [*(_lost_code(unit.name, ref.id, place) for ref in unknown), *_problems(unit, target, place, differ)]
    made.findings += problems
    # What a source could not hold is never taken, whatever is accepted.
    if not any(problem.code in _NEVER for problem in problems):
        made.changes[unit.name] = target


_NEVER = {"bad-text", "unbalanced-codes", "empty-text", "too-large"}


def _lost_code(name: str, code: str, place: Location) -> Finding:
    message = f"'{name}' has a code {code!r:.20} that was never sent"
    return Finding("changed-code", message, place, "take it out; codes can be moved, not made")


def _problems(unit: TranslationUnit, target: Segment, place: Location, differ: CompareValues) -> Iterator[Finding]:
    text = to_source_text(target) if is_balanced(target) else ""
    if not is_balanced(target):
        yield Finding("unbalanced-codes", f"codes of '{unit.name}' open and do not close, or cross", place, "put both ends back")
        return
    if not text.strip():
        yield Finding("empty-text", f"the translation of '{unit.name}' says nothing", place, "write it")
        return
    if len(text) > MAX_TEXT:
        yield Finding(
            "too-large", f"'{unit.name}' has {len(text):,} characters; it may have {MAX_TEXT:,}", place, "make it shorter"
        )
        return
    for problem in examine(Text(text))[1]:
        yield Finding("bad-text", f"'{unit.name}': {problem.message}", place, problem.hint)
    yield from _codes(unit, target, place)
    said = differ(unit.source, target)
    if said and (unit.target is None or said != differ(unit.source, unit.target)):
        message = f"the values of '{unit.name}' do not agree: {'; '.join(said)}"
        yield Finding("value-differs", message, place, "mend it, or import with --accept if it is right")


def _codes(unit: TranslationUnit, target: Segment, place: Location) -> Iterator[Finding]:
    """Yield how the codes of a text differ from those of its source, unless they did before."""
    ours, theirs = count_codes(unit.source), count_codes(target)
    if theirs == ours or (unit.target is not None and theirs == count_codes(unit.target)):
        return
    for what, codes, hint in (
        ("lost", ours - theirs, "put it back; if its words were written out, take them away"),
        ("gained", theirs - ours, "take it out"),
    ):
        for kind, role, name in codes:
            if role != "close":
                said = _said(kind, name, (*(unit.target or ()), *unit.source, *target))
                yield Finding("changed-code", f"'{unit.name}' has {what} {said}", place, hint)


def _said(kind: str, name: str, parts: Segment) -> str:
    found = next((one for one in parts if isinstance(one, Code) and (one.kind, one.name) == (kind, name)), None)
    what = {"fact": "the fact", "link": "the link to", "note": "the call of the note", "break": "a line"}.get(kind, "the")
    reads = f" (“{found.display}”)" if found and found.display and kind == "fact" else ""
    return f"{what} {name}{reads}"
