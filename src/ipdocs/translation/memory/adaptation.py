"""Adapt a stored translation to a text that differs from the stored source text only in its values.

The new target text is read back as a check. Every doubt raises `NotAdaptable` with the reason; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ipdocs.source.template_text import Content, RenderedFact, rendered_text
from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.english import keeps_noun_form, number_form, with_article
from ipdocs.translation.memory.links import LinkedGroup, Links, link_texts, may_stay_unlinked
from ipdocs.translation.memory.new_values import chinese_number_form, short_span, unscaled
from ipdocs.translation.memory.opposites import is_zero
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.values.filters import restate
from ipdocs.values.form import CannotRender
from ipdocs.values.render import render
from ipdocs.values.types import LinkValue, TextValue, Value
from ipdocs.values.value_context import ValueContext


class NotAdaptable(Exception):
    """A stored translation cannot be used for a query; the message gives the reason."""


@dataclass(frozen=True)
class TranslationPair:
    """Two analysed texts that translate each other."""

    source: AnalysedText
    target: AnalysedText

    @cached_property
    def links(self) -> Links:
        """The links between the placeables of the two texts."""
        return link_texts(self.source, self.target)


# Evidence from other units on a link: True confirms the link, False contradicts it, None means that there is no evidence.
Evidence = Callable[[LinkedGroup], bool | None]


def adapt(
    pair: TranslationPair, query: AnalysedText, value_context: ValueContext, evidence: Evidence = lambda group: None
) -> tuple[Content, bool]:
    """Return the target text of a pair with the values from a query, and whether any value changed.

    Args:
        pair: the stored translation.
        query: the text to translate; its key equals the key of the pair's source text.
        value_context: the setting of the document that the target text is for.
        evidence: a function that tells whether other units confirm or contradict a link.

    Raises:
        NotAdaptable: the adapted sentence could be wrong.
    """
    placeables = _matching_placeables(pair, query)
    _check_zeros(pair, query)
    changed = [index for index, placeable in enumerate(placeables) if placeable.meaning != pair.source.placeables[index].meaning]
    _check_issue_date(pair, query)
    _check_unlinked_target(pair, changed)
    replacements = {
        index: replacement
        for group in pair.links.groups
        for index, replacement in _replacements(pair, group, placeables, value_context, set(changed), evidence)
    }
    _check_unlinked_source(pair, changed)
    parts = _assemble(pair, replacements, value_context)
    _check_reading(pair, parts, replacements, value_context)
    return tuple(parts), bool(changed)


@dataclass(frozen=True, slots=True)
class _TargetReplacement:
    """The new text or fact that replaces a placeable of the target text, and its value."""

    part: str | RenderedFact
    value: Value | ProperName


def _matching_placeables(pair: TranslationPair, query: AnalysedText) -> Sequence[Placeable]:
    """Return the query's placeables, after a check that they match the stored source's placeables one by one."""
    stored, queried = pair.source.placeables, query.placeables
    if len(stored) != len(queried) or any(
        old.is_replaceable != new.is_replaceable for old, new in zip(stored, queried, strict=True)
    ):
        raise NotAdaptable("the numbers in this text do not correspond to the numbers in the stored text")
    for old, new in zip(stored, queried, strict=True):
        if not old.is_replaceable and old.meaning != new.meaning:
            raise NotAdaptable(f"“{new.surface}” differs from “{old.surface}” in the stored text, and cannot be replaced")
    return queried


def _check_zeros(pair: TranslationPair, query: AnalysedText) -> None:
    """Refuse a change from or to the number 0 in a sentence: "no cases" and 沒有個案 need other words than "two cases"."""
    for old, new in zip(pair.source.placeables, query.placeables, strict=True):
        if is_zero(old) != is_zero(new) and any(map(str.isalpha, "".join(query.words_around(query.placeables)))):
            raise NotAdaptable(f"“{new.surface}” may need other words than “{old.surface}” in the stored text")


def _check_issue_date(pair: TranslationPair, query: AnalysedText) -> None:
    if pair.links.tied_to_issue_date and (
        query.value_context.issued is None or query.value_context.issued != pair.source.value_context.issued
    ):
        raise NotAdaptable("the wording of the stored translation depends on its day of issue")


def _check_unlinked_target(pair: TranslationPair, changed: Sequence[int]) -> None:
    """Refuse a change if the target text has an unlinked value, or an abbreviation of a changed name."""
    unlinked = (pair.target.placeables[index] for index in pair.links.unlinked)
    extra_placeables = [placeable for placeable in unlinked if not may_stay_unlinked(pair.target, placeable)]
    if changed and extra_placeables:
        raise NotAdaptable(f"“{extra_placeables[0].surface}” is stated only in the stored translation")
    abbreviations = proper_names(pair.target.workspace).abbreviations
    words = "".join(pair.target.words_around(pair.target.placeables))
    for value in (pair.source.placeables[index].value for index in changed):
        if isinstance(value, ProperName) and abbreviations.get(value, "\n") in words:
            raise NotAdaptable(f"“{abbreviations[value]}” may stand for {value.chinese} in the stored translation")


def _check_unlinked_source(pair: TranslationPair, changed: Sequence[int]) -> None:
    linked = {index for group in pair.links.groups for index in group.source}
    for index in changed:
        if index not in linked:
            raise NotAdaptable(f"the stored translation does not clearly show “{pair.source.placeables[index].surface}”")


def _replacements(
    pair: TranslationPair,
    group: LinkedGroup,
    placeables: Sequence[Placeable],
    value_context: ValueContext,
    changed: set[int],
    evidence: Evidence,
) -> Iterator[tuple[int, _TargetReplacement]]:
    """Yield the index of each target placeable of a group, with the replacement."""
    queried = [placeables[index] for index in group.source]
    stored = [pair.source.placeables[index] for index in group.source]
    if not _fits_one_replacement(group, queried, stored):
        raise NotAdaptable(f"“{stored[0].surface}” occurs {len(queried)} times, and its replacements differ")
    if any(index in changed for index in group.source):
        _check_evidence(pair, group, evidence)
    for index in group.target:
        yield index, _replacement(pair.target, index, queried, stored, value_context)


def _check_evidence(pair: TranslationPair, group: LinkedGroup, evidence: Evidence) -> None:
    confirmed = evidence(group)
    source, target = pair.source.placeables[group.source[0]].surface, pair.target.placeables[group.target[0]].surface
    if confirmed is False:
        raise NotAdaptable(f"another unit shows that “{target}” does not translate “{source}”")
    if confirmed is None and not group.certain:
        raise NotAdaptable(f"only one unit shows that “{target}” translates “{source}”")


def evidence_from(pair: TranslationPair, pairs: Sequence[TranslationPair]) -> Evidence:
    """Return a function that tells whether other pairs confirm or contradict a link of a pair.

    Only pairs that have the same words, and another value at the linked position, count as evidence.
    """

    def evidence(group: LinkedGroup) -> bool | None:
        answers = {_confirms(other, group) for other in pairs if _is_evidence(pair, other, group)}
        return all(answers) if answers else None

    return evidence


def _is_evidence(pair: TranslationPair, other: TranslationPair, group: LinkedGroup) -> bool:
    """Whether another pair has the same words in both languages, but another value at the linked position."""
    if other.source.key != pair.source.key or other.target.pattern != pair.target.pattern:
        return False
    if len(other.source.placeables) != len(pair.source.placeables) or len(other.target.placeables) != len(pair.target.placeables):
        return False
    first = group.source[0]
    return other.source.placeables[first].meaning != pair.source.placeables[first].meaning


def _confirms(pair: TranslationPair, group: LinkedGroup) -> bool:
    meaning = pair.source.placeables[group.source[0]].meaning
    return all(pair.target.placeables[index].meaning == meaning for index in group.target)


def _fits_one_replacement(group: LinkedGroup, queried: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether one replacement fits all queried placeables of a group, because they state the same fact or value."""
    same_meaning = len({placeable.meaning for placeable in queried}) == 1
    facts = [placeable.fact for placeable in queried]
    if any(facts):
        same_name = None not in facts and len({fact.name for fact in facts if fact}) == 1
        return same_name and (same_meaning or (group.by_name and _have_same_filters(queried, stored)))
    return same_meaning


def _have_same_filters(queried: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether the facts of a query have the same attributes and filters as the stored facts."""
    pairs = zip(queried, stored, strict=True)
    return all(new.fact and old.fact and new.fact.rest == old.fact.rest for new, old in pairs)


def _replacement(
    target: AnalysedText, index: int, queried: Sequence[Placeable], stored: Sequence[Placeable], value_context: ValueContext
) -> _TargetReplacement:
    placeable, new, old = target.placeables[index], queried[0], stored[0]
    if new.fact:
        _check_wording(new, old, new.fact)
        if placeable.fact and _have_same_filters(queried, stored):
            return _TargetReplacement(RenderedFact(placeable.fact.with_name(new.fact.name), new.surface), new.value)
        if placeable.meaning != old.meaning and not isinstance(old.value, TextValue):
            raise NotAdaptable(f"“{placeable.surface}” does not translate “{old.surface}” literally")
        return _TargetReplacement(new.fact, new.value)
    if new.meaning == old.meaning:
        return _TargetReplacement(placeable.surface, placeable.value)
    if placeable.meaning != old.meaning:
        raise NotAdaptable(f"“{placeable.surface}” does not translate “{old.surface}” literally")
    return _TargetReplacement(_new_surface(target, placeable, new.value, value_context), new.value)


def _check_wording(new: Placeable, old: Placeable, fact: RenderedFact) -> None:
    """Refuse a fact that shows words instead of a value, unless it is the same fact or a proper name of the same kind."""
    if not isinstance(new.value, TextValue | ProperName) or (old.fact and old.fact.name == fact.name):
        return
    if not (isinstance(new.value, ProperName) and isinstance(old.value, ProperName) and new.value.kind == old.value.kind):
        raise NotAdaptable(f"{{{{ {fact.name} }}}} is not the same fact as “{old.surface}”")


def _new_surface(target: AnalysedText, placeable: Placeable, value: Value | ProperName, value_context: ValueContext) -> str:
    """Return the text of a new value in the stored form or, if this form does not fit, in the form of the house style."""
    if isinstance(value, ProperName):
        return _name_form(target, placeable, value)
    if isinstance(value, LinkValue):
        return value.href
    if placeable.form is None:
        raise NotAdaptable(f"“{placeable.surface}” cannot be changed")
    if target.language.is_latin and not keeps_noun_form(placeable.value, value):  # type: ignore[arg-type]
        raise NotAdaptable(f"the words around “{placeable.surface}” may not fit another number")
    form = unscaled(short_span(placeable.form, placeable.value, value, value_context), value, value_context)
    if target.language.is_english:
        form = number_form(form, placeable.value, value, target.text[: placeable.start], value_context.language_style)
    elif target.language.is_chinese:
        form = chinese_number_form(form, placeable.value, value, target.text[placeable.end :], value_context)
    try:
        return restate(value, form, value_context)
    except CannotRender as problem:
        raise NotAdaptable(f"“{placeable.surface}” cannot express the new value: {problem.message}") from problem


def _name_form(target: AnalysedText, placeable: Placeable, name: ProperName) -> str:
    if not isinstance(placeable.value, ProperName) or placeable.value.kind != name.kind:
        raise NotAdaptable(f"“{placeable.surface}” is not a name of the same kind as {name.chinese}")
    form = proper_names(target.workspace).single_form(name, target.language.code)
    if form is None:
        raise NotAdaptable(f"{name.chinese} has no single name in {target.language.in_english}")
    return form


def _assemble(
    pair: TranslationPair, replacements: dict[int, _TargetReplacement], value_context: ValueContext
) -> list[str | RenderedFact]:
    """Return the target text with its replacements; the English article before each replacement is corrected."""
    target = pair.target
    words = target.words_around(target.placeables)
    parts: list[str | RenderedFact] = [words[0]]
    for index, (placeable, following) in enumerate(zip(target.placeables, words[1:], strict=True)):
        part = replacements[index].part if index in replacements else placeable.surface
        if target.language.is_english and isinstance(parts[-1], str) and index in replacements:
            parts[-1] = with_article(parts[-1], _expected_text(replacements[index], placeable, value_context))
        parts += [part, following]
    return _merge_strings(parts)


def _expected_text(replacement: _TargetReplacement, placeable: Placeable, value_context: ValueContext) -> str:
    """Return the text that a replacement will probably show, to choose between "a" and "an"."""
    if not isinstance(replacement.part, RenderedFact):
        return replacement.part
    if placeable.form is None or isinstance(replacement.value, ProperName):
        return placeable.surface
    if not keeps_noun_form(placeable.value, replacement.value):  # type: ignore[arg-type]
        raise NotAdaptable(f"the words around “{placeable.surface}” may not fit another number")
    try:
        return render(replacement.value, placeable.form)
    except CannotRender:
        return placeable.surface


def _merge_strings(parts: list[str | RenderedFact]) -> list[str | RenderedFact]:
    merged_parts: list[str | RenderedFact] = []
    for part in parts:
        if isinstance(part, str) and merged_parts and isinstance(merged_parts[-1], str):
            merged_parts[-1] += part
        elif part != "":
            merged_parts.append(part)
    return merged_parts


# Takes the place of a fact when a new target text is read back, because the fact is rendered later.
_FACT_PLACEHOLDER = "\ufffc"


def _check_reading(
    pair: TranslationPair,
    parts: list[str | RenderedFact],
    replacements: dict[int, _TargetReplacement],
    value_context: ValueContext,
) -> None:
    """Refuse a new target text whose recognised values differ from the expected values."""
    expected = [
        replacements[index].value if index in replacements else placeable.value
        for index, placeable in enumerate(pair.target.placeables)
        if not (index in replacements and isinstance(replacements[index].part, RenderedFact))
        and not isinstance(placeable.value, TextValue)
    ]
    text: Content = tuple(_FACT_PLACEHOLDER if isinstance(part, RenderedFact) else part for part in parts)
    read_back = AnalysedText((rendered_text(text),), value_context, pair.target.workspace).placeables
    if [placeable.meaning for placeable in read_back] != [Placeable(0, 0, "", value).meaning for value in expected]:
        raise NotAdaptable("the adapted sentence does not show the new values when it is read back")
