"""Facts that one language uses and the other leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.glossary import glossary
from ipdocs.model.facts import PersonFact, TermFact, TextFact
from ipdocs.model.text import Text


def fact_missing(document: CheckedDocument) -> Iterator[Violation]:
    """Find facts (names, places and terms) that only one of two languages uses.

    The rule `value_differs` reports facts that are numbers, dates or other values.
    """
    for unit in document.units:
        for pair in unit.pairs:
            yield from _missing_facts(pair.source, pair.target, document)
            yield from _missing_facts(pair.target, pair.source, document)


def _missing_facts(passage: Passage, other: Passage, document: CheckedDocument) -> Iterator[Violation]:
    used_names = {expression.name for expression in other.expressions}
    for span in passage.expressions:
        forms = [passage.plain[span.start : span.end], *_forms(span.name, other.language.code, document)]
        if span.name not in used_names and not _is_value(passage, span) and not any(form in other.plain for form in forms):
            used_names.add(span.name)
            message = f"the {passage.language.code} text uses the fact '{span.name}', but the {other.language.code} text does not"
            hint = f"write {{{{ {span.name} }}}} in the {other.language.code} text, or allow fact-missing for this block"
            highlights = (Highlight(passage, span.start, span.end), Highlight(other))
            yield Violation(message, highlights, hint, insertion=f"{{{{ {span.name} }}}}")


def _forms(name: str, language: str, document: CheckedDocument) -> Iterator[str]:
    """Yield the words for a fact in a language, which a text may contain in place of the expression."""
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
    return any(value_span.start < span.end and span.start < value_span.end for value_span in passage.value_spans)
