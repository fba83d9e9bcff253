"""The memory returns every text that was added from a document, in both directions, unchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.locale.folding import normalise
from ipdocs.pipeline.check import find_sources
from ipdocs.source.open import open_source
from ipdocs.source.template_text import template_source
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.match import Query, best_match
from ipdocs.translation.memory.workspace_memory import memory_units

SOURCES = [
    path for path in find_sources(Path(__file__).parents[3] / "fixtures")[0] if memory_units(open_source(path, draft=True))
]


@pytest.mark.parametrize("to", ["tc", "en"])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_every_text_is_matched_by_its_own_memory(
    path: Path, to: str, memory: Callable[..., Index], ask: Callable[..., Query]
) -> None:
    units = memory_units(open_source(path, draft=True))
    index = memory(*units)
    source = "en" if to == "tc" else "tc"
    translations: dict[str, set[str]] = {}
    for unit in units:
        translations.setdefault(normalise(template_source(unit.texts[source])), set()).add(
            normalise(template_source(unit.texts[to]))
        )
    for unit in units:
        query = ask(unit.texts[source], source, to, unit.issued, unit.style, place=unit.place)
        match = best_match(index, query)
        assert match, unit.place
        assert match.kind == "same", f"{unit.place}: {match.kind} {match.reason}"
        assert normalise(template_source(match.target)) in translations[normalise(template_source(unit.texts[source]))]
