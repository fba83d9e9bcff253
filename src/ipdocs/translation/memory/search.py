"""A person's search in the memory: texts that contain words, then texts that are like them."""

from __future__ import annotations

from collections.abc import Sequence

from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.unit import MemoryUnit

MAX_RESULTS = 20
MIN_PERCENT = 50.0


def search(index: Index, text: str, languages: Sequence[str]) -> list[tuple[int, MemoryUnit]]:
    """Return at most MOST units that contain a text (100) or are similar to it, with the percentage."""
    found = [(100, one) for one in index.containing(text, MAX_RESULTS)]
    for short in languages:
        found += [(int(score), one) for score, one in index.similar(short, text, MIN_PERCENT, MAX_RESULTS)]
    whole = [(percent, one.unit) for percent, one in found if one.part_number == 0]
    best = {(unit.name, str(unit.texts)): (percent, unit) for percent, unit in reversed(whole)}
    return sorted(best.values(), key=lambda pair: -pair[0])[:MAX_RESULTS]
