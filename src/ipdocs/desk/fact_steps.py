"""What a step does with facts: put, renamed, deleted, kept, turned back into words, and made of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipdocs.desk.change_values import Change, find_place, optional_text, value
from ipdocs.desk.errors import bad_request, text_conflict
from ipdocs.desk.fact_cells import ValueTexts
from ipdocs.desk.offsets import character_offsets
from ipdocs.findings import Finding, IpdocsError
from ipdocs.localisation.fact_words import fact_of, unusable_value_findings, words_for_fact
from ipdocs.model.facts import Quantity, TermFact
from ipdocs.model.text import Text
from ipdocs.source.changes import SourceChanges
from ipdocs.source.fact_changes import delete_fact, keep_fact, put_fact, rename_fact
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace
from ipdocs.values.notation import notation as written_notation

_Replacement = tuple[int, int, str]
"""The start and end of words in a text, and the expression that replaces them."""


def change_fact(source: Source, change: Change) -> SourceChanges:
    """Return the changes for one action on a fact.

    Raises:
        DeskError: the change is malformed, or the fact has another value than the page has shown.
        IpdocsError: the change cannot be made.
    """
    action, name = str(change.get("action")), value(change, "name", str)
    if action == "put":
        return _put(source, name, change)
    if action == "rename":
        return rename_fact(source, name, value(change, "to", str))
    if action not in _ACTIONS:
        raise bad_request("there is no such action on a fact")
    return _ACTIONS[action](source, name)


_ACTIONS: Mapping[str, Callable[[Source, str], SourceChanges]] = {
    "delete": delete_fact,
    "keep": keep_fact,
    "words": words_for_fact,
}


def _put(source: Source, name: str, change: Change) -> SourceChanges:
    kind, notation = value(change, "fact_type", str), value(change, "notation", str)
    present, before = _present_value(source, name), optional_text(change, "before")
    if present == (kind, notation):
        return SourceChanges()
    if before != (present[1] if present else None):
        raise text_conflict(f"facts.{name}", "", notation, present[1] if present else None, before)
    if findings := unusable_value_findings(source, name, kind, notation):
        raise IpdocsError(findings)
    return put_fact(source, name, kind, notation)


def _present_value(source: Source, name: str) -> tuple[str, str] | None:
    """Return the type and notation of a fact; None if there is no such fact with a single value."""
    match source.document.facts.get(Text(name)):
        case Quantity(kind=kind, value=content):
            return kind, written_notation(content)
        case TermFact(term=term):
            return "term", str(term)
    return None


def make_fact_of_words(source: Source, change: Change) -> SourceChanges:
    """Return the changes that replace words by a fact, in one or more cells; the fact may be there already.

    Raises:
        DeskError: the change is malformed, or the words have changed in the meantime.
        IpdocsError: a fact or list with this name has another value.
    """
    name, kind, notation = (value(change, key, str) for key in ("name", "fact_type", "notation"))
    fact = fact_of(kind, notation)
    if fact is None:
        raise bad_request("a fact needs a value of its type")
    present = _present_value(source, name)
    if present and present != (kind, notation) and fact_of(*present) != fact:
        message = f"the fact '{name}' has another value: {present[1]}"
        raise IpdocsError([Finding("name-taken", message, source.nodes.locate_key(("facts", name)), "choose another name")])
    replacements: dict[tuple[str, str], list[_Replacement]] = {}
    places: dict[str, TextPlace] = {}
    for cell in value(change, "cells", list):
        place, language, replacement = _replacement(source, cell)
        places[place.name] = place
        replacements.setdefault((place.name, language), []).append(replacement)
    texts = {
        (places[place_name].keys, language): _with_expressions(str(places[place_name].texts[Text(language)]), cells)
        for (place_name, language), cells in replacements.items()
    }
    values = ValueTexts(source)
    same_words = not any(
        values.changed_languages(place, {code: text for (keys, code), text in texts.items() if keys == place.keys}, name, fact)
        for place in places.values()
    )
    new_fact = SourceChanges() if present else put_fact(source, name, kind, notation)
    return SourceChanges(texts, facts=new_fact.facts, same_words=same_words)


def _replacement(source: Source, cell: Any) -> tuple[TextPlace, str, _Replacement]:
    """Return where words are replaced, and by what.

    Raises:
        DeskError: the cell is malformed, or other words stand there.
    """
    if not isinstance(cell, dict):
        raise bad_request("a cell has a place, a language, a start, an end and an expression")
    language, expression, words = (value(cell, key, str) for key in ("lang", "expression", "words"))
    place = find_place(source, value(cell, "place", str))
    text = place.texts.get(Text(language)) if place else None
    if place is None or text is None:
        raise text_conflict(str(cell["place"]), language, None, None, words)
    offset = character_offsets(text)
    start, end = offset(value(cell, "start", int)), offset(value(cell, "end", int))
    if text[start:end] != words:
        raise text_conflict(place.name, language, None, str(text), words)
    return place, language, (start, end, expression)


def _with_expressions(text: str, cells: list[_Replacement]) -> str:
    for start, end, expression in sorted(cells, reverse=True):
        text = text[:start] + expression + text[end:]
    return text
