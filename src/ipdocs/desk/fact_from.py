"""A fact from words: what the words at a place were read as, where the other languages say the same, and what would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ipdocs.desk.fact_cells import FactCell, ValueTexts
from ipdocs.desk.offsets import character_offsets, utf16_offsets
from ipdocs.importing.fact_names import base_name
from ipdocs.importing.fact_proposals import fact_type, noun_of
from ipdocs.importing.stated_values import StatedValue
from ipdocs.model.facts import Quantity
from ipdocs.model.text import Text
from ipdocs.source.name_checks import defined_names
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace, iter_texts
from ipdocs.values.everyday import everyday_form
from ipdocs.values.notation import notation

Json = dict[str, Any]


def fact_from(source: Source, place: TextPlace, language: str, start: int, end: int) -> Json | None:
    """Return what a fact for the value at a range of a cell would be; None if there is no value.

    Args:
        source: the source.
        place: the place of the words.
        language: the language of the cell.
        start: the start of the selection in UTF-16 code units of the source text.
        end: its end; equal to the start for the value at the caret.
    """
    text = place.texts.get(Text(language))
    if text is None:
        return None
    offset = character_offsets(text)
    texts = ValueTexts(source)
    stated = _value_at(texts.values(place, language), offset(start), offset(end))
    return _proposal(texts, place, texts.cells(place, language, stated)) if stated else None


def fact_proposals(source: Source) -> list[Json]:
    """Return the facts that could be made of the values which a place states alike in the first two languages."""
    return list(_proposals(ValueTexts(source)))


def _proposals(texts: ValueTexts) -> Iterator[Json]:
    first, *others = texts.contexts
    for place in iter_texts(texts.source.document):
        if place.block == "facts" or not others or Text(first) not in place.texts or Text(others[0]) not in place.texts:
            continue
        for pair in texts.pairs(place, first, others[0]).same:
            cells = texts.cells(place, first, pair.first)
            if all(cell.is_exact and not cell.is_doubtful for cell in cells) and len(cells) > 1:
                proposal = _proposal(texts, place, cells)
                if not proposal["changes"] and not proposal["missing"]:
                    yield proposal


def _value_at(values: Sequence[StatedValue], start: int, end: int) -> StatedValue | None:
    """Return the value at a caret, or the one that a selection covers most of."""
    touched = [value for value in values if value.start <= end and start <= value.end]
    if start < end:
        touched = [value for value in touched if value.start < end and start < value.end]
    return max(touched, key=lambda value: (min(end, value.end) - max(start, value.start), -value.start), default=None)


def _proposal(texts: ValueTexts, place: TextPlace, cells: Sequence[FactCell]) -> Json:
    """Return a fact that could be made of the words of some cells."""
    value = cells[0].stated.value
    kind, written = fact_type(value), notation(value)
    same = _facts_with(texts.source, kind, written)
    name = _new_name(texts, cells)
    new_texts = {cell.language: _replaced(str(place.texts[Text(cell.language)]), cell, name) for cell in cells}
    fact = Quantity(kind=kind, value=value)
    return {
        "name": name,
        "fact_type": kind,
        "notation": written,
        "value": everyday_form(value),
        "place": place.name,
        "row": place.block,
        "cells": [_cell_json(place, cell, name) for cell in cells],
        "missing": [code for code in texts.contexts if code not in new_texts and place.exists_in(code)],
        "changes": list(_changes(texts, place, cells, new_texts, (name, fact))),
        "same": same,
    }


def _changes(
    texts: ValueTexts, place: TextPlace, cells: Sequence[FactCell], new_texts: Mapping[str, str], named: tuple[str, Quantity]
) -> Iterator[Json]:
    """Yield the words that readers would see otherwise; `named` is the name of the fact and the fact."""
    derived = {code: context.language.converted_from for code, context in texts.derived.items()}
    for code in texts.changed_languages(place, new_texts, *named):
        cell = next(cell for cell in cells if cell.language == derived.get(code, code))
        before, after = texts.change_of(cell, code, *named)
        yield {"lang": code, "before": before, "after": after}


def _cell_json(place: TextPlace, cell: FactCell, name: str) -> Json:
    offset = utf16_offsets(str(place.texts[Text(cell.language)]))
    return {
        "place": place.name,
        "lang": cell.language,
        "start": offset(cell.stated.start),
        "end": offset(cell.stated.end),
        "words": cell.stated.surface,
        "expression": cell.expression(name),
        "reads": cell.reads,
        "exact": cell.is_exact,
        "doubtful": cell.is_doubtful,
    }


def _replaced(text: str, cell: FactCell, name: str) -> str:
    return text[: cell.stated.start] + cell.expression(name) + text[cell.stated.end :]


def _facts_with(source: Source, kind: str, written: str) -> list[str]:
    """Return the names of the facts that have a value."""
    facts = source.document.facts.items()
    return [
        str(name) for name, fact in facts if isinstance(fact, Quantity) and fact.kind == kind and notation(fact.value) == written
    ]


def _new_name(texts: ValueTexts, cells: Sequence[FactCell]) -> str:
    """Return a name made of the words around a value, which no fact and no list has."""
    source, stated = texts.source, [cell.stated for cell in cells]
    base = base_name(stated[0].value, noun_of(stated, source.workspace), stated[0].value_context.issued)
    taken = defined_names(source.nodes, source.document.IMPLICIT_FACTS).values
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return name
