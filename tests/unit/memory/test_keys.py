from __future__ import annotations

from collections.abc import Callable

import pytest

from ipdocs.locale.folding import fold, respell, spellings, without_punctuation
from ipdocs.locale.style import house_style
from ipdocs.source.template_text import Content
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.workspace import Workspace

KNOWN = spellings(Workspace())


@pytest.mark.parametrize(
    ("first", "second"),
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
def test_house_spelling_and_punctuation_signs_are_folded(first: str, second: str) -> None:
    assert fold(first, KNOWN) == fold(second, KNOWN)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cooperation", "corporation"),
        ("organised", "organises"),
        ("the Council", "the council"),
        ("3.9", "39"),
        ("resign", "re-sign"),
    ],
)
def test_different_words_are_not_folded(first: str, second: str) -> None:
    assert fold(first, KNOWN) != fold(second, KNOWN)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Customs, of both places.", "Customs of both places", True),
        ("兩地海關，會繼續。", "兩地海關會繼續", True),
        ("a rate of 3.9", "a rate of 39", False),
        ("1,400 cases", "1400 cases", False),
        ("at 6:30", "at 630", False),
        ("$14", "14", False),
    ],
)
def test_only_punctuation_in_numbers_counts(first: str, second: str, same: bool) -> None:
    assert (without_punctuation(first) == without_punctuation(second)) is same


def test_text_is_spelt_in_the_house_style() -> None:
    style = house_style("gia", Workspace()).languages["en"]
    assert respell("Cooperation organized in Macau", style) == "Co-operation organised in Macao"
    assert respell("The Co-operation", house_style("reprint", Workspace()).languages["en"]) == "The Cooperation"


def test_texts_that_differ_in_facts_have_the_same_key(read: Callable[..., AnalysedText]) -> None:
    first = read("The 17th meeting was held in Guangzhou on August 21.")
    second = read("The 18th meeting was held in Shenzhen on September 3.")
    assert first.key == second.key
    assert first.pattern == second.pattern
    assert first.search_text != second.search_text


@pytest.mark.parametrize(
    ("first", "second"),
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
def test_facts_of_different_kinds_have_different_keys(read: Callable[..., AnalysedText], first: str, second: str) -> None:
    assert read(first).key != read(second).key


def test_expression_has_the_key_of_its_text(read: Callable[..., AnalysedText], text: Callable[..., Content]) -> None:
    stated = text("The {{ meeting | ordinal }} meeting was held on {{ met | day }}.", "17th", "August 21")
    assert read(stated).key == read("The 20th meeting was held on June 3.").key


def test_expression_of_several_values_is_one_placeable(read: Callable[..., AnalysedText], text: Callable[..., Content]) -> None:
    analysed = read(text("The meeting was held {{ met | today }}.", "today (August 22)"))
    assert [placeable.kind for placeable in analysed.placeables] == ["words | today"]


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
def test_place_within_a_longer_name_is_not_a_name(read: Callable[..., AnalysedText], longer: str) -> None:
    assert ("name", "Hong Kong") not in [(placeable.kind, placeable.surface) for placeable in read(longer).placeables]


def test_place_after_a_preposition_is_a_name(read: Callable[..., AnalysedText]) -> None:
    assert [placeable.surface for placeable in read("In Hong Kong, firms joined. Near Zhuhai they met.").placeables] == [
        "Hong Kong",
        "Zhuhai",
    ]


def test_superscript_is_no_value(read: Callable[..., AnalysedText]) -> None:
    text = read("The 3 parks cover 40 m^2^ and store 10^6^ g of CO~2~ on the 17^th^ day.")
    assert [placeable.surface for placeable in text.placeables] == ["3", "40"]
