"""Apply the rules to documents, with the severities of the workspace, and leave out violations that the documents allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.misspelt_word import CODE as SPELLING
from ipdocs.checks.rule_table import CHECKS, Check, Scope
from ipdocs.checks.settings import RuleSeverity, severities
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.findings import Finding, Location, nearest, sort_findings
from ipdocs.model.blocks import Block
from ipdocs.model.document import Document
from ipdocs.model.text import Text

DEFAULT_SEVERITIES: dict[str, RuleSeverity] = {check.code: check.severity for check in CHECKS}
"""The severity of each check, keyed by code, unless checks.yaml states a different severity."""

_PARTNER_CODES = ("unpaired-bracket", "unpaired-quote", "quote-nesting")
"""Checks of marks whose partner may be among the words that are still to be written."""

_VALUE_CODES = ("impossible-date", "today-wrong", "weekday-wrong", "range-reversed")
"""Checks of values in one language; a part of the value may be still to be written."""


_CODES_OF_WORDS = frozenset(
    {
        *("garbled-text", "markup-left", "foreign-character", "look-alike-character", "wrong-script", "name-in-other-script"),
        *("chinese-in-english", "odd-capitals", "unfinished-text", "number-grouping", "doubled-punctuation", "spaced-hyphen"),
        *("impossible-date", "weekday-wrong", "today-wrong", "range-reversed", "mixed-quotation-marks"),
        *("link-differs", "latin-differs", "label-differs", "ordinal-differs", "percent-differs", "money-differs"),
        *("date-differs", "years-differ"),
    }
)
"""The rules for which the same wrong words, or the same two words in two languages, have one cause in a document.

Numbers, times and days of the week are left out: the same ones may belong to different things.
"""


@dataclass(frozen=True, slots=True, eq=False)
class RuleFinding:
    """A finding of a rule, with the violation that it reports and the document that contains the violation."""

    finding: Finding
    violation: Violation
    document: CheckedDocument


def apply_rules(documents: Sequence[CheckedDocument]) -> list[RuleFinding]:
    """Return the findings of the rules on each document, and of the rules that compare the documents."""
    findings: list[RuleFinding] = []
    for document in documents:
        reported, used_allowances, active_codes = _reported(document, ("text", "languages", "document"))
        findings += [*reported, *_allowance_findings(document, used_allowances, active_codes)]
    return [*findings, *_comparison_findings(documents)]


def apply_rules_to_unit(unit: CheckedDocument) -> list[RuleFinding]:
    """Return the findings of the rules that read one text, or one text in two languages; see `checked_document.read_unit`."""
    return _reported(unit, ("text", "languages"))[0]


def _reported(document: CheckedDocument, scopes: Sequence[Scope]) -> tuple[list[RuleFinding], set[tuple[int, str]], set[str]]:
    """Apply the rules of some scopes to a document.

    Returns:
        The findings; the `id()` of each document or block that allows a violation, with the code of the check; and the codes of
        the checks that were applied.
    """
    severity_by_code = severities(document.workspace, DEFAULT_SEVERITIES)
    active_checks = [check for check in CHECKS if check.scope in scopes and severity_by_code[check.code] != "off"]
    if not document.dictionaries:
        active_checks = [check for check in active_checks if check.code != SPELLING]
    violations = [(check, violation) for check in active_checks for violation in _violations(check, document)]
    used_allowances = {(id(_allowing_owner(check, violation, document)), check.code) for check, violation in violations}
    reported_violations = _without_overlaps([pair for pair in violations if not _allowing_owner(*pair, document)])
    findings = [
        _rule_finding(check, severity_by_code[check.code], violation, document) for check, violation in reported_violations
    ]
    return findings, used_allowances, {check.code for check in active_checks}


def one_per_cause(rule_findings: Sequence[RuleFinding]) -> list[Finding]:
    """Return the findings, but only one for each cause in a document and language, with the other places of that cause.

    A rule names the cause, or violations with one fix have the same cause. So do mistakes in the same words, such as one wrong
    date in several places, unless each place needs a correction of its own: a missing bracket, sentence or translation.
    """
    groups: dict[tuple[object, ...], list[RuleFinding]] = {}
    for rule_finding in rule_findings:
        finding, violation = rule_finding.finding, rule_finding.violation
        key: tuple[object, ...] = (id(rule_finding),)
        cause = (
            violation.cause or (violation.fix is not None and (violation.message, violation.fix)) or _wrong_words(rule_finding)
        )
        if cause and finding.location and violation.highlights:
            language = violation.highlights[0].passage.language.code
            key = (id(rule_finding.document), language, finding.code, finding.severity, cause)
        groups.setdefault(key, []).append(rule_finding)
    return [_with_other_places(group) for group in groups.values()]


def _wrong_words(rule_finding: RuleFinding) -> tuple[str, ...] | None:
    """Return the message and the wrong words, if these words have the same cause wherever they stand; otherwise None."""
    violation = rule_finding.violation
    words = tuple(highlight.text for highlight in violation.highlights)
    return (violation.message, *words) if rule_finding.finding.code in _CODES_OF_WORDS and all(words) else None


def _with_other_places(rule_findings: Sequence[RuleFinding]) -> Finding:
    """Return the first of the findings of one cause, with the places of the others."""
    first, *others = sort_findings(rule_finding.finding for rule_finding in rule_findings)
    if not others:
        return first
    hint = first.hint
    if all(rule_finding.violation.fix is not None for rule_finding in rule_findings):
        hint = f"{first.hint or 'correct it'}; `ipdocs check --fix` corrects all places"
    return replace(first, hint=hint, other_places=tuple(finding.location for finding in others if finding.location))


def rule_errors(code: str, document: CheckedDocument) -> list[Finding]:
    """Return the findings of one rule on a document as errors, whatever severity the workspace has set.

    Violations that the document allows are left out.
    """
    (check,) = (check for check in CHECKS if check.code == code)
    violations = [violation for violation in _violations(check, document) if not _allowing_owner(check, violation, document)]
    return [_rule_finding(check, "error", violation, document).finding for violation in violations]


def _violations(check: Check, document: CheckedDocument) -> Iterator[Violation]:
    for violation in _all_violations(check, document):
        if not _may_be_due_to_gap(check, violation):
            yield violation


def _may_be_due_to_gap(check: Check, violation: Violation) -> bool:
    """Whether the words that are still to be written could remove a violation: it lies there, or something is lacking.

    A straight quotation mark that is not opened seems to open a quotation.
    """
    for highlight in violation.highlights:
        passage, start, end = highlight.passage, highlight.start, highlight.end
        is_lacking = (start == end and check.code != "untranslated") or check.code in _PARTNER_CODES
        is_lacking |= check.code == "space-at-punctuation" and '"' in passage.plain[start : end + 1]
        if passage.gaps and (
            is_lacking or passage.touches_gap(start, end, across_signs=check.code in _VALUE_CODES or check.scope == "languages")
        ):
            return True
    return False


def _all_violations(check: Check, document: CheckedDocument) -> Iterator[Violation]:
    match check.scope:
        case "text":
            for passage in document.passages:
                for violation in check.rule(passage):
                    if not passage.is_computed(violation.highlights[0].start, violation.highlights[0].end):
                        yield violation
        case "languages":
            for unit in document.units:
                for pair in unit.pairs:
                    yield from check.rule(pair)
        case "document":
            yield from check.rule(document)


def _without_overlaps(violations: Sequence[tuple[Check, Violation]]) -> Iterator[tuple[Check, Violation]]:
    """Yield the violations, but leave out each violation that overlaps an earlier violation of another check.

    Violations come in the order of the table, where checks of one language precede comparisons of languages. A violation that
    highlights a whole text is always yielded, and no other violation is left out because of it.
    """
    reported_spans: dict[tuple[int, int], list[tuple[int, int, str]]] = {}  # start, end and code, keyed by stretch
    for check, violation in violations:
        highlights = violation.highlights if check.scope == "languages" else violation.highlights[:1]
        partial_highlights = [
            highlight for highlight in highlights if 0 < highlight.end - highlight.start < len(highlight.passage.plain)
        ]
        if any(
            _overlaps(highlight, check.code, reported_spans.get(stretch, []))
            for highlight in partial_highlights
            for stretch in _stretches(highlight)
        ):
            continue
        for highlight in partial_highlights[:1]:
            for stretch in _stretches(highlight):
                reported_spans.setdefault(stretch, []).append((highlight.start, highlight.end, check.code))
        yield check, violation


def _stretches(highlight: Highlight) -> Iterator[tuple[int, int]]:
    """Yield the stretches of 256 characters that a highlight is in: the `id()` of its passage, and the number of the stretch.

    So a long text with many violations need not be compared with all of them.
    """
    for number in range(highlight.start // 256, (highlight.end - 1) // 256 + 1):
        yield id(highlight.passage), number


def _overlaps(highlight: Highlight, code: str, spans: Sequence[tuple[int, int, str]]) -> bool:
    return any(start < highlight.end and highlight.start < end and other_code != code for start, end, other_code in spans)


def _comparison_findings(documents: Sequence[CheckedDocument]) -> Iterator[RuleFinding]:
    """Yield the findings of rules that compare documents; each belongs to the document of its first highlight."""
    document_by_passage = {id(passage): document for document in documents for passage in document.passages}
    for check in CHECKS:
        violations = check.rule(documents) if check.scope == "documents" else ()
        for violation in violations:
            if _may_be_due_to_gap(check, violation):
                continue
            document = document_by_passage[id(violation.highlights[0].passage)]
            severity = severities(document.workspace, DEFAULT_SEVERITIES)[check.code]
            if severity != "off" and not _allowing_owner(check, violation, document):
                yield _rule_finding(check, severity, violation, document)


def _rule_finding(check: Check, severity: RuleSeverity, violation: Violation, document: CheckedDocument) -> RuleFinding:
    excerpts = tuple(highlight.excerpt() for highlight in violation.highlights)
    location = violation.location or (excerpts[0].location if excerpts else None)
    finding = Finding(
        check.code, violation.message, location, violation.hint, "warning" if severity == "warning" else "error", excerpts
    )
    return RuleFinding(finding, violation, document)


def _allowing_owner(check: Check, violation: Violation, document: CheckedDocument) -> Block | Document | None:
    """Return the block or document whose `allow` names the check of a violation, or None."""
    block = violation.highlights[0].passage.block if violation.highlights else None
    for owner in (block, document.source.document):
        if owner is not None and check.code in owner.allow:
            return owner
    return None


def _allowance_findings(
    document: CheckedDocument, used_allowances: set[tuple[int, str]], active_codes: set[str]
) -> Iterator[RuleFinding]:
    """Yield findings on `allow` in a document and its blocks: unknown checks, and allowed checks that find nothing.

    Args:
        document: the document.
        used_allowances: the `id()` of each document or block that allows a violation, with the code of the check.
        active_codes: the codes of the checks that were applied.
    """
    for owner in (document.source.document, *document.source.document.body):
        for code in owner.allow:
            if code not in DEFAULT_SEVERITIES:
                close = nearest(code, DEFAULT_SEVERITIES)
                hint = f"did you mean {close}?" if close else "list the checks with `ipdocs check --list`"
                finding = Finding("unknown-check", f"there is no check '{code}'", _location(code), hint)
                yield RuleFinding(finding, Violation(finding.message), document)
            elif code in active_codes and (id(owner), code) not in used_allowances and not _has_gap(owner, document):
                message = f"'{code}' is allowed here, but the check finds nothing"
                finding = Finding("idle-silence", message, _location(code), "delete it from `allow`", "warning")
                yield RuleFinding(finding, Violation(message), document)


def _has_gap(owner: Block | Document, document: CheckedDocument) -> bool:
    """Whether words of a document or block are still to be written."""
    return any(passage.gaps and (owner is passage.block or owner is document.source.document) for passage in document.passages)


def _location(code: Text) -> Location | None:
    return code.locate(0, len(code))
