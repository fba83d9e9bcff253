"""Check a memory for units that a person should look at.

The findings are texts with two translations, untranslated texts, numbers that disagree, and numbers linked by a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipdocs.findings import Finding, Location
from ipdocs.locale.folding import index_key, normalise
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.adaptation import TranslationPair
from ipdocs.translation.memory.links import LinkedGroup, may_stay_unlinked
from ipdocs.translation.memory.proper_names import ProperName
from ipdocs.translation.memory.segments import analyse_unit, memory_languages
from ipdocs.translation.memory.store import memory_files
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Label
from ipdocs.workspace import Workspace


@dataclass
class _AuditState:
    """Data collected while the units are read.

    Attributes:
        translations: the hash and location of each text's first translation, keyed by the hash of the text.
        guesses: the guessed links, keyed by the hash of the unit's words in both languages and by the index of the value in
            the source text. Each unit adds its value, and a finding that is reported if no other unit has a different value.
    """

    translations: dict[int, tuple[int, Location]] = field(default_factory=dict)
    guesses: dict[tuple[int, int], list[tuple[object, Finding]]] = field(default_factory=lambda: defaultdict(list))


def audit(workspace: Workspace) -> list[Finding]:
    """Return warnings about a workspace's memory, each located at the line of its unit."""
    state = _AuditState()
    findings: list[Finding] = []
    codes = memory_languages(workspace)
    for path in memory_files(workspace):
        lines: list[int] = []
        for unit in tmx_codec.read_units(path, workspace, lines=lines):
            location = Location(path, lines[-1])
            present_codes = [code for code in codes if code in unit.texts]
            if len(present_codes) == 2:
                pair = TranslationPair(*(analyse_unit(unit, code, workspace) for code in present_codes))
                findings += _pair_findings(pair, unit, location, state)
    for guesses in state.guesses.values():
        if len({value for value, _ in guesses}) == 1:
            findings.append(guesses[0][1])
    return findings


def _pair_findings(pair: TranslationPair, unit: MemoryUnit, location: Location, state: _AuditState) -> Iterator[Finding]:
    if text := _untranslated_text(pair):
        message, hint = f"“{text:.60}” is not translated", "translate the text, or remove the unit"
        yield Finding("memory-untranslated", message, location, hint, "warning")
        return
    if unit.state == "approved":
        yield from _second_translation_findings(pair, location, state)
    yield from _disagreement_findings(pair, location)
    _collect_guesses(pair, location, state)


def _untranslated_text(pair: TranslationPair) -> str:
    """Return the text if it has words and is the same in both languages, else an empty string."""
    source, target = normalise(pair.source.text), normalise(pair.target.text)
    words = "".join(pair.source.words_around(pair.source.placeables))
    return source if source == target and any(character.isalpha() for character in words) else ""


def _second_translation_findings(pair: TranslationPair, location: Location, state: _AuditState) -> Iterator[Finding]:
    text = normalise(rendered_text(pair.source.content))
    translation_hash = index_key(normalise(rendered_text(pair.target.content)))
    first_hash, first_location = state.translations.setdefault(index_key(text), (translation_hash, location))
    if first_hash != translation_hash:
        message = f"“{text:.60}” has two translations; the other is in {first_location.path.name}:{first_location.line}"
        hint = "choose one translation and correct the other unit; until then, the latest is offered"
        yield Finding("memory-two-translations", message, location, hint, "warning")


def _disagreement_findings(pair: TranslationPair, location: Location) -> Iterator[Finding]:
    """Yield a finding for each unlinked source value if the target has an unlinked value of the same kind."""
    linked = {index for group in pair.links.groups for index in group.source}
    sources = [
        placeable
        for index, placeable in enumerate(pair.source.placeables)
        if index not in linked and not may_stay_unlinked(pair.source, placeable)
    ]
    targets = [
        placeable
        for placeable in (pair.target.placeables[index] for index in pair.links.unlinked)
        if not may_stay_unlinked(pair.target, placeable)
    ]
    for source in sources:
        target = next((target for target in targets if target.meaning[0] == source.meaning[0]), None)
        if target and not isinstance(source.value, ProperName | Label) and not source.fact:
            message = f"“{source.surface}” and “{target.surface}” disagree"
            yield Finding(
                "memory-numbers-disagree", message, location, "correct the wrong text; ignore this if both are right", "warning"
            )


def _collect_guesses(pair: TranslationPair, location: Location, state: _AuditState) -> None:
    """Add each uncertain link to `state.guesses`; a second unit with another value would confirm the link."""
    key = index_key(f"{pair.source.key}\n{pair.target.pattern}")
    for group in pair.links.groups:
        if not group.certain and any(pair.target.placeables[index].is_replaceable for index in group.target):
            meaning = pair.source.placeables[group.source[0]].meaning
            state.guesses[key, group.source[0]].append((meaning, _guess_finding(pair, group, location)))


def _guess_finding(pair: TranslationPair, group: LinkedGroup, location: Location) -> Finding:
    source, target = pair.source.placeables[group.source[0]].surface, pair.target.placeables[group.target[0]].surface
    message = f"only this unit shows that “{target}” translates “{source}”, so the unit is not adapted to another number"
    hint = "state them as one fact in the source if they are the same number, then add the source to the memory again"
    return Finding("memory-guessed-number", message, location, hint, "warning")
