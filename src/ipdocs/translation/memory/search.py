"""Concordance search in the memory: texts that contain the words searched for, then similar texts."""

from __future__ import annotations

from collections.abc import Sequence

from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.unit import MemoryUnit

MAX_RESULTS = 20
MIN_PERCENT = 50.0


def search(index: Index, text: str, languages: Sequence[str]) -> list[tuple[int, MemoryUnit]]:
    """Return up to `MAX_RESULTS` units that contain a text (100 %) or are similar to it, each with its percentage.

    Args:
        index: the index of the memory.
        text: the words to look for.
        languages: the codes of the languages to search for similar texts.
    """
    hits = [(100, hit) for hit in index.containing(text, MAX_RESULTS)]
    for code in languages:
        hits += [(int(percent), hit) for percent, hit in index.similar(code, text, MIN_PERCENT, MAX_RESULTS)]
    units = [(percent, hit.unit) for percent, hit in hits if hit.part_number == 0]
    best = {(unit.name, str(unit.texts)): (percent, unit) for percent, unit in reversed(units)}
    return sorted(best.values(), key=lambda result: -result[0])[:MAX_RESULTS]
