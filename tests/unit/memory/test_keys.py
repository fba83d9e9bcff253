from __future__ import annotations

from collections.abc import Callable

import pytest

from ipdocs.locale.folding import folded, spellings, spelt, without_stops
from ipdocs.locale.style import house_style
from ipdocs.source.template_text import Content
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.workspace import Workspace

KNOWN = spellings(Workspace())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cooperation", "co-operation"),
        ("Cooperation on IP", "Co-operation on IP"),
        ("organized by", "organised by"),
        ("12 percent", "12 per cent"),
        ("cross-border trade", "cross-boundary trade"),
        ("Guangdong-Hong Kong-Macau area", "Guangdong-Hong Kong-Macao area"),
        ("CO-OPERATION", "COOPERATION"),
        ("“Old Shops,” he said", '"Old Shops", he said'),
        ("a – b", "a - b"),
        ("two  blanks\nand a line", "two blanks and a line"),
        ("caf\u00e9", "cafe\u0301"),
    ],
)
def test_house_spelling_and_signs_do_not_tell_texts_apart(one: str, other: str) -> None:
    assert folded(one, KNOWN) == folded(other, KNOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cooperation", "corporation"),
        ("organised", "organises"),
        ("the Council", "the council"),
        ("3.9", "39"),
        ("resign", "re-sign"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert folded(one, KNOWN) != folded(other, KNOWN)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Customs, of both places.", "Customs of both places", True),
        ("兩地海關，會繼續。", "兩地海關會繼續", True),
        ("a rate of 3.9", "a rate of 39", False),
        ("1,400 cases", "1400 cases", False),
        ("at 6:30", "at 630", False),
        ("$14", "14", False),
    ],
)
def test_stops_do_not_count_but_those_of_numbers_do(one: str, other: str, same: bool) -> None:
    assert (without_stops(one) == without_stops(other)) is same


def test_a_text_is_spelt_as_a_house_style_has_it() -> None:
    style = house_style("gia", Workspace()).languages["en"]
    assert spelt("Cooperation organized in Macau", style) == "Co-operation organised in Macao"
    assert spelt("The Co-operation", house_style("reprint", Workspace()).languages["en"]) == "The Cooperation"


def test_texts_that_differ_in_facts_have_one_key(read: Callable[..., AnalysedText]) -> None:
    one = read("The 17th meeting was held in Guangzhou on August 21.")
    other = read("The 18th meeting was held in Shenzhen on September 3.")
    assert one.key == other.key
    assert one.pattern == other.pattern
    assert one.search_text != other.search_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It met on August 21.", "It met on August 21, 2018."),
        ("It met in August 2018.", "It met on August 21, 2018."),
        ("the plan for 2018-19", "the plan for 2018"),
        ("14 cases", "$14 cases"),
        ("the 14th case", "the 14 case"),
        ("Cap. 559 applies", "Cap. 528 applies"),
        ("both sides", "two sides"),
        ("at noon", "on Tuesday"),
    ],
)
def test_facts_of_another_kind_have_another_key(read: Callable[..., AnalysedText], one: str, other: str) -> None:
    assert read(one).key != read(other).key


def test_an_expression_has_the_key_of_what_it_says(read: Callable[..., AnalysedText], text: Callable[..., Content]) -> None:
    stated = text("The {{ meeting | ordinal }} meeting was held on {{ met | day }}.", "17th", "August 21")
    assert read(stated).key == read("The 20th meeting was held on June 3.").key


def test_an_expression_of_several_values_is_one_place(read: Callable[..., AnalysedText], text: Callable[..., Content]) -> None:
    side = read(text("The meeting was held {{ met | today }}.", "today (August 22)"))
    assert [one.kind for one in side.placeables] == ["words | today"]


@pytest.mark.parametrize(
    "longer",
    [
        "Hong Kong Customs",
        "Guangdong/Hong Kong talks",
        "the Hong Kong office",
        "University of Hong Kong",
        "Hong Kong and Macao",
        "in South Guangdong",
    ],
)
def test_a_place_in_a_longer_name_is_no_place_of_its_own(read: Callable[..., AnalysedText], longer: str) -> None:
    assert [one.surface for one in read(longer).placeables if one.kind == "name" and one.surface == "Hong Kong"] == []


def test_a_place_after_a_preposition_is_one(read: Callable[..., AnalysedText]) -> None:
    assert [one.surface for one in read("In Hong Kong, firms joined. Near Zhuhai they met.").placeables] == [
        "Hong Kong",
        "Zhuhai",
    ]
