"""Sentences that were joined or split since they were stored, in parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory.draft_text import draft_text
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.lookup import MatchedSegment, joint_percent, look_up
from ipdocs.translation.memory.match import Query
from ipdocs.translation.memory.unit import MemoryUnit

Memory = Callable[..., Index]
Ask = Callable[..., Query]

PIER = {"en": "The old pier was painted white.", "tc": "舊碼頭已髹上白色。"}
FERRIES = {"en": "Ferries call at the new pier every hour.", "tc": "渡輪每小時停靠新碼頭一次。"}
STALLS = {"en": "Twelve stalls sell local fruit to the visitors.", "tc": "十二個攤檔向旅客售賣本地水果。"}
BOTH = {
    "en": "The old pier was painted white, and ferries call at the new pier every hour.",
    "tc": "舊碼頭已髹上白色，渡輪亦每小時停靠新碼頭一次。",
}


def shown(segments: list[MatchedSegment]) -> list[tuple[str, str]]:
    """Return the words of each segment, and the stored source of its match."""
    return [
        (rendered_text(segment.source), rendered_text(segment.match.stored_source) if segment.match else "")
        for segment in segments
    ]


@pytest.mark.parametrize(("language", "to"), [("en", "tc"), ("tc", "en")])
def test_sentence_joined_of_two_is_offered_in_parts(memory: Memory, ask: Ask, language: str, to: str) -> None:
    segments = look_up(memory(PIER, FERRIES, STALLS), ask(BOTH[language], language, to))
    assert [stored for _, stored in shown(segments)] == [PIER[language], FERRIES[language]]
    assert "".join(words for words, _ in shown(segments)).replace(" ", "") == BOTH[language].replace(" ", "")
    assert [segment.match and rendered_text(segment.match.target) for segment in segments] == [PIER[to], FERRIES[to]]


@pytest.mark.parametrize(("language", "to"), [("en", "tc"), ("tc", "en")])
def test_part_of_a_stored_sentence_is_offered_with_a_reason(memory: Memory, ask: Ask, language: str, to: str) -> None:
    (segment,) = look_up(memory(BOTH, STALLS), ask(FERRIES[language], language, to))
    assert segment.match
    assert rendered_text(segment.match.stored_source) == BOTH[language]
    assert segment.match.percent <= 75
    assert segment.match.reason == "the text is only a part of the stored text"


@pytest.mark.parametrize(("language", "to"), [("en", "tc"), ("tc", "en")])
def test_two_sentences_stored_as_one_are_one_segment(memory: Memory, ask: Ask, language: str, to: str) -> None:
    space = " " if language == "en" else ""
    text = space.join((PIER[language], FERRIES[language], STALLS[language]))
    segments = look_up(memory(BOTH, STALLS), ask(text, language, to))
    assert [stored for _, stored in shown(segments)] == [BOTH[language], STALLS[language]]


@pytest.mark.parametrize(("language", "to"), [("en", "tc"), ("tc", "en")])
def test_paragraph_of_stored_sentences_is_offered_whole(memory: Memory, ask: Ask, language: str, to: str) -> None:
    space = " " if language == "en" else ""
    text = space.join((STALLS[language], PIER[language], FERRIES[language]))
    segments = look_up(memory(PIER, FERRIES, STALLS), ask(text, language, to))
    assert [segment.match and segment.match.kind for segment in segments] == ["exact"] * 3
    assert joint_percent(segments) == 100


def test_paragraph_of_fuzzy_sentences_is_offered_in_parts(memory: Memory, ask: Ask) -> None:
    text = "The old pier was painted blue. Some ferries call at the new pier every hour."
    segments = look_up(memory(PIER, FERRIES), ask(text))
    assert [stored for _, stored in shown(segments)] == [PIER["en"], FERRIES["en"]]
    draft = draft_text(segments, chinese=True)
    assert draft is not None
    assert draft.startswith("⟦draft: in part⟧⟦fuzzy ")


def test_words_without_a_match_stay_between_parts(memory: Memory, ask: Ask) -> None:
    text = "The old pier was painted white, which nobody in the office had expected, and ferries call at the new pier every hour."
    segments = look_up(memory(PIER, FERRIES), ask(text))
    assert [bool(segment.match) for segment in segments] == [True, False, True]
    assert "nobody in the office" in rendered_text(segments[1].source)


def test_value_is_not_divided(memory: Memory, ask: Ask) -> None:
    index = memory({"en": "The race will start at 3pm on May 4.", "tc": "比賽於五月四日下午三時開始。"}, FERRIES)
    text = "The race will start at 4pm on May 19, and ferries call at the new pier every hour."
    assert [words for words, _ in shown(look_up(index, ask(text)))] == [
        "The race will start at 4pm on May 19,",
        "and ferries call at the new pier every hour.",
    ]


@pytest.mark.parametrize(
    ("language", "to", "query", "expected"),
    [
        (
            "en",
            "tc",
            "The race starts at 4pm on May 19, and the ferry sails to Lamma at 5.30pm.",
            "渡輪於下午五時三十分開往南丫島。",
        ),
        ("tc", "en", "比賽於五月十九日下午四時開始，渡輪於下午五時三十分開往南丫島。", "The ferry sails to Lamma at 5.30pm."),
    ],
)
def test_parts_have_the_values_of_the_query(memory: Memory, ask: Ask, language: str, to: str, query: str, expected: str) -> None:
    race = {"en": "The race starts at 3pm on May 4.", "tc": "比賽於五月四日下午三時開始。"}
    ferry = {"en": "The ferry sails to Lamma at 2.30pm.", "tc": "渡輪於下午二時三十分開往南丫島。"}
    segments = look_up(memory(race, ferry), ask(query, language, to))
    first, second = (rendered_text(segment.match.target) for segment in segments if segment.match)
    assert "⟦" not in first
    assert second == expected


def test_negated_part_is_never_above_75_percent(memory: Memory, ask: Ask) -> None:
    text = "The old pier was not painted white, and ferries call at the new pier every hour."
    segments = look_up(memory(PIER, FERRIES), ask(text))
    negated = next(segment for segment in segments if "not painted" in rendered_text(segment.source))
    assert negated.match is None or negated.match.percent <= 75
    (outer,) = look_up(memory(BOTH), ask("The old pier was not painted white."))
    assert outer.match
    assert "“not”" in outer.match.reason


@pytest.mark.parametrize(
    ("language", "to", "query", "expected"),
    [
        ("en", "tc", "Twelve stalls sell local fruit to the visitors.", "十二個攤檔向旅客售賣本地水果。"),
        ("tc", "en", "十二個攤檔向旅客售賣本地水果。", "Twelve stalls sell local fruit to the visitors."),
        ("en", "tc", "It will be open to all ferries from Monday.", "舊碼頭已髹上白色，由星期一起開放予所有渡輪。"),
    ],
)
def test_sentence_of_an_unevenly_split_text_is_offered_alone(
    memory: Memory, ask: Ask, language: str, to: str, query: str, expected: str
) -> None:
    english = "The old pier was painted white. It will be open to all ferries from Monday. " + STALLS["en"]
    chinese = "舊碼頭已髹上白色，由星期一起開放予所有渡輪。" + STALLS["tc"]
    (segment,) = look_up(memory({"en": english, "tc": chinese}), ask(query, language, to))
    assert segment.match
    assert rendered_text(segment.match.target).replace("⟦", "").replace("⟧", "") == expected
    assert segment.match.percent <= 75
    assert "by length" in segment.match.reason


def test_terms_are_no_parts(memory: Memory, ask: Ask) -> None:
    term = MemoryUnit("", "x", {"en": ("Harbour Lighting Office of the Islands",), "tc": ("離島海港照明處",)}, origin="glossary")
    (segment,) = look_up(
        memory(term), ask("Yesterday the Harbour Lighting Office of the Islands repaired four lamps at the quay.")
    )
    assert segment.match is None


def test_sentence_unlike_any_other_has_no_match(memory: Memory, ask: Ask) -> None:
    (segment,) = look_up(memory(PIER, FERRIES, STALLS), ask("Nothing of this kind has been heard before in the islands."))
    assert segment.match is None
