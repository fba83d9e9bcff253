from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.translation.memory.segmentation import sentences


def split(text: str, *, chinese: bool = False) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text, chinese)]


@pytest.mark.parametrize(
    "whole",
    [
        "Under Cap. 559 the owner of a mark has rights.",
        "See para. 3.2 of the paper.",
        "Paper No. 5 was noted.",
        "Mr. SO and Dr. LAM agreed.",
        "The rate was 3.9 per cent in Table 2.1 above.",
        "Details, e.g. The Registry's hours, are online.",
        "It opens at 9 a.m. Monday to Friday.",
        "The U.S. Customs Service helped.",
        "Messrs. J. S. Bach and others attended.",
        "He said “Come. Now.” and left",
    ],
)
def test_abbreviations_do_not_end_english_sentences(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Group met. It agreed.", ["The Group met.", "It agreed."]),
        ("Is it new? Yes! It is.", ["Is it new?", "Yes!", "It is."]),
        ("They met at 6.30 p.m. The talks went on.", ["They met at 6.30 p.m.", "The talks went on."]),
        ('The theme was "Old Shops." Others followed.', ['The theme was "Old Shops."', "Others followed."]),
        ("It has 14 parts. 12 are new.", ["It has 14 parts.", "12 are new."]),
        ("Made by Example Ltd. Another firm sold it.", ["Made by Example Ltd.", "Another firm sold it."]),
        ("Made by Example Ltd. in 2018.", ["Made by Example Ltd. in 2018."]),
        ("It was **decided.** {{ met | day }} is the day.", ["It was **decided.**", "{{ met | day }} is the day."]),
    ],
)
def test_english_sentences_end_before_a_new_sentence(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("會議結束。各方同意。", ["會議結束。", "各方同意。"]),
        ("真的嗎？是！", ["真的嗎？", "是！"]),
        ("署長說：「會議已經結束。各方同意。」他其後離開。", ["署長說：「會議已經結束。各方同意。」", "他其後離開。"]),
        ("研討會（主題為「老店。」）開始。", ["研討會（主題為「老店。」）開始。"]),
        ("一句未完", ["一句未完"]),
        ("他說：「這句沒有完。下一句。", ["他說：「這句沒有完。", "下一句。"]),
        ("等等……然後。", ["等等……", "然後。"]),
    ],
)
def test_chinese_quotations_and_brackets_are_not_split(text: str, expected: list[str]) -> None:
    assert split(text, chinese=True) == expected


def test_text_of_a_fact_is_not_split() -> None:
    text = "The firm is Example Inc. The rest follows."
    assert len(sentences(text, chinese=False)) == 2
    assert len(sentences(text, chinese=False, unbreakable=[(12, 28)])) == 1


@settings(deadline=None)
@given(st.text(alphabet='Ab c.?!。！「」『』（）"” 一二.\n', max_size=60), st.booleans())
def test_every_character_is_in_exactly_one_sentence(text: str, chinese: bool) -> None:
    spans = sentences(text, chinese)
    assert "".join(text[start:end] for start, end in spans).strip() == text.strip()
    assert all(text[start:end].strip() for start, end in spans)
