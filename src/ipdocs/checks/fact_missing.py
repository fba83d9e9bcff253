"""A fact that one language names and the other leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.glossary import glossary
from ipdocs.model.facts import PersonFact, TermFact, TextFact
from ipdocs.model.text import Text


def fact_missing(document: CheckedDocument) -> Iterator[Violation]:
    """Find words of facts (names, places, terms) that only one of two languages has; values are compared as values."""
    for unit in document.units:
        for pair in unit.pairs:
            yield from _missing(pair.source, pair.target, document)
            yield from _missing(pair.target, pair.source, document)


def _missing(having: Passage, lacking: Passage, document: CheckedDocument) -> Iterator[Violation]:
    named = {one.name for one in lacking.expressions}
    for span in having.expressions:
        words = [having.plain[span.start : span.end], *_forms(span.name, lacking.language.code, document)]
        if span.name not in named and not _is_value(having, span) and not any(form in lacking.plain for form in words):
            named.add(span.name)
            message = f"{having.language.code} names the fact '{span.name}', and {lacking.language.code} does not"
            hint = f"write {{{{ {span.name} }}}}, or allow fact-missing for this block"
            yield Violation(message, (Highlight(having, span.start, span.end), Highlight(lacking)), hint)


def _forms(name: str, language: str, document: CheckedDocument) -> Iterator[str]:
    """Yield the words in which a language may say a fact without naming it."""
    key = Text(language)
    match document.source.document.facts.get(Text(name)):
        case TextFact(text=texts) if key in texts:
            yield texts[key]
        case TermFact(term=term):
            yield from filter(None, [glossary(document.workspace).terms[term].text(language)])
        case PersonFact(person=person):
            parts = (person.name, person.post, person.short)
            yield from (part[key] for part in parts if part and key in part)


def _is_value(passage: Passage, span: Span) -> bool:
    return any(slot.start < span.end and span.start < slot.end for slot in passage.slots)
