"""All matches of a text as a whole: best first, each translation once, and never more than asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.match import Query, all_matches, best_match

TEXT = "The Department thanks all speakers and guests of the seminar."
UNITS = (
    {"en": "The Department thanks all speakers and guests of the forum.", "tc": "署方感謝論壇所有講者及嘉賓。"},
    {"en": TEXT, "tc": "署方感謝研討會所有講者及嘉賓。"},
    {"en": TEXT, "tc": "本署多謝研討會全體講者和嘉賓。"},
    {"en": "The Department thanks all speakers and guests of the forum.", "tc": "署方感謝論壇所有講者及嘉賓。"},
    {"en": "Fees are payable in advance.", "tc": "費用須預先繳付。"},
)


@pytest.fixture
def index(memory: Callable[..., Index]) -> Index:
    return memory(*UNITS)


def test_certain_matches_come_before_similar_ones(index: Index, ask: Callable[..., Query]) -> None:
    matches = all_matches(index, ask(TEXT), 9)
    assert [match.kind for match in matches] == ["exact", "exact", "fuzzy"]
    assert {rendered_text(match.target) for match in matches} == {unit["tc"] for unit in UNITS[:3]}
    assert [match.percent for match in matches] == sorted((match.percent for match in matches), reverse=True)


def test_the_first_of_all_matches_is_the_best(index: Index, ask: Callable[..., Query]) -> None:
    for words in (TEXT, TEXT.replace("seminar", "fair"), UNITS[0]["en"]):
        query = ask(words)
        best = best_match(index, query)
        assert best is not None
        assert all_matches(index, query, 1)[0].percent == best.percent


def test_a_limit_is_kept(index: Index, ask: Callable[..., Query]) -> None:
    assert len(all_matches(index, ask(TEXT), 2)) == 2
    assert all_matches(index, ask("Nothing of this is known to anybody."), 5) == []
