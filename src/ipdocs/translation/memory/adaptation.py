"""Adapt a stored translation to other facts, only where the result is certainly right.

The input is a stored pair, its links, and a query with the same key. The output is the new target text, read back as a
check. Everything that is not certain raises `NotAdaptable` with the reason; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ipdocs.source.template_text import Content, RenderedFact, rendered_text
from ipdocs.translation.memory.analysed_text import AnalysedText, Placeable
from ipdocs.translation.memory.english import keeps_noun_form, number_form, with_article
from ipdocs.translation.memory.links import LinkedGroup, Links, is_weak, link_texts
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.values.dates import split_range
from ipdocs.values.filters import restate
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.numbers import fits_scale
from ipdocs.values.render import render
from ipdocs.values.setting import Setting
from ipdocs.values.types import Decimal, Integer, LinkValue, Money, TextValue, Value, Years


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


# Evidence on a link from other units: True confirms it, False contradicts it, None means that there is no evidence.
Evidence = Callable[[LinkedGroup], bool | None]


def adapt(
    pair: TranslationPair, query: AnalysedText, setting: Setting, evidence: Evidence = lambda group: None
) -> tuple[Content, bool]:
    """Return the target of a pair with the facts of a query, and whether any fact changed.

    Args:
        pair: the stored translation.
        query: the text to translate; its key equals that of the pair's source.
        setting: the setting of the document that the target is for.
        evidence: what other units with the same words show about a link.

    Raises:
        NotAdaptable: the adapted sentence could be wrong.
    """
    placeables = _matching_placeables(pair, query)
    changed = [index for index, placeable in enumerate(placeables) if placeable.meaning != pair.source.placeables[index].meaning]
    _check_issue_date(pair, query)
    _check_unlinked_target(pair, changed)
    replacements = {
        index: replacement
        for group in pair.links.groups
        for index, replacement in _replacements(pair, group, placeables, setting, set(changed), evidence)
    }
    _check_unlinked_source(pair, changed)
    parts = _assemble(pair, replacements, setting)
    _check_reading(pair, parts, replacements, setting)
    return tuple(parts), bool(changed)


@dataclass(frozen=True, slots=True)
class _TargetPart:
    """The new text or fact for a placeable of the target, and its value."""

    part: str | RenderedFact
    value: Value | ProperName


def _matching_placeables(pair: TranslationPair, query: AnalysedText) -> Sequence[Placeable]:
    """Return the query's placeables, one for each of the stored source; those that cannot vary must be equal."""
    stored, queried = pair.source.placeables, query.placeables
    if len(stored) != len(queried) or any(old.varies != new.varies for old, new in zip(stored, queried, strict=True)):
        raise NotAdaptable("its numbers are read in another way in this text")
    for old, new in zip(stored, queried, strict=True):
        if not old.varies and old.meaning != new.meaning:
            raise NotAdaptable(f"“{new.surface}” is another value in this text")
    return queried


def _check_issue_date(pair: TranslationPair, query: AnalysedText) -> None:
    if pair.links.tied_to_issue_date and (query.setting.issued is None or query.setting.issued != pair.source.setting.issued):
        raise NotAdaptable("its wording depends on the day of issue")


def _check_unlinked_target(pair: TranslationPair, changed: Sequence[int]) -> None:
    """Refuse a change if the target states a fact that the source does not: it may depend on the changed value."""
    unlinked = (pair.target.placeables[index] for index in pair.links.unlinked)
    strong = [placeable for placeable in unlinked if not is_weak(pair.target, placeable)]
    if changed and strong:
        raise NotAdaptable(f"“{strong[0].surface}” stands only in the stored translation")
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
    setting: Setting,
    changed: set[int],
    evidence: Evidence,
) -> Iterator[tuple[int, _TargetPart]]:
    """Yield the replacement for each target placeable of a group, with its index."""
    queried = [placeables[index] for index in group.source]
    stored = [pair.source.placeables[index] for index in group.source]
    if not _is_one_value(group, queried, stored):
        raise NotAdaptable(f"“{stored[0].surface}” stands {len(queried)} times, and its replacements differ")
    if any(index in changed for index in group.source):
        _check_evidence(pair, group, evidence)
    for index in group.target:
        yield index, _replacement(pair.target, index, queried, stored, setting)


def _check_evidence(pair: TranslationPair, group: LinkedGroup, evidence: Evidence) -> None:
    confirmed = evidence(group)
    source, target = pair.source.placeables[group.source[0]].surface, pair.target.placeables[group.target[0]].surface
    if confirmed is False:
        raise NotAdaptable(f"another unit shows that “{target}” is not “{source}”")
    if confirmed is None and not group.certain:
        raise NotAdaptable(f"only one unit shows that “{source}” is “{target}”")


def evidence_from(pair: TranslationPair, pairs: Sequence[TranslationPair]) -> Evidence:
    """Return the evidence that pairs with the same words give on the links of a pair.

    Only pairs with another value at the linked position count.
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


def _is_one_value(group: LinkedGroup, queried: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether the new placeables of a group agree: one fact by name with the same parts, or one value."""
    same_meaning = len({placeable.meaning for placeable in queried}) == 1
    facts = [placeable.fact for placeable in queried]
    if any(facts):
        same_name = None not in facts and len({fact.name for fact in facts if fact}) == 1
        return same_name and (same_meaning or (group.by_name and _have_same_filters(queried, stored)))
    return same_meaning


def _have_same_filters(queried: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether facts have the same attributes and filters as before."""
    pairs = zip(queried, stored, strict=True)
    return all(new.fact and old.fact and new.fact.rest == old.fact.rest for new, old in pairs)


def _replacement(
    target: AnalysedText, index: int, queried: Sequence[Placeable], stored: Sequence[Placeable], setting: Setting
) -> _TargetPart:
    placeable, new, old = target.placeables[index], queried[0], stored[0]
    if new.fact:
        _check_wording(new, old, new.fact)
        if placeable.fact and _have_same_filters(queried, stored):
            return _TargetPart(RenderedFact(placeable.fact.with_name(new.fact.name), new.surface), new.value)
        if placeable.meaning != old.meaning and not isinstance(old.value, TextValue):
            raise NotAdaptable(f"“{placeable.surface}” expresses “{old.surface}” in its own way")
        return _TargetPart(new.fact, new.value)
    if new.meaning == old.meaning:
        return _TargetPart(placeable.surface, placeable.value)
    if placeable.meaning != old.meaning:
        raise NotAdaptable(f"“{placeable.surface}” expresses “{old.surface}” in its own way")
    return _TargetPart(_new_surface(target, placeable, new.value, setting), new.value)


def _check_wording(new: Placeable, old: Placeable, fact: RenderedFact) -> None:
    """Refuse to replace words by other words, except for a fact of the same name or a name of the same kind."""
    if not isinstance(new.value, TextValue | ProperName) or (old.fact and old.fact.name == fact.name):
        return
    if not (isinstance(new.value, ProperName) and isinstance(old.value, ProperName) and new.value.kind == old.value.kind):
        raise NotAdaptable(f"{{{{ {fact.name} }}}} is another fact than “{old.surface}”")


def _new_surface(target: AnalysedText, placeable: Placeable, value: Value | ProperName, setting: Setting) -> str:
    """Return a new value in the form of the stored target, or else in that of the house style."""
    if isinstance(value, ProperName):
        return _name_form(target, placeable, value)
    if isinstance(value, LinkValue):
        return value.href
    if placeable.form is None:
        raise NotAdaptable(f"“{placeable.surface}” cannot be changed")
    english = not target.language.is_chinese
    if english and not keeps_noun_form(placeable.value, value):  # type: ignore[arg-type]
        raise NotAdaptable(f"the words around “{placeable.surface}” may not fit another number")
    form = _unscaled(_short_span(placeable.form, placeable.value, value, setting), value, setting)
    if english:
        form = number_form(form, placeable.value, value, target.text[: placeable.start], setting.section)
    try:
        return restate(value, form, setting)
    except CannotRender as problem:
        raise NotAdaptable(f"“{placeable.surface}” cannot express the new value: {problem.message}") from problem


def _short_span(form: Form, old: Value | ProperName, new: Value, setting: Setting) -> Form:
    """Return the house style's short form for a span of years, if the stored span was written in full for crossing a century."""
    if not isinstance(old, Years) or not isinstance(new, Years) or old.first // 100 == old.last // 100:
        return form
    start, end = split_range(form.pattern)
    shorten = "yy" in split_range(setting.section.years)[1] and "yy" not in end and new.first // 100 == new.last // 100
    return replace(form, pattern=f"{start}|{end.replace('y', 'yy', 1)}") if shorten else form


def _unscaled(form: Form, value: Value, setting: Setting) -> Form:
    """Return a form in million or 萬 without that word where the value would have to be rounded."""
    number = value.amount if isinstance(value, Money) else value.number if isinstance(value, Integer | Decimal) else None
    if not form.numerals.scale or number is None or fits_scale(number, form.numerals.scale):
        return form
    return replace(form, numerals=replace(form.numerals, scale="", pattern=setting.section.number))


def _name_form(target: AnalysedText, placeable: Placeable, name: ProperName) -> str:
    if not isinstance(placeable.value, ProperName) or placeable.value.kind != name.kind:
        raise NotAdaptable(f"“{placeable.surface}” is a name of another kind")
    form = proper_names(target.workspace).single_form(name, target.language.code)
    if form is None:
        raise NotAdaptable(f"{name.chinese} has no single name in {target.language.in_english}")
    return form


def _assemble(pair: TranslationPair, replacements: dict[int, _TargetPart], setting: Setting) -> list[str | RenderedFact]:
    """Return the target with its replacements in place, and with the right English articles before them."""
    target = pair.target
    words = target.words_around(target.placeables)
    parts: list[str | RenderedFact] = [words[0]]
    for index, (placeable, following) in enumerate(zip(target.placeables, words[1:], strict=True)):
        part = replacements[index].part if index in replacements else placeable.surface
        if not target.language.is_chinese and isinstance(parts[-1], str) and index in replacements:
            parts[-1] = with_article(parts[-1], _expected_text(replacements[index], placeable, setting))
        parts += [part, following]
    return _merge_strings(parts)


def _expected_text(replacement: _TargetPart, placeable: Placeable, setting: Setting) -> str:
    """Return the text that a replacement is expected to show; its first sound decides on the article."""
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


# Stands for a fact when a new target is read back: the text of a fact is computed later.
_STAND_IN = "\ufffc"


def _check_reading(
    pair: TranslationPair, parts: list[str | RenderedFact], replacements: dict[int, _TargetPart], setting: Setting
) -> None:
    """Refuse a target that does not read back as the values that were put in."""
    expected = [
        replacements[index].value if index in replacements else placeable.value
        for index, placeable in enumerate(pair.target.placeables)
        if not (index in replacements and isinstance(replacements[index].part, RenderedFact))
        and not isinstance(placeable.value, TextValue)
    ]
    text: Content = tuple(_STAND_IN if isinstance(part, RenderedFact) else part for part in parts)
    read_back = AnalysedText((rendered_text(text),), setting, pair.target.workspace).placeables
    if [placeable.meaning for placeable in read_back] != [Placeable(0, 0, "", value).meaning for value in expected]:
        raise NotAdaptable("the sentence does not read back as the new values")
