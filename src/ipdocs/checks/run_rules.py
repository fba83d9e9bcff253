"""Readings in, findings out: every rule on every text, weighed as the workspace says, less what documents allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.rule_table import CHECKS, Check
from ipdocs.checks.settings import RuleSeverity, severities
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.findings import Finding, Location, nearest
from ipdocs.model.blocks import Block
from ipdocs.model.document import Document
from ipdocs.model.text import Text

DEFAULT_SEVERITIES: dict[str, RuleSeverity] = {check.code: check.severity for check in CHECKS}
"""How much each check weighs where the workspace does not say."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleFinding:
    """A finding of a document, and the fault behind it, which may know its one right text."""

    finding: Finding
    violation: Violation
    document: CheckedDocument


def apply_rules(documents: Sequence[CheckedDocument]) -> list[RuleFinding]:
    """Return what the rules find in documents, by themselves and compared with each other."""
    found: list[RuleFinding] = []
    for document in documents:
        weighed = severities(document.workspace, DEFAULT_SEVERITIES)
        active = [check for check in CHECKS if check.over != "documents" and weighed[check.code] != "off"]
        faults = [(check, fault) for check in active for fault in _faults(check, document)]
        silenced = {(id(_owner(check, fault, document)), check.code) for check, fault in faults}
        told = _once([(check, fault) for check, fault in faults if not _owner(check, fault, document)])
        found += [_found(check, weighed[check.code], fault, document) for check, fault in told]
        found += _silences(document, silenced, {check.code for check in active})
    return [*found, *_compared(documents)]


def rule_errors(code: str, document: CheckedDocument) -> list[Finding]:
    """Return what one rule finds in a document, as errors whatever it weighs in the workspace; less what is allowed."""
    (check,) = (check for check in CHECKS if check.code == code)
    faults = [fault for fault in _faults(check, document) if not _owner(check, fault, document)]
    return [_found(check, "error", fault, document).finding for fault in faults]


def _faults(check: Check, document: CheckedDocument) -> Iterator[Violation]:
    match check.over:
        case "text":
            for passage in document.passages:
                for fault in check.rule(passage):
                    if not passage.is_computed(fault.highlights[0].start, fault.highlights[0].end):
                        yield fault
        case "languages":
            for unit in document.units:
                for pair in unit.pairs:
                    yield from check.rule(pair)
        case "document":
            yield from check.rule(document)


def _once(faults: Sequence[tuple[Check, Violation]]) -> Iterator[tuple[Check, Violation]]:
    """Yield faults, of several on the same words the first.

    One on a whole text stands beside those on its parts. Where one language has a fault of its own, that these words also
    differ from the other language's is not told.
    """
    taken: dict[int, list[tuple[int, int, str]]] = {}
    for check, fault in faults:
        marks = fault.highlights if check.over == "languages" else fault.highlights[:1]
        parts = [mark for mark in marks if 0 < mark.end - mark.start < len(mark.passage.plain)]
        if any(_overlaps(mark, check.code, taken.get(id(mark.passage), [])) for mark in parts):
            continue
        for mark in parts[:1]:
            taken.setdefault(id(mark.passage), []).append((mark.start, mark.end, check.code))
        yield check, fault


def _overlaps(mark: Highlight, code: str, spans: Sequence[tuple[int, int, str]]) -> bool:
    return any(start < mark.end and mark.start < end and other != code for start, end, other in spans)


def _compared(documents: Sequence[CheckedDocument]) -> Iterator[RuleFinding]:
    """Yield what rules find that compare documents; it belongs to the document that the first of its marks stands in."""
    home = {id(passage): document for document in documents for passage in document.passages}
    for check in CHECKS:
        for fault in check.rule(documents) if check.over == "documents" else ():
            document = home[id(fault.highlights[0].passage)]
            weight = severities(document.workspace, DEFAULT_SEVERITIES)[check.code]
            if weight != "off" and not _owner(check, fault, document):
                yield _found(check, weight, fault, document)


def _found(check: Check, weight: RuleSeverity, fault: Violation, document: CheckedDocument) -> RuleFinding:
    excerpts = tuple(mark.excerpt() for mark in fault.highlights)
    place = fault.location or (excerpts[0].location if excerpts else None)
    finding = Finding(check.code, fault.message, place, fault.hint, "warning" if weight == "warning" else "error", excerpts)
    return RuleFinding(finding, fault, document)


def _owner(check: Check, fault: Violation, document: CheckedDocument) -> Block | Document | None:
    """Return the block or document that allows what a check has found."""
    block = fault.highlights[0].passage.block if fault.highlights else None
    for owner in (block, document.source.document):
        if owner is not None and check.code in owner.allow:
            return owner
    return None


def _silences(document: CheckedDocument, silenced: set[tuple[int, str]], active: set[str]) -> Iterator[RuleFinding]:
    """Yield what is wrong with the checks that a document and its blocks allow: unknown ones, and those that find nothing."""
    for owner in (document.source.document, *document.source.document.body):
        for code in owner.allow:
            if code not in DEFAULT_SEVERITIES:
                close = nearest(code, DEFAULT_SEVERITIES)
                hint = f"did you mean {close}?" if close else "`ipdocs check --list` shows them"
                finding = Finding("unknown-check", f"there is no check '{code}'", _key(code), hint)
                yield RuleFinding(finding, Violation(finding.message), document)
            elif code in active and (id(owner), code) not in silenced:
                message = f"'{code}' is allowed, and there is nothing to allow"
                finding = Finding("idle-silence", message, _key(code), "delete it", "warning")
                yield RuleFinding(finding, Violation(message), document)


def _key(code: Text) -> Location | None:
    return code.locate(0, len(code))
