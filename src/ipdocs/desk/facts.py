"""Requests about facts: how a value reads, a fact from words, and the facts that could be made."""

from __future__ import annotations

from typing import Any

from ipdocs.desk.cells import DocumentContext, document_context
from ipdocs.desk.change_values import find_place, value
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import bad_request
from ipdocs.desk.fact_from import fact_from, fact_proposals
from ipdocs.desk.written_values import read_value
from ipdocs.localisation.fact_words import fact_of, unusable_value_findings, with_fact
from ipdocs.model.facts import EXAMPLES, Quantity
from ipdocs.model.text import Text
from ipdocs.source.expression import find_expressions
from ipdocs.source.fact_changes import uses_of_fact
from ipdocs.values.everyday import everyday_form
from ipdocs.values.notation import parse_value
from ipdocs.values.types import Money

Json = dict[str, Any]
_SAMPLE = "x"
"""The name of a fact that is not there yet, for its forms."""


def read(data: Json, document: HeldDocument) -> Json:
    """Return what a value that a person writes was read as, and how each language would write it.

    Args:
        data: `text`; `fact_type`, the type that the value should have, or ""; and `name`, the fact, or "" for a new one.
        document: the document.
    """
    source = document.source
    text, kind, name = value(data, "text", str), str(data.get("fact_type") or ""), str(data.get("name") or "")
    context = document_context(source)
    settings = [language.value_context for language in (*context.written.values(), *context.derived.values())]
    present = source.document.facts.get(Text(name))
    currency = present.value.currency if isinstance(present, Quantity) and isinstance(present.value, Money) else "HKD"
    written = read_value(text, settings, kind, currency)
    fact = fact_of(*written) if written else None
    if written is None or fact is None:
        return {"read": None, "example": _example(kind)}
    shown = everyday_form(fact.value) if isinstance(fact, Quantity) else written[1]
    return {
        "read": {"fact_type": written[0], "notation": written[1], "value": shown},
        "shown": _shown(context, name, fact),
        "problems": [finding.as_dict() for finding in unusable_value_findings(source, name, *written)] if name else [],
    }


def from_words(data: Json, document: HeldDocument) -> Json:
    """Return the fact that could be made of the words at `place`, `lang`, `start` and `end`; None if there is no value."""
    place = find_place(document.source, value(data, "place", str))
    if place is None:
        raise bad_request("there is no such place")
    start, end = value(data, "start", int), value(data, "end", int)
    return {"version": document.version, "proposal": fact_from(document.source, place, value(data, "lang", str), start, end)}


def proposals(_data: Json, document: HeldDocument) -> Json:
    """Return the facts that could be made of values which the languages state alike."""
    return {"version": document.version, "proposals": fact_proposals(document.source)}


def _example(kind: str) -> str:
    """Return an example of a value of a type as people write it, or an empty string."""
    return everyday_form(parse_value(kind, EXAMPLES[kind])) if kind in EXAMPLES else ""


def _shown(context: DocumentContext, name: str, fact: Any) -> dict[str, dict[str, str]]:
    """Return the words of a fact in each language, keyed by the expressions that the texts use; "" is the usual form."""
    known = name or _SAMPLE
    expressions = {"": (f"{{{{ {known} }}}}", "")}
    for _, _, text in uses_of_fact(context.source, name):
        for span in find_expressions(text)[0]:
            if span.expression and span.expression.name == name:
                source = span.expression.source
                expressions.setdefault(source[2:-2].strip(), (source, text[span.end :]))
    result: dict[str, dict[str, str]] = {}
    for code, language in {**context.written, **context.derived}.items():
        changed = with_fact(language, known, fact)
        words = {key: changed.render_expression(source, following) for key, (source, following) in expressions.items()}
        result[code] = {key: text for key, text in words.items() if "⟦" not in text}
    return result
