"""Changes of the facts of a source: added, changed, renamed and removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.findings import Finding, IpdocsError, nearest
from ipdocs.model.text import Text
from ipdocs.source.changes import SourceChanges
from ipdocs.source.expression import find_expressions
from ipdocs.source.name_checks import defined_names
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace, iter_texts


def put_fact(source: Source, name: str, fact_type: str, notation: str) -> SourceChanges:
    """Return the changes that add a fact, or give a fact another value or type.

    Args:
        source: the source.
        name: the name of the fact.
        fact_type: the type of the fact, such as date.
        notation: the value as sources write it, such as 2018-08-21.

    Raises:
        IpdocsError: a list has this name, or the fact is not a single value.
    """
    if name in source.document.facts:
        _refuse_mapping(source, name)
    else:
        _refuse_taken_name(source, name)
    return SourceChanges(facts={name: (fact_type, notation)}, inherited={name: None})


def keep_fact(source: Source, name: str) -> SourceChanges:
    """Return the changes after which a fact is no longer marked as taken over from an earlier document.

    Raises:
        IpdocsError: there is no such fact.
    """
    refuse_unknown_fact(source, name)
    return SourceChanges(inherited={name: None})


def rename_fact(source: Source, name: str, new_name: str) -> SourceChanges:
    """Return the changes that rename a fact, and every expression that uses it, in all languages.

    Raises:
        IpdocsError: there is no such fact, the new name is taken, or recurring text uses the fact.
    """
    refuse_unknown_fact(source, name)
    _refuse_taken_name(source, new_name)
    _refuse_use_in_sections(source, name)
    texts = {
        (place.keys, str(language)): renamed
        for place in iter_texts(source.document)
        for language, text in place.texts.items()
        if (renamed := _with_name(text, name, new_name)) != text
    }
    inherited: dict[str, str | None] = {}
    if name in source.state.inherited:
        inherited = {name: None, new_name: source.state.inherited[name]}
    return SourceChanges(texts, fact_names={name: new_name}, same_words=True, inherited=inherited)


def delete_fact(source: Source, name: str) -> SourceChanges:
    """Return the changes that remove a fact.

    Raises:
        IpdocsError: there is no such fact, or a text uses it.
    """
    refuse_unknown_fact(source, name)
    _refuse_use_in_sections(source, name)
    for place, language, text in uses_of_fact(source, name):
        message = f"the {language} text of '{place.name}' uses the fact '{name}'"
        hint = "put its words into the texts first, or take it out of them"
        raise IpdocsError([Finding("fact-in-use", message, text.locate(), hint)])
    return SourceChanges(facts={name: None}, inherited={name: None})


def uses_of_fact(source: Source, name: str) -> Iterator[tuple[TextPlace, str, Text]]:
    """Yield each text that uses a fact, with its place and language, once for each expression."""
    for place in iter_texts(source.document):
        for language, text in place.texts.items():
            for expression in (span.expression for span in find_expressions(text)[0]):
                if expression and expression.name == name:
                    yield place, str(language), text


def _with_name(text: str, name: str, new_name: str) -> str:
    """Return a text in which the expressions that use one fact use another one."""
    parts: list[str] = []
    position = 0
    for span in find_expressions(text)[0]:
        if span.expression and span.expression.name == name:
            start = span.start + re.search(rf"\b{name}\b", text[span.start : span.end]).start()  # type: ignore[union-attr]  # it is there
            parts += [text[position:start], new_name]
            position = start + len(name)
    return "".join([*parts, text[position:]])


def refuse_unknown_fact(source: Source, name: str) -> None:
    """Refuse the name of a fact that a source does not have.

    Raises:
        IpdocsError: there is no such fact.
    """
    if name not in source.document.facts:
        names = list(map(str, source.document.facts))
        similar = nearest(name, names)
        hint = (
            f"did you mean {similar}?"
            if similar
            else f"use one of the facts {', '.join(names)}"
            if names
            else "add the fact first"
        )
        raise IpdocsError([Finding("no-such-fact", f"there is no fact '{name}'", source.nodes.locate(("facts",)), hint)])


def _refuse_taken_name(source: Source, name: str) -> None:
    if name in defined_names(source.nodes, source.document.IMPLICIT_FACTS).values:
        message = f"'{name}' is already the name of a fact or a list"
        raise IpdocsError([Finding("name-taken", message, source.nodes.locate_key(("facts", name)), "choose another name")])


def _refuse_mapping(source: Source, name: str) -> None:
    ((kind, value),) = source.nodes.data["facts"][name].items()
    if not isinstance(value, str):
        message = f"the fact '{name}' is a {kind} with texts of its own"
        hint = "change its texts instead"
        raise IpdocsError([Finding("fact-with-texts", message, source.nodes.locate_key(("facts", name)), hint)])


def _refuse_use_in_sections(source: Source, name: str) -> None:
    for section in source.sections.values():
        for place in iter_texts(section):
            for text in place.texts.values():
                if any(span.expression and span.expression.name == name for span in find_expressions(text)[0]):
                    message = f"the recurring text '{section.id}' uses the fact '{name}'"
                    hint = "give the fact the name that the recurring text uses, or use its words here"
                    raise IpdocsError([Finding("fact-in-use", message, text.locate(), hint)])
