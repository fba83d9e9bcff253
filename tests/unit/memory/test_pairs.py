"""The pairs that mislead a memory, asked of a real one: what is right comes out to the character, and nothing else does."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.yaml import read_yaml
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.links import is_weak
from ipdocs.translation.memory.lookup import Query, best_match
from ipdocs.values.types import Date

PAIRS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("pairs.yaml"))


def issued(pair: Mapping[str, Any]) -> Date:
    day = pair.get("issued", datetime.date(2018, 8, 22))
    return Date(day.year, day.month, day.day)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["about"].replace(" ", "-") for pair in PAIRS])
def test_misleading_pair_gives_the_right_target_or_none(
    pair: dict[str, Any], memory: Callable[..., Index], ask: Callable[..., Query]
) -> None:
    source = pair.get("from", "en")
    target = "tc" if source == "en" else "en"
    index = memory(*({"en": one["en"], "tc": one["tc"]} for one in pair.get("units", [pair])))
    match = best_match(index, ask(pair["asks"], source, target, issued(pair)))
    given = rendered_text(match.target) if match and match.kind != "fuzzy" else None
    assert given == pair.get("gives")


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 60
    assert sum("gives" not in pair for pair in PAIRS) >= 30
    assert len({pair["about"] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if "gives" not in pair], ids=lambda pair: pair["about"].replace(" ", "-")
)
def test_fuzzy_draft_marks_every_fact_not_in_the_query(
    pair: dict[str, Any], memory: Callable[..., Index], ask: Callable[..., Query], read: Callable[..., Any]
) -> None:
    source = pair.get("from", "en")
    target = "tc" if source == "en" else "en"
    index = memory(*({"en": one["en"], "tc": one["tc"]} for one in pair.get("units", [pair])))
    query = ask(pair["asks"], source, target, issued(pair), min_percent=50)
    match = best_match(index, query)
    if match is None:
        return
    assert match.kind == "fuzzy"
    assert match.percent < 100
    asked = {one.meaning for one in query.source.placeables}
    shown = rendered_text(match.target)
    side = read(shown, target, issued(pair))
    for one in side.variables:
        stated = one.meaning in asked or is_weak(side, one)
        marked = shown[one.start - 1] == "⟦" and shown[one.end] == "⟧"
        assert stated or marked, f"{one.surface} in {shown}"
