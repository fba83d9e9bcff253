"""The facts of a document in each language, for the review page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.model.facts import LinkFact, PersonFact, Quantity, TermFact
from ipdocs.model.text import Text, Texts
from ipdocs.review.page.marked_spans import flatten


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact and its words in each language.

    Attributes:
        name: the name of the fact.
        kind: the type of the fact, such as money or person.
        words: each language, with the words that a text in this language shows for the fact.
    """

    name: str
    kind: str
    words: tuple[tuple[Language, str], ...]


def stated_facts(checked: CheckedDocument, contexts: Mapping[str, LanguageContext]) -> Sequence[StatedFact]:
    """Return the facts of a document, in the order of its source."""
    facts = []
    for name, fact in checked.source.document.facts.items():
        kind = fact.kind if isinstance(fact, Quantity) else _KINDS.get(type(fact), "text")
        words = tuple((context.language, _words(str(name), context)) for context in contexts.values())
        facts.append(StatedFact(str(name), kind, words))
    return facts


_KINDS: dict[type, str] = {TermFact: "term", PersonFact: "person", LinkFact: "link"}


def _words(name: str, context: LanguageContext) -> str:
    """Return the words of a fact in a language, or "" if it needs a filter other than `date`."""
    for expression in (f"{{{{ {name} }}}}", f"{{{{ {name} | date }}}}"):
        words = flatten(context.localise(Texts({Text(context.language.code): Text(expression)}))).text
        if "⟦" not in words:
            return words
    return ""
