"""Differences between two texts, marked by word for readers, and as the smallest edits."""

from __future__ import annotations

import time

import pytest

from ipdocs.source.differences import MAX_PIECES, differences, mark_differences, shorten_marked, similarity


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("the same", "the same", "the same"),
        ("the two sides met", "the three sides met", "the [-two-]{+three+} sides met"),
        ("co-operation grew", "cooperation grew", "[-co-operation-]{+cooperation+} grew"),
        ("HK$1,400.50 paid", "HK$1,400.75 paid", "HK$[-1,400.50-]{+1,400.75+} paid"),
        ("雙方回顧了進展", "雙方檢視了進展", "雙方[-回顧-]{+檢視+}了進展"),
        ("on {{ met | day }} here", "on {{ held | day }} here", "on [-{{ met | day }}-]{+{{ held | day }}+} here"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("It has 34 000 or 5 seats.", "It has 28 000 or 5 seats.", "It has [-34 000-]{+28 000+} or 5 seats."),
    ],
)
def test_differences_are_marked_by_word_or_character(before: str, after: str, marked: str) -> None:
    assert mark_differences(before, after) == marked


def test_equal_words_are_not_marked() -> None:
    marked = mark_differences("Co-operation grew fast", "Cooperation grew slowly", lambda word: word.replace("-", "").lower())
    assert marked == "Cooperation grew [-fast-]{+slowly+}"


def test_marked_differences_have_a_few_words_of_context() -> None:
    words = " ".join(f"word{number}" for number in range(30))
    marked = mark_differences(words, words.replace("word10 ", "other "))
    assert shorten_marked(marked) == "word6 word7 word8 word9 [-word10-]{+other+} word11 word12 word13 word14"


def test_an_edit_keeps_unchanged_punctuation() -> None:
    assert list(differences("a co-operation of 1,400", "a co-operating of 1,500")) == [(5, 14, "operating"), (20, 23, "500")]


def test_a_long_different_text_is_replaced_as_a_whole() -> None:
    old, new = "一二三四" * MAX_PIECES, "五六七八" * MAX_PIECES
    start = time.perf_counter()
    assert list(differences(f"a {old} z", f"a {new} z")) == [(2, 2 + len(old), new)]
    assert time.perf_counter() - start < 1


def test_similarity_is_the_common_part_of_two_texts() -> None:
    assert similarity("雙方回顧了進展", "雙方回顧了進展") == 1
    assert similarity("abc", "xyz") == 0
    assert 0.5 < similarity("雙方回顧了進展", "雙方檢視了進展") < 1
