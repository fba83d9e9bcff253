"""Facts and the words that they stand for: a fact turned back into words, and the uses that a new value would break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipdocs.findings import Finding
from ipdocs.locale.language import languages
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.model.facts import Quantity, TermFact
from ipdocs.model.text import Text
from ipdocs.source.changes import SourceChanges
from ipdocs.source.expression import find_expressions
from ipdocs.source.fact_changes import refuse_unknown_fact, uses_of_fact
from ipdocs.source.open import Source
from ipdocs.source.segment import escape_words
from ipdocs.values.notation import PARSERS, parse_value


def words_for_fact(source: Source, name: str) -> SourceChanges:
    """Return the changes that replace a fact by its words in every text, and remove the fact.

    Each text gets the words that the fact has there, in its language and filter, so what readers see does not change.

    Raises:
        IpdocsError: there is no such fact, or recurring text uses it.
    """
    refuse_unknown_fact(source, name)
    contexts = {code: language_context(source, language) for code, language in languages(source.workspace).items()}
    texts = {
        (place.keys, language): _with_words(text, name, contexts[language])
        for place, language, text in uses_of_fact(source, name)
    }
    return SourceChanges(texts, facts={name: None}, same_words=True, inherited={name: None})


def _with_words(text: str, name: str, context: LanguageContext) -> str:
    parts: list[str] = []
    position = 0
    for span in find_expressions(text)[0]:
        if span.expression and span.expression.name == name:
            words = context.render_expression(span.expression.source, text[span.end :])
            parts += [text[position : span.start], escape_words(words)]
            position = span.end
    return "".join([*parts, text[position:]])


def unusable_value_findings(source: Source, name: str, fact_type: str, notation: str) -> list[Finding]:
    """Return a finding for each text that could not state a fact any more if the fact had another type and value.

    Args:
        source: the source.
        name: the name of the fact.
        fact_type: the new type of the fact.
        notation: the new value; if it is not a value of the type, there are no findings.
    """
    fact = fact_of(fact_type, notation)
    if fact is None:
        return []
    uses = list(uses_of_fact(source, name))
    findings: list[Finding] = []
    for code, language in languages(source.workspace).items():
        texts = [text for _, written, text in uses if written in (code, language.converted_from)]
        context = with_fact(language_context(source, language), name, fact) if texts else None
        findings += [finding for text in texts if context for finding in _problems(text, name, context)]
    return list(dict.fromkeys(findings))


def with_fact(context: LanguageContext, name: str, fact: Any) -> LanguageContext:
    """Return a context in which a fact has another value; it begins without findings."""
    scope = replace(context.scope, facts={**context.scope.facts, Text(name): fact})
    return replace(context, scope=scope, findings=[], texts=[])


def fact_of(fact_type: str, notation: str) -> Quantity | TermFact | None:
    """Return a fact of a type with one value, or None if the value is not of this type."""
    if fact_type == "term":
        return TermFact(term=Text(notation))
    try:
        return Quantity(kind=fact_type, value=parse_value(fact_type, notation)) if fact_type in PARSERS else None
    except ValueError:
        return None


def _problems(text: Text, name: str, context: LanguageContext) -> Iterator[Finding]:
    for span in find_expressions(text)[0]:
        if span.expression and span.expression.name == name:
            context.render_expression(span.expression.source, text[span.end :])
            location = text.locate(span.start, span.end - span.start)
            yield from (replace(finding, location=location) for finding in context.findings)
            context.findings.clear()
