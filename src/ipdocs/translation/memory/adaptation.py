"""The proof of a match: a stored translation with other facts, given only where it is right as it stands.

What cannot be proved is refused with the reason; nothing here guesses. A stored pair, its links and a query with the
same key go in; the new target comes out, and has been read back.
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
    """Why a stored translation may not serve a query, in words for a person."""


@dataclass(frozen=True)
class TranslationPair:
    """Two texts that translate each other, read, with what belongs together in them."""

    source: AnalysedText
    target: AnalysedText

    @cached_property
    def links(self) -> Links:
        """What belongs together in the two texts."""
        return link_texts(self.source, self.target)


# What other units say of a link: they bear it out, they contradict it, or there are none.
Evidence = Callable[[LinkedGroup], bool | None]


def adapt(
    pair: TranslationPair, query: AnalysedText, setting: Setting, witness: Evidence = lambda group: None
) -> tuple[Content, bool]:
    """Return the target of a pair with the facts of a query, and whether any of them is another than the pair's.

    setting is that of the document the target is for; witness tells of a link what other units of the same words say.
    Raises NotAdaptable for whatever could make the sentence wrong.
    """
    asked = _asked(pair, query)
    changed = [index for index, one in enumerate(asked) if one.meaning != pair.source.placeables[index].meaning]
    _check_issue(pair, query)
    _check_loose(pair, changed)
    new = {
        index: words
        for group in pair.links.groups
        for index, words in _replaced(pair, group, asked, setting, set(changed), witness)
    }
    _check_unlinked(pair, changed)
    parts = _assembled(pair, new, setting)
    _check_reading(pair, parts, new, setting)
    return tuple(parts), bool(changed)


@dataclass(frozen=True, slots=True)
class _New:
    """What stands in the place of a target's placeable: words or a fact, and the value they have."""

    part: str | RenderedFact
    value: Value | ProperName


def _asked(pair: TranslationPair, query: AnalysedText) -> Sequence[Placeable]:
    """Return the query's placeables, one for each of the stored source: what only stays must be the same."""
    stored, asked = pair.source.placeables, query.placeables
    if len(stored) != len(asked) or any(one.varies != other.varies for one, other in zip(stored, asked, strict=True)):
        raise NotAdaptable("its numbers are read otherwise here")
    for one, other in zip(stored, asked, strict=True):
        if not one.varies and one.meaning != other.meaning:
            raise NotAdaptable(f"“{other.surface}” is another value here")
    return asked


def _check_issue(pair: TranslationPair, query: AnalysedText) -> None:
    if pair.links.tied_to_issue_date and (query.setting.issued is None or query.setting.issued != pair.source.setting.issued):
        raise NotAdaptable("it speaks from its day of issue")


def _check_loose(pair: TranslationPair, changed: Sequence[int]) -> None:
    """Refuse a change beside a fact that only the target states: it may depend on what has changed."""
    loose = (pair.target.placeables[index] for index in pair.links.unlinked)
    strong = [one for one in loose if not is_weak(pair.target, one)]
    if changed and strong:
        raise NotAdaptable(f"“{strong[0].surface}” stands in the stored translation alone")
    known, words = proper_names(pair.target.workspace).abbreviations, "".join(pair.target.words_around(pair.target.placeables))
    for value in (pair.source.placeables[index].value for index in changed):
        if isinstance(value, ProperName) and known.get(value, "\n") in words:
            raise NotAdaptable(f"“{known[value]}” may stand for {value.chinese} in the stored translation")


def _check_unlinked(pair: TranslationPair, changed: Sequence[int]) -> None:
    linked = {index for group in pair.links.groups for index in group.source}
    for index in changed:
        if index not in linked:
            raise NotAdaptable(f"what became of “{pair.source.placeables[index].surface}” in the stored translation is not clear")


def _replaced(
    pair: TranslationPair, group: LinkedGroup, asked: Sequence[Placeable], setting: Setting, changed: set[int], witness: Evidence
) -> Iterator[tuple[int, _New]]:
    """Yield what takes the place of each target placeable of a group."""
    ours = [asked[index] for index in group.source]
    stored = [pair.source.placeables[index] for index in group.source]
    if not _together(group, ours, stored):
        raise NotAdaptable(f"“{stored[0].surface}” stands {len(ours)} times, and what takes its place differs")
    if any(index in changed for index in group.source):
        _check_witness(pair, group, witness)
    for index in group.target:
        yield index, _new(pair.target, index, ours, stored, setting)


def _check_witness(pair: TranslationPair, group: LinkedGroup, witness: Evidence) -> None:
    says = witness(group)
    ours, theirs = pair.source.placeables[group.source[0]].surface, pair.target.placeables[group.target[0]].surface
    if says is False:
        raise NotAdaptable(f"another unit shows that “{theirs}” is not “{ours}”")
    if says is None and not group.certain:
        raise NotAdaptable(f"one unit alone says that “{ours}” is “{theirs}”")


def evidence_from(pair: TranslationPair, others: Sequence[TranslationPair]) -> Evidence:
    """Return what other pairs of the same words say of a pair's links: those in which the linked value is another."""

    def says(group: LinkedGroup) -> bool | None:
        found = {_bears_out(other, group) for other in others if _tells(pair, other, group)}
        return None if not found else all(found)

    return says


def _tells(pair: TranslationPair, other: TranslationPair, group: LinkedGroup) -> bool:
    """Whether another pair has the same words in both languages, and another value where the group is linked."""
    if other.source.key != pair.source.key or other.target.pattern != pair.target.pattern:
        return False
    if len(other.source.placeables) != len(pair.source.placeables) or len(other.target.placeables) != len(pair.target.placeables):
        return False
    first = group.source[0]
    return other.source.placeables[first].meaning != pair.source.placeables[first].meaning


def _bears_out(other: TranslationPair, group: LinkedGroup) -> bool:
    meaning = other.source.placeables[group.source[0]].meaning
    return all(other.target.placeables[index].meaning == meaning for index in group.target)


def _together(group: LinkedGroup, ours: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether what takes the places of a group is one thing: a fact by name with the same parts, or one value."""
    facts = [one.fact for one in ours]
    if any(facts):
        same_name = None not in facts and len({fact.name for fact in facts if fact}) == 1
        return same_name and (len({one.meaning for one in ours}) == 1 or (group.by_name and _alike(ours, stored)))
    return len({one.meaning for one in ours}) == 1


def _alike(ours: Sequence[Placeable], stored: Sequence[Placeable]) -> bool:
    """Whether facts stand with the same attributes and filters as before."""
    pairs = zip(ours, stored, strict=True)
    return all(one.fact and other.fact and one.fact.rest == other.fact.rest for one, other in pairs)


def _new(target: AnalysedText, index: int, ours: Sequence[Placeable], stored: Sequence[Placeable], setting: Setting) -> _New:
    one, asked, before = target.placeables[index], ours[0], stored[0]
    if asked.fact:
        _check_words(asked, before, asked.fact)
        if one.fact and _alike(ours, stored):
            return _New(RenderedFact(one.fact.named(asked.fact.name), asked.surface), asked.value)
        if one.meaning != before.meaning and not isinstance(before.value, TextValue):
            raise NotAdaptable(f"“{one.surface}” says “{before.surface}” in a way of its own")
        return _New(asked.fact, asked.value)
    if asked.meaning == before.meaning:
        return _New(one.surface, one.value)
    if one.meaning != before.meaning:
        raise NotAdaptable(f"“{one.surface}” says “{before.surface}” in a way of its own")
    return _New(_surface(target, one, asked.value, setting), asked.value)


def _check_words(asked: Placeable, before: Placeable, fact: RenderedFact) -> None:
    """Refuse words in the place of other words, but for a fact of the same name and a name of the same kind."""
    if not isinstance(asked.value, TextValue | ProperName) or (before.fact and before.fact.name == fact.name):
        return
    if not (
        isinstance(asked.value, ProperName) and isinstance(before.value, ProperName) and asked.value.kind == before.value.kind
    ):
        raise NotAdaptable(f"{{{{ {fact.name} }}}} is another fact than “{before.surface}” was")


def _surface(target: AnalysedText, one: Placeable, value: Value | ProperName, setting: Setting) -> str:
    """Return a new value as the stored target writes such values, else as the house style does."""
    if isinstance(value, ProperName):
        return _named(target, one, value)
    if isinstance(value, LinkValue):
        return value.href
    if one.form is None:
        raise NotAdaptable(f"“{one.surface}” can only stay as it is")
    english = not target.language.is_chinese
    if english and not keeps_noun_form(one.value, value):  # type: ignore[arg-type]
        raise NotAdaptable(f"the words around “{one.surface}” may not fit another number")
    form = _unscaled(_within_century(one.form, one.value, value, setting), value, setting)
    if english:
        form = number_form(form, one.value, value, target.text[: one.start], setting.section)
    try:
        return restate(value, form, setting)
    except CannotRender as problem:
        raise NotAdaptable(f"“{one.surface}” cannot say the new value: {problem.message}") from problem


def _within_century(form: Form, old: Value | ProperName, new: Value, setting: Setting) -> Form:
    """Return a form of a span that was written out because its century ended, as the house style writes other spans."""
    if not isinstance(old, Years) or not isinstance(new, Years) or old.first // 100 == old.last // 100:
        return form
    start, end = split_range(form.pattern)
    short = "yy" in split_range(setting.section.years)[1] and "yy" not in end and new.first // 100 == new.last // 100
    return replace(form, pattern=f"{start}|{end.replace('y', 'yy', 1)}") if short else form


def _unscaled(form: Form, value: Value, setting: Setting) -> Form:
    """Return a form in million or 萬 without that word where it would have to round."""
    number = value.amount if isinstance(value, Money) else value.number if isinstance(value, Integer | Decimal) else None
    if not form.numerals.scale or number is None or fits_scale(number, form.numerals.scale):
        return form
    return replace(form, numerals=replace(form.numerals, scale="", pattern=setting.section.number))


def _named(target: AnalysedText, one: Placeable, name: ProperName) -> str:
    if not isinstance(one.value, ProperName) or one.value.kind != name.kind:
        raise NotAdaptable(f"“{one.surface}” names something of another kind")
    form = proper_names(target.workspace).single_form(name, target.language.code)
    if form is None:
        raise NotAdaptable(f"{name.chinese} has no single name in {target.language.in_english}")
    return form


def _assembled(pair: TranslationPair, new: dict[int, _New], setting: Setting) -> list[str | RenderedFact]:
    """Return the target's words with what is new in its place, the articles of English mended."""
    target = pair.target
    words = target.words_around(target.placeables)
    parts: list[str | RenderedFact] = [words[0]]
    for index, (one, after) in enumerate(zip(target.placeables, words[1:], strict=True)):
        part = new[index].part if index in new else one.surface
        if not target.language.is_chinese and isinstance(parts[-1], str) and index in new:
            parts[-1] = with_article(parts[-1], _spoken(new[index], one, setting))
        parts += [part, after]
    return _joined(parts)


def _spoken(new: _New, one: Placeable, setting: Setting) -> str:
    """Return how a fact's place begins when it is read."""
    if not isinstance(new.part, RenderedFact):
        return new.part
    if one.form is None or isinstance(new.value, ProperName):
        return one.surface
    if not keeps_noun_form(one.value, new.value):  # type: ignore[arg-type]
        raise NotAdaptable(f"the words around “{one.surface}” may not fit another number")
    try:
        return render(new.value, one.form)
    except CannotRender:
        return one.surface


def _joined(parts: list[str | RenderedFact]) -> list[str | RenderedFact]:
    joined: list[str | RenderedFact] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return joined


# Stands for a fact where a new target is read back: what it says is computed, and read by no one here.
_STAND_IN = "\ufffc"


def _check_reading(pair: TranslationPair, parts: list[str | RenderedFact], new: dict[int, _New], setting: Setting) -> None:
    """Refuse a target that does not read back as the values it was made of."""
    expected = [
        new[index].value if index in new else one.value
        for index, one in enumerate(pair.target.placeables)
        if not (index in new and isinstance(new[index].part, RenderedFact)) and not isinstance(one.value, TextValue)
    ]
    text: Content = tuple(_STAND_IN if isinstance(part, RenderedFact) else part for part in parts)
    read = AnalysedText((rendered_text(text),), setting, pair.target.workspace).placeables
    if [one.meaning for one in read] != [Placeable(0, 0, "", value).meaning for value in expected]:
        raise NotAdaptable("the sentence reads otherwise with the new values")
