from __future__ import annotations

import pytest

from ipdocs.values.numerals import ORDINAL_WORDS, WORDS, read_chinese, write_chinese, write_ordinal_words, write_words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_001, "一萬零一"),
        (100_000, "十萬"),
        (205_000, "二十萬五千"),
        (100_000_500, "一億零五百"),
        (100_030_000, "一億零三萬"),
        (1_000_000_000_000, "一萬億"),
        (4_001_300_003_896, "四萬零一十三億零三千八百九十六"),
    ],
)
def test_chinese_numerals_are_written_in_full(number: int, text: str) -> None:
    assert write_chinese(number) == text
    assert read_chinese(text) == number


@pytest.mark.parametrize(
    "text", ["", "二三十", "三萬五", "一百五", "十十", "百", "萬", "一億億", "二○一八", "零零", "點", "一萬一億"]
)
def test_ambiguous_numerals_are_not_read(text: str) -> None:
    assert read_chinese(text) is None


@pytest.mark.parametrize(
    ("number", "word", "ordinal"),
    [
        (1, "one", "first"),
        (5, "five", "fifth"),
        (8, "eight", "eighth"),
        (9, "nine", "ninth"),
        (12, "twelve", "twelfth"),
        (20, "twenty", "twentieth"),
        (21, "twenty-one", "twenty-first"),
        (99, "ninety-nine", "ninety-ninth"),
    ],
)
def test_english_numbers_in_words(number: int, word: str, ordinal: str) -> None:
    assert (write_words(number), write_ordinal_words(number)) == (word, ordinal)


def test_each_number_below_a_hundred_has_its_own_words() -> None:
    assert sorted(WORDS.values()) == list(range(100))
    assert sorted(ORDINAL_WORDS.values()) == list(range(1, 100))
