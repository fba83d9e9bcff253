"""What a careful reader finds in a memory: two translations of one text, none at all, numbers that disagree or are a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.findings import Finding, Location
from ipdocs.locale.folding import number_of, plain
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.adaptation import TranslationPair
from ipdocs.translation.memory.links import LinkedGroup, is_weak
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.translation.memory.segments import analyse_unit, memory_languages
from ipdocs.translation.memory.store import memory_files
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Label
from ipdocs.workspace import Workspace


@dataclass
class _Seen:
    """What has been read so far: the first translation of each text, and the small values linked under each key."""

    first: dict[int, tuple[int, Location]] = field(default_factory=dict)
    guesses: dict[tuple[int, int], list[tuple[object, Finding]]] = field(default_factory=lambda: defaultdict(list))


def audit(workspace: Workspace) -> list[Finding]:
    """Return what in a workspace's memory a person should look at; all of it are warnings, each at its unit's line."""
    seen = _Seen()
    findings: list[Finding] = []
    shorts = memory_languages(workspace)
    for path in memory_files(workspace):
        lines: list[int] = []
        for unit in tmx_codec.read_units(path, workspace, lines=lines):
            place = Location(path, lines[-1])
            present = [short for short in shorts if short in unit.texts]
            if len(present) == 2:
                pair = TranslationPair(analyse_unit(unit, present[0], workspace), analyse_unit(unit, present[1], workspace))
                findings += _of(pair, unit, place, seen)
    for values in seen.guesses.values():
        if len({value for value, _ in values}) == 1:
            findings.append(values[0][1])
    return findings


def _of(pair: TranslationPair, unit: MemoryUnit, place: Location, seen: _Seen) -> Iterator[Finding]:
    if untranslated := _untranslated(pair):
        yield untranslated_finding(untranslated, place)
        return
    if unit.state == "approved":
        yield from _twice(pair, place, seen)
    yield from _disagreeing(pair, place)
    _note_guesses(pair, place, seen)


def untranslated_finding(text: str, place: Location) -> Finding:
    """Return the finding for a unit whose two texts are one."""
    hint = "translate it, or take the unit out"
    return Finding("memory-untranslated", f"“{text:.60}” stands untranslated", place, hint, "warning")


def _untranslated(pair: TranslationPair) -> str:
    """Return the text of a unit that says the same in both languages and has words, else an empty string."""
    ours, theirs = plain(pair.source.text), plain(pair.target.text)
    words = "".join(pair.source.words_around(pair.source.placeables))
    return ours if ours == theirs and any(sign.isalpha() for sign in words) else ""


def _twice(pair: TranslationPair, place: Location, seen: _Seen) -> Iterator[Finding]:
    text, made = plain(rendered_text(pair.source.content)), number_of(plain(rendered_text(pair.target.content)))
    before, where = seen.first.setdefault(number_of(text), (made, place))
    if before != made:
        message = f"“{text:.60}” has two translations; another stands in {where.path.name}:{where.line}"
        yield Finding("memory-two-translations", message, place, "decide on one; the latest is offered", "warning")


def _disagreeing(pair: TranslationPair, place: Location) -> Iterator[Finding]:
    """Yield values that only one text has where the other has one of the same kind alone too."""
    linked = {index for group in pair.links.groups for index in group.source}
    ours = [one for index, one in enumerate(pair.source.placeables) if index not in linked and not is_weak(pair.source, one)]
    theirs = [one for index in pair.links.unlinked if not is_weak(pair.target, one := pair.target.placeables[index])]
    for one in ours:
        other = next((other for other in theirs if other.meaning[0] == one.meaning[0]), None)
        if other and not isinstance(one.value, ProperName | Label) and not one.fact:
            message = f"“{one.surface}” and “{other.surface}” disagree"
            yield Finding("memory-numbers-disagree", message, place, "mend one, or leave the unit as it is", "warning")


def _note_guesses(pair: TranslationPair, place: Location, seen: _Seen) -> None:
    """Note the links by a small value alone: what no second unit bears out with another value is a guess."""
    key = number_of(f"{pair.source.key}\n{pair.target.pattern}")
    for group in pair.links.groups:
        if not group.certain and any(pair.target.placeables[index].varies for index in group.target):
            one = pair.source.placeables[group.source[0]]
            seen.guesses[key, group.source[0]].append((one.meaning, _guess(pair, group, place)))


def _guess(pair: TranslationPair, group: LinkedGroup, place: Location) -> Finding:
    ours, theirs = pair.source.placeables[group.source[0]].surface, pair.target.placeables[group.target[0]].surface
    message = f"that “{ours}” is “{theirs}” is known from one unit alone, so no other number takes its place"
    hint = "state it as a fact in the source and add that again, if they are one"
    return Finding("memory-guessed-number", message, place, hint, "warning")
