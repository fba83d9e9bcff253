"""Findings as the page shows them: with their place in the words, an everyday sentence, and what can be done about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ipdocs.checks.checked_document import read_unit
from ipdocs.checks.chinese_script import UndecidedConversion
from ipdocs.checks.rule_table import CHECKS
from ipdocs.checks.run_rules import DEFAULT_SEVERITIES, RuleFinding, apply_rules_to_unit
from ipdocs.checks.violation import Highlight
from ipdocs.desk.offsets import utf16_offsets
from ipdocs.desk.sentences import sentences
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.model.blocks import Notes
from ipdocs.model.inline import NoteReference
from ipdocs.model.text import Text
from ipdocs.pipeline import check as pipeline
from ipdocs.pipeline.check import CheckResult
from ipdocs.pipeline.fix import replacement
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.open import Source
from ipdocs.source.places import TextRange, range_at, row_at
from ipdocs.source.texts import TextPlace, iter_texts

SCOPES = {check.code: check.scope for check in CHECKS}
"""What each check reads, keyed by code."""

SHOWN_AS_STATES = frozenset({"missing-translation", "draft-text", "stale-translation"})
"""The codes that the page shows as the state of a cell, not as a finding."""


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """A finding on a document.

    Attributes:
        id: stays the same while the words stand.
        finding: the finding.
        row: the row of the page that it belongs to, or None.
        range: the part of a text that it is about; empty if the text lacks something; None if it is about no text.
        language: the language in which readers see the fault: that of the text, or a language made from it.
        rule: what a rule found, or None for other findings.
        conversion: the word whose conversion is undecided, or None for other findings.
        fact: the name of the fact that it is about, if it is about no text.
    """

    id: str
    finding: Finding
    row: str | None = None
    range: TextRange | None = None
    language: str | None = None
    rule: RuleFinding | None = None
    conversion: UndecidedConversion | None = None
    fact: str | None = None

    @property
    def text(self) -> str:
        """The text that the finding is about; empty if it is about none."""
        return self.range.place.texts.get(Text(self.range.language), "") if self.range else ""

    @property
    def words(self) -> str:
        """The words that are wrong; empty if words are missing."""
        if self.conversion:
            return self.conversion.decision.chosen
        return self.text[self.range.start : self.range.end] if self.range else ""


@lru_cache(maxsize=8)
def document_findings(source: Source) -> tuple[DocumentFinding, ...]:
    """Return the findings of all checks and gates on a source, except those that the page shows as states of its cells.

    The last results are kept, so that the ids of the page lead to them.
    """
    return check_each([source])[0]


def check_each(sources: Sequence[Source]) -> list[tuple[DocumentFinding, ...]]:
    """Return the findings on each source, without keeping them."""
    results = pipeline.check_each([replace(source, draft=False) for source in sources])
    return [tuple(_with_ids(_found(source, result))) for source, result in zip(sources, results, strict=True)]


def unit_findings(source: Source, place: TextPlace) -> list[DocumentFinding]:
    """Return the findings on one text as it is being typed: on its markup, its facts, and what the rules find in it alone.

    Args:
        source: the source.
        place: the place of the text, with the words that are typed in place of those of the source.
    """
    original = next(known for known in iter_texts(source.document) if known.keys == place.keys)
    parts = {str(code): text for code, text in place.texts.items()}
    if problems := [(code, finding) for code, text in parts.items() for finding in _markup_findings(source, text)]:
        return list(_with_ids(_in_text(place, code, finding) for code, finding in problems))
    try:
        unit = read_unit(source, original.texts, place.texts)
    except IpdocsError as error:
        return list(_with_ids(_of_gate(source, finding) for finding in error.findings))
    by_text = {id(text): (place, str(code)) for code, text in place.texts.items()}
    rules = [_of_rule(source, rule, by_text) for rule in apply_rules_to_unit(unit)]
    expressions = [_in_text(place, finding.location.path.name, finding) for finding in unit.findings if finding.location]
    return list(_with_ids([*expressions, *rules]))


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """The position of a text that is in no file: the name of its language, line 1, and its offsets as columns."""

    language: str

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the location of `length` characters from an offset."""
        return Location(Path(self.language), 1, offset + 1, length)


def _in_text(place: TextPlace, code: str, finding: Finding) -> DocumentFinding:
    """Return a finding that names its place in the text of a language as a column."""
    location = finding.location
    start = location.column - 1 if location else 0
    part = TextRange(place, code, start, start + (location.length if location else 0))
    return DocumentFinding("", finding, place.block, part, code)


def _markup_findings(source: Source, text: Text) -> list[Finding]:
    """Return the findings on the markup of a text, and on the footnotes that it names and the document lacks."""
    content, findings = parse_with_findings(Text(text, TypedSpan("")))
    notes = {str(name) for block in source.document.body if isinstance(block, Notes) for name in block.footnotes}
    for node in content:
        if isinstance(node, NoteReference) and node.name not in notes:
            location = Location(Path(), 1, node.offset + 1, len(node.name) + 3)
            findings.append(Finding("undefined-note", f"there is no footnote '{node.name}'", location))
    return findings


def _found(source: Source, result: CheckResult) -> Iterator[DocumentFinding]:
    by_text = {id(text): (place, str(code)) for place in iter_texts(source.document) for code, text in place.texts.items()}
    reported = set(result.findings) | {rule.finding for rule in result.rule_findings}
    for rule in result.rule_findings:
        yield _of_rule(source, rule, by_text)
    conversions = {id(conversion.finding): conversion for conversion in result.conversions}
    for finding in dict.fromkeys(result.release_findings):
        if finding.code in SHOWN_AS_STATES or finding not in reported:
            continue
        if (conversion := conversions.get(id(finding))) is not None:
            place, code = by_text[id(conversion.text)]
            part = TextRange(place, code, conversion.start, conversion.start + len(conversion.decision.text))
            yield DocumentFinding("", finding, place.block, part, conversion.language.code, conversion=conversion)
        else:
            yield _of_gate(source, finding)


def _of_rule(source: Source, rule: RuleFinding, by_text: Mapping[int, tuple[TextPlace, str]]) -> DocumentFinding:
    """Return what a rule found, at the words to change: where a text lacks something, that text."""
    highlights = rule.violation.highlights
    if rule.violation.insertion is not None:
        highlights = highlights[1:]
    if not highlights or id(highlights[0].passage.text) not in by_text:
        return replace(_of_gate(source, rule.finding), rule=rule)
    place, code = by_text[id(highlights[0].passage.text)]
    part = TextRange(place, code, *highlights[0].source_range)
    return DocumentFinding("", rule.finding, place.block, part, code, rule)


def _of_gate(source: Source, finding: Finding) -> DocumentFinding:
    location = finding.location
    if location is None or location.path != source.path or not location.line:
        return DocumentFinding("", finding)
    if part := range_at(source, location):
        return DocumentFinding("", finding, part.place.block, part, part.language)
    row = row_at(source, location)
    fact = None
    if row == "facts":
        position = source.text.position(location)
        fact = next((str(name) for name in source.document.facts if _stands_at(source, name, position)), None)
    return DocumentFinding("", finding, row, fact=fact)


def _stands_at(source: Source, name: Text, position: int) -> bool:
    location = name.locate(0, len(name))
    return location is not None and source.text.position(location) == position


def _with_ids(items: Iterable[DocumentFinding]) -> Iterator[DocumentFinding]:
    """Give each finding an id from its kind, place and words; equal ones are numbered."""
    seen: Counter[tuple[str | None, ...]] = Counter()
    for item in items:
        place = item.range.place.name if item.range else item.row
        key = (item.finding.code, place, item.language, item.words, item.finding.message)
        seen[key] += 1
        digest = sha256("\0".join(map(str, (*key, seen[key]))).encode()).hexdigest()
        yield replace(item, id=digest[:16])


def as_json(items: Iterable[DocumentFinding], source: Source) -> list[dict[str, Any]]:
    """Return findings as the page reads them; offsets count UTF-16 code units.

    Each says in one sentence what its kind is. `written` is the language of the text that its offsets count in, which differs
    from `lang` for words made by conversion; `insert` is what the text lacks, and `forms` are the possible forms of a word.
    """
    items, known = list(items), sentences(source.workspace)
    fixable = Counter(item.finding.code for item in items if fix_words(item) is not None)
    offsets: dict[tuple[str, str], Callable[[int], int]] = {}  # keyed by place and language
    result: list[dict[str, Any]] = []
    for item in items:
        start = end = 0
        if part := item.range:
            key = (part.place.name, part.language)
            offset = offsets.get(key) or offsets.setdefault(key, utf16_offsets(item.text))
            start, end = offset(part.start), offset(part.end)
        place = {"start": start, "end": end, "sentence": known.get(item.finding.code)}
        result.append(_as_json(item, fixable[item.finding.code]) | place)
    return result


def _as_json(item: DocumentFinding, fixable: int) -> dict[str, Any]:
    finding, fix, violation = item.finding, fix_words(item), item.rule.violation if item.rule else None
    decision = item.conversion.decision if item.conversion else None
    return {
        "id": item.id,
        "code": finding.code,
        "severity": finding.severity,
        "row": item.row,
        "place": item.range.place.name if item.range else None,
        "lang": item.language,
        "written": item.range.language if item.range else None,
        "words": item.words,
        "message": finding.message,
        "hint": finding.hint,
        "other": _others(item),
        "fix": {"text": fix, "all": fixable} if fix is not None else None,
        "insert": violation.insertion if violation else None,
        "forms": [decision.chosen, *decision.alternatives] if decision else [],
        "can_allow": can_allow(item),
        "derived": item.conversion is not None,
        "unit": _is_of_unit(item),
        "fact": item.fact,
    }


def _is_of_unit(item: DocumentFinding) -> bool:
    """Whether `unit_findings` finds this, too, because it is known from one text alone."""
    if item.rule is None:
        return item.range is not None and item.conversion is None
    return SCOPES.get(item.finding.code) in ("text", "languages")


def can_allow(item: DocumentFinding) -> bool:
    """Whether the words may be left as they are with a reason, in the block or in the document: only for the checks."""
    return item.finding.code in DEFAULT_SEVERITIES


def fix_words(item: DocumentFinding) -> str | None:
    """Return the words that put a finding right in place of those it is about; None unless there is one right answer."""
    part = replacement(item.rule.violation) if item.rule else None
    return part[2] if part else None


def _others(item: DocumentFinding) -> list[dict[str, str]]:
    """Return what other languages, or other places, say: the words that a finding contradicts."""
    if item.rule is None:
        return []
    highlights = item.rule.violation.highlights
    others = highlights[:1] if item.rule.violation.insertion is not None else highlights[1:]
    return [{"lang": _language(highlight), "text": highlight.text.strip()} for highlight in others if highlight.text.strip()]


def _language(highlight: Highlight) -> str:
    return highlight.passage.language.code
