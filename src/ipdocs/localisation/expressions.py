"""Evaluation of expressions: the value of a fact in one language, passed through filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ipdocs.findings import nearest
from ipdocs.model.facts import Link, LinkFact, Person, PersonFact, Quantity, TermFact, TextFact
from ipdocs.model.inline import Expression
from ipdocs.model.text import Texts
from ipdocs.values import filters, types
from ipdocs.values.filters import CannotRender
from ipdocs.values.value_context import ValueContext

ATTRIBUTES: dict[type, dict[str, str]] = {
    types.PersonValue: {"name": "name", "title": "title", "post": "post", "short": "short_name"},
    types.LinkValue: {"text": "text", "href": "href"},
}
"""The attributes that can follow a dot in an expression, each with the field that it reads, keyed by the type of the value."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that a text can use, and functions that localise parts of facts.

    Attributes:
        named: the facts, keyed by name.
        counts: the lengths of lists, keyed by the names that expressions use for the lists.
        localise: returns a text in the language.
        choose: returns the value for the language; a value that is the same in all languages is returned as it is.
        term_form: returns the form of a glossary term in the language, given the id of the term.
        setting: the language, the house style and the day of issue.
    """

    named: Mapping[str, Any]
    counts: Mapping[str, int]
    localise: Callable[[Texts], str]
    choose: Callable[[Any], Any]
    term_form: Callable[[str], str]
    value_context: ValueContext

    def value(self, name: str) -> Any:
        """Return the value of a fact, or the length of a list, in the language.

        Raises:
            CannotRender: there is no such fact or list.
        """
        fact = self.named.get(name)
        match fact:
            case Quantity():
                return fact.value
            case TextFact():
                return types.TextValue(self.localise(fact.text))
            case TermFact():
                return types.TermValue(self.term_form(fact.term))
            case PersonFact():
                return self._person(fact.person)
            case LinkFact():
                return self._link(fact.link)
            case None if name in self.counts:
                return types.Count(self.counts[name])
        names = [*self.named, *self.counts]
        similar = nearest(name, names)
        raise CannotRender(
            f"there is no fact '{name}'",
            f"did you mean {similar}?"
            if similar
            else f"use one of the facts {', '.join(names)}"
            if names
            else "add the fact to `facts:`",
        )

    def _person(self, person: Person) -> types.PersonValue:
        def text_or_empty(texts: Texts | None) -> str:
            return self.localise(texts) if texts else ""

        return types.PersonValue(
            name=text_or_empty(person.name),
            title=text_or_empty(person.title),
            post=text_or_empty(person.post),
            acting=person.acting == "true",
            short_name=text_or_empty(person.short) if self._has_short_name(person) else "",
        )

    def _has_short_name(self, person: Person) -> bool:
        """Whether a person has a short name in the language; without one, the house style decides on later mentions."""
        return person.short is not None and (person.short.restricted or self.choose(person.short) is not None)

    def _link(self, link: Link) -> types.LinkValue:
        href = str(self.choose(link.href))
        return types.LinkValue(text=self.localise(link.text) if link.text else href, href=href)


def evaluate(expression: Expression, facts: Facts, following: str = "") -> str:
    """Return the text of an expression in the language of the facts; `following` is the text after the expression.

    Raises:
        CannotRender: the fact, attribute or filter does not exist, or the filter cannot render the value.
    """
    value_context = replace(facts.value_context, following=following)
    value = facts.value(expression.name)
    for attribute in expression.attributes:
        allowed = ATTRIBUTES.get(type(value), {})
        if attribute not in allowed:
            hint = f"use one of {', '.join(allowed)}" if allowed else "write the name without an attribute"
            raise CannotRender(f"'{expression.name}' has no '{attribute}'", hint)
        value = getattr(value, allowed[attribute])
        if value == "":
            raise CannotRender(f"'{expression.name}' has no {attribute}", f"add '{attribute}' to the fact")
    for call in expression.filters:
        value = filters.apply_filter(call.name, value, call.arguments, dict(call.options), value_context)
    return value if isinstance(value, str) else filters.render_plain(value, value_context)
