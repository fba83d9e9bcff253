"""The facts of a document as each language says them, for the review page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.model.facts import LinkFact, PersonFact, Quantity, TermFact
from ipdocs.model.text import Text, Texts
from ipdocs.review.page.marked_spans import flat


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact: its name, its type, what its source says, and how each language says it by itself."""

    name: str
    kind: str
    words: tuple[tuple[Language, str], ...]


def stated(reading: CheckedDocument, spoken: Mapping[str, LanguageContext]) -> Sequence[Stated]:
    """Return the facts of a document in the order in which it states them."""
    found = []
    for name, fact in reading.document.facts.items():
        kind = fact.kind if isinstance(fact, Quantity) else _KINDS.get(type(fact), "text")
        found.append(Stated(str(name), kind, tuple((one.language, _words(str(name), one)) for one in spoken.values())))
    return found


_KINDS: dict[type, str] = {TermFact: "term", PersonFact: "person", LinkFact: "link"}


def _words(name: str, wording: LanguageContext) -> str:
    """Return a fact as a language says it where no filter says how; a moment is neither a date nor a time by itself."""
    for expression in (f"{{{{ {name} }}}}", f"{{{{ {name} | date }}}}"):
        words = flat(wording.words(Texts({Text(wording.language.code): Text(expression)}))).text
        if "⟦" not in words:
            return words
    return ""
