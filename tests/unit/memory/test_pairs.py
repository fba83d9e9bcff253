"""Pairs that could mislead a memory, looked up in a real one: the result is exactly right, or there is none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.yaml import read_yaml
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.links import may_stay_unlinked
from ipdocs.translation.memory.match import Query, best_match
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
    index = memory(*({"en": unit["en"], "tc": unit["tc"]} for unit in pair.get("units", [pair])))
    match = best_match(index, ask(pair["asks"], source, target, issued(pair)))
    target_text = rendered_text(match.target) if match and match.kind != "fuzzy" else None
    assert target_text == pair.get("gives")


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
    index = memory(*({"en": unit["en"], "tc": unit["tc"]} for unit in pair.get("units", [pair])))
    query = ask(pair["asks"], source, target, issued(pair), min_percent=50)
    match = best_match(index, query)
    if match is None:
        return
    assert match.kind == "fuzzy"
    assert match.percent < 100
    meanings = {placeable.meaning for placeable in query.source.placeables}
    draft = rendered_text(match.target)
    analysed = read(draft, target, issued(pair))
    for placeable in analysed.replaceables:
        is_stated = placeable.meaning in meanings or may_stay_unlinked(analysed, placeable)
        is_marked = draft[placeable.start - 1] == "⟦" and draft[placeable.end] == "⟧"
        assert is_stated or is_marked, f"{placeable.surface} in {draft}"
