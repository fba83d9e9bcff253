"""The facts of a document as JSON: values as people write them, words in each language, and how often each is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ipdocs.desk.cells import DocumentContext, Json, all_spans, fact_words
from ipdocs.desk.folding import folding
from ipdocs.desk.written_values import read_value
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.model.facts import Link, LinkFact, Quantity, TermFact
from ipdocs.model.text import Text
from ipdocs.source.inherited import inherited_facts
from ipdocs.values.everyday import everyday_form
from ipdocs.values.filters import FILTERS
from ipdocs.values.notation import notation
from ipdocs.values.types import Value
from ipdocs.values.value_context import ValueContext

_CHANGE_KIND = ("ordinal", "percent")
"""Filters that would make a value of another kind of a number."""


def facts(context: DocumentContext) -> list[Json]:
    """Return the facts of a document in the order of the source."""
    uses = _uses(context)
    inherited = inherited_facts(context.source)
    return [
        {**_fact(str(name), fact, uses[str(name)], context), "inherited": name in inherited}
        for name, fact in context.source.document.facts.items()
    ]


def _uses(context: DocumentContext) -> Counter[str]:
    """Return in how many places each fact is used; a place counts once for all languages."""
    places = {(place.name, span.name) for place, _, span in all_spans(context) if span.kind == "fact"}
    return Counter(name for _, name in places)


def _fact(name: str, fact: Any, uses: int, context: DocumentContext) -> Json:
    kind = fact.kind if isinstance(fact, Quantity) else next(iter(type(fact).model_fields))
    forms = {code: _forms(name, kind, language) for code, language in {**context.written, **context.derived}.items()}
    reads = {code: entries[0]["reads"] if entries else "" for code, entries in forms.items()}
    first = next(iter(context.written))
    is_value = isinstance(fact, Quantity)
    return {
        "name": name,
        "type": kind,
        "value": value_words(kind, fact.value, context.written[first].value_context) if is_value else reads[first],
        "notation": notation(fact.value) if is_value else _words_notation(fact),
        "reads": reads,
        "uses": uses,
        "forms": forms,
        "folding": folding(entry["reads"] for entries in forms.values() for entry in entries),
    }


def _words_notation(fact: Any) -> str:
    """Return the notation of a fact of words that has one: the id of a term, or an address for all languages."""
    match fact:
        case TermFact():
            return str(fact.term)
        case LinkFact(link=Link(href=Text(), text=None)):
            return str(fact.link.href)
    return ""


def value_words(kind: str, value: Value, context: ValueContext) -> str:
    """Return a value as people type it, or in the notation of sources if what people type would be read as another value."""
    words, written = everyday_form(value), notation(value)
    return words if read_value(words, [context], kind) == (kind, written) else written


def _forms(name: str, kind: str, context: LanguageContext) -> list[Json]:
    """Return the forms in which a fact can be written in a language, the usual form first; forms that read the same once."""
    forms: dict[str, str] = {}
    for expression in _expressions(name, kind, context):
        words = fact_words(f"{{{{ {expression} }}}}", name, "", context)
        if words and "⟦" not in words:
            forms.setdefault(words, expression)
    return [{"expression": expression, "reads": words} for words, expression in forms.items()]


def _expressions(name: str, kind: str, context: LanguageContext) -> Iterator[str]:
    yield name
    value = context.fact_value(name)
    for filter_name, filter_ in FILTERS.items():
        is_for_kind = kind == filter_name or filter_name not in _CHANGE_KIND
        if is_for_kind and value is not None and not isinstance(value, str) and filter_.accepts(value):
            yield f"{name} | {filter_name}"
