"""Line breaking as in Word: invisible characters in the right places, and nothing but them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.writers.pdf.breaks import BREAK, JOIN, add_break_marks

SHOWN = str.maketrans({BREAK: "|", JOIN: "~"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("倡議“一帶一路”合作", "倡議|“一帶一路”|合作"),
        ("倡議“一帶一路”，合作", "倡議|“一帶一路”，合作"),
        ("（“一帶一路”）", "（“一帶一路”）"),
        ("“他說‘好’”", "“他說|‘好’”"),
        ("二○○八年", "二○|○八年"),
        ("Guangdong/Hong Kong及11/12", "Guangdong/~Hong Kong及11/12"),
        ("“一”", "“一”"),
    ],
)
def test_chinese_breaks_at_quotation_marks_and_between_zeros(text: str, expected: str) -> None:
    assert add_break_marks(text, chinese=True).translate(SHOWN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the “IP” meeting", "the “IP” meeting"),
        ("and/or", "and/~or"),
        ("co-operation in the Guangdong-Hong Kong area in 2018-19", "co-~operation in the Guangdong-Hong Kong area in 2018-~19"),
    ],
)
def test_english_keeps_words_whole_where_word_does(text: str, expected: str) -> None:
    assert add_break_marks(text, chinese=False).translate(SHOWN) == expected


@given(st.text("骨“”‘’○（）「，。 a/b1-"), st.booleans())
def test_break_marks_change_nothing_visible(text: str, chinese: bool) -> None:
    assert add_break_marks(text, chinese=chinese).replace(BREAK, "").replace(JOIN, "") == text


@given(st.text("骨“”‘’○（），。 "))
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    marked = add_break_marks(text, chinese=True)
    for index, character in enumerate(marked):
        if character == BREAK:
            assert marked[index + 1] not in "，。）”’ "
            assert marked[index - 1] not in "（“‘ "
