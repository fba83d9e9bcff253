"""Readings in, findings out: every rule on every text, weighed as the workspace says, less what documents allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.rule_table import CHECKS, Check
from ipdocs.checks.settings import Weight, weights
from ipdocs.checks.violation import Mark, Violation
from ipdocs.findings import Finding, Location, nearest
from ipdocs.model.blocks import Block
from ipdocs.model.document import Document
from ipdocs.model.text import Text

DEFAULT_STYLE: dict[str, Weight] = {check.code: check.weight for check in CHECKS}
"""How much each check weighs where the workspace does not say."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleFinding:
    """A finding of a document, and the fault behind it, which may know its one right text."""

    finding: Finding
    fault: Violation
    reading: CheckedDocument


def examine(readings: Sequence[CheckedDocument]) -> list[RuleFinding]:
    """Return what the rules find in documents, by themselves and compared with each other."""
    found: list[RuleFinding] = []
    for reading in readings:
        weighed = weights(reading.workspace, DEFAULT_STYLE)
        active = [check for check in CHECKS if check.over != "documents" and weighed[check.code] != "off"]
        faults = [(check, fault) for check in active for fault in _faults(check, reading)]
        silenced = {(id(_owner(check, fault, reading)), check.code) for check, fault in faults}
        told = _once([(check, fault) for check, fault in faults if not _owner(check, fault, reading)])
        found += [_found(check, weighed[check.code], fault, reading) for check, fault in told]
        found += _silences(reading, silenced, {check.code for check in active})
    return [*found, *_compared(readings)]


def rule_errors(code: str, reading: CheckedDocument) -> list[Finding]:
    """Return what one rule finds in a document, as errors whatever it weighs in the workspace; less what is allowed."""
    (check,) = (check for check in CHECKS if check.code == code)
    faults = [fault for fault in _faults(check, reading) if not _owner(check, fault, reading)]
    return [_found(check, "error", fault, reading).finding for fault in faults]


def _faults(check: Check, reading: CheckedDocument) -> Iterator[Violation]:
    match check.over:
        case "text":
            for passage in reading.passages:
                for fault in check.rule(passage):
                    if not passage.computed(fault.marks[0].start, fault.marks[0].end):
                        yield fault
        case "languages":
            for unit in reading.units:
                for pair in unit.pairs:
                    yield from check.rule(pair)
        case "document":
            yield from check.rule(reading)


def _once(faults: Sequence[tuple[Check, Violation]]) -> Iterator[tuple[Check, Violation]]:
    """Yield faults, of several on the same words the first.

    One on a whole text stands beside those on its parts. Where one language has a fault of its own, that these words also
    differ from the other language's is not told.
    """
    taken: dict[int, list[tuple[int, int, str]]] = {}
    for check, fault in faults:
        marks = fault.marks if check.over == "languages" else fault.marks[:1]
        parts = [mark for mark in marks if 0 < mark.end - mark.start < len(mark.passage.plain)]
        if any(_overlaps(mark, check.code, taken.get(id(mark.passage), [])) for mark in parts):
            continue
        for mark in parts[:1]:
            taken.setdefault(id(mark.passage), []).append((mark.start, mark.end, check.code))
        yield check, fault


def _overlaps(mark: Mark, code: str, spans: Sequence[tuple[int, int, str]]) -> bool:
    return any(start < mark.end and mark.start < end and other != code for start, end, other in spans)


def _compared(readings: Sequence[CheckedDocument]) -> Iterator[RuleFinding]:
    """Yield what rules find that compare documents; it belongs to the document that the first of its marks stands in."""
    home = {id(passage): reading for reading in readings for passage in reading.passages}
    for check in CHECKS:
        for fault in check.rule(readings) if check.over == "documents" else ():
            reading = home[id(fault.marks[0].passage)]
            weight = weights(reading.workspace, DEFAULT_STYLE)[check.code]
            if weight != "off" and not _owner(check, fault, reading):
                yield _found(check, weight, fault, reading)


def _found(check: Check, weight: Weight, fault: Violation, reading: CheckedDocument) -> RuleFinding:
    excerpts = tuple(mark.excerpt() for mark in fault.marks)
    place = fault.location or (excerpts[0].location if excerpts else None)
    finding = Finding(check.code, fault.message, place, fault.hint, "warning" if weight == "warning" else "error", excerpts)
    return RuleFinding(finding, fault, reading)


def _owner(check: Check, fault: Violation, reading: CheckedDocument) -> Block | Document | None:
    """Return the block or document that allows what a check has found."""
    block = fault.marks[0].passage.block if fault.marks else None
    for owner in (block, reading.document):
        if owner is not None and check.code in owner.allow:
            return owner
    return None


def _silences(reading: CheckedDocument, silenced: set[tuple[int, str]], active: set[str]) -> Iterator[RuleFinding]:
    """Yield what is wrong with the checks that a document and its blocks allow: unknown ones, and those that find nothing."""
    for owner in (reading.document, *reading.document.body):
        for code in owner.allow:
            if code not in DEFAULT_STYLE:
                close = nearest(code, DEFAULT_STYLE)
                hint = f"did you mean {close}?" if close else "`ipdocs check --list` shows them"
                finding = Finding("unknown-check", f"there is no check '{code}'", _key(code), hint)
                yield RuleFinding(finding, Violation(finding.message), reading)
            elif code in active and (id(owner), code) not in silenced:
                message = f"'{code}' is allowed, and there is nothing to allow"
                finding = Finding("idle-silence", message, _key(code), "delete it", "warning")
                yield RuleFinding(finding, Violation(message), reading)


def _key(code: Text) -> Location | None:
    return code.locate(0, len(code))
